// Checks the Terraform in a folder and those below it without a network: node check.mjs FOLDER. Prints
// each fault with its file and exits 1 if there is any.
import fs from 'node:fs';
import path from 'node:path';
import {configuration, folders} from './configuration.mjs';
import {checkConventions} from './conventions.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const schema = JSON.parse(fs.readFileSync(path.join(here, 'schema.json'), 'utf8'));
const META = new Set(['count', 'for_each', 'depends_on', 'lifecycle', 'provider', 'dynamic']);
const faults = [];
const fault = (file, text) => faults.push(`${path.relative(process.argv[2], file)}: ${text}`);
const list = (value) => Array.isArray(value) ? value : [value];
const near = (names) => [...names].sort().join(', ');

// The arguments of one block against those that the provider has.
function checkBlock(where, body, known) {
  const given = new Map(Object.entries(body).filter(([name]) => !META.has(name)));
  for (const [name, blocks] of Object.entries(body.dynamic ?? {})) {
    given.set(name, list(blocks).flatMap((one) => list(one.content ?? {})));
  }
  for (const [name, value] of given) {
    if (known.blocks[name]) {
      list(value).filter((one) => one && typeof one === 'object')
          .forEach((one) => checkBlock({...where, at: `${where.at}.${name}`}, one, known.blocks[name]));
    } else if (known.attributes[name]) {
      if (known.attributes[name] === 'computed') fault(where.file, `${where.at} cannot be given "${name}"`);
    } else {
      fault(where.file, `${where.at} has no argument "${name}"; it has ${near([...Object.keys(known.attributes), ...Object.keys(known.blocks)])}`);
    }
  }
  const required = [
    ...Object.entries(known.attributes).filter(([, kind]) => kind === 'required'),
    ...Object.entries(known.blocks).filter(([, block]) => block.required),
  ].map(([name]) => name);
  for (const name of required.filter((one) => !given.has(one))) {
    fault(where.file, `${where.at} lacks the required argument "${name}"`);
  }
}

function checkResources(all) {
  const ignored = (body) => list(body.lifecycle ?? []).flatMap((one) => one.ignore_changes ?? []);
  for (const {file, type, name, body} of all.resources) {
    const known = schema.types[type];
    if (!known) {
      fault(file, `schema.json does not hold ${type}: if that is its name, run checks/schema.mjs`);
      continue;
    }
    const where = {file, at: `${type}.${name}`};
    checkBlock(where, body, known);
    for (const one of ignored(body).map((text) => text.replace(/[${}]/g, ''))) {
      const argument = one.split(/[.[]/)[0];
      if (argument !== 'all' && !known.attributes[argument] && !known.blocks[argument]) {
        fault(file, `${where.at} ignores changes of "${argument}", which it has not`);
      }
    }
  }
}

function checkReferences(all) {
  const used = {var: new Set(), local: new Set()};
  const resources = new Map(all.resources.map((one) => [`${one.type}.${one.name}`, one]));
  const fields = (variable) =>
    new Set([...String(variable.type).matchAll(/(\w+)\s*=/g)].map((match) => match[1]));
  for (const {file, expression} of all.texts) {
    for (const [, kind, name, field] of expression.matchAll(/(?<![\w.])(var|local|module)\.(\w+)(?:\.(\w+))?/g)) {
      const declared = {var: all.variables, local: all.locals, module: all.modules}[kind][name];
      used[kind]?.add(name);
      if (!declared) {
        fault(file, `${kind}.${name} is not declared`);
      } else if (kind === 'var' && field && /object\(/.test(declared.type) && !fields(declared).has(field)) {
        fault(file, `var.${name} has no "${field}"; it has ${near(fields(declared))}`);
      }
    }
    for (const [, type, name, attribute] of
      expression.matchAll(/(?<![\w."/])((?:data\.)?(?:google|archive|terraform|time)_\w+)\.(\w+)(?:\[[^\]]*\])?(?:\.(\w+))?/g)) {
      const known = schema.types[type];
      if (!resources.has(`${type}.${name}`)) {
        fault(file, `${type}.${name} is not declared`);
      } else if (known && attribute && !known.blocks[attribute] && !known.attributes[attribute]) {
        fault(file, `${type}.${name} has nothing to read called "${attribute}"`);
      }
    }
  }
  for (const [kind, declared] of [['var', all.variables], ['local', all.locals]]) {
    for (const name of Object.keys(declared).filter((one) => !used[kind].has(one))) {
      fault(declared[name].file, `${kind}.${name} is never used`);
    }
  }
}

function checkWords(all) {
  for (const [name, {file, type, description}] of Object.entries(all.variables)) {
    if (!type || !description) fault(file, `variable ${name} lacks its type or description`);
  }
  for (const [name, {file, description}] of Object.entries(all.outputs)) {
    if (!description) fault(file, `output ${name} lacks a description`);
  }
}

async function checkModules(all) {
  for (const [name, {file, source, ...given}] of Object.entries(all.modules)) {
    const inner = await configuration(path.join(all.folder, source));
    for (const argument of Object.keys(given).filter((one) => !META.has(one) && !inner.variables[one])) {
      fault(file, `module.${name} has no variable "${argument}"; it has ${near(Object.keys(inner.variables))}`);
    }
    for (const [argument, variable] of Object.entries(inner.variables)) {
      if (!('default' in variable) && !(argument in given)) fault(file, `module.${name} lacks "${argument}"`);
    }
    const outputs = new RegExp(`module\\.${name}\\.(\\w+)`, 'g');
    for (const {file: at, expression} of all.texts) {
      for (const [, output] of expression.matchAll(outputs)) {
        if (!inner.outputs[output]) fault(at, `module.${name} has no output "${output}"`);
      }
    }
  }
}

// The root pins what schema.json was made from; modules say a range.
function checkVersions(all) {
  for (const {source, version} of Object.values(all.providers)) {
    if (/^\d/.test(version) && schema.providers[source] !== version) {
      fault(path.join(all.folder, 'versions.tf'), `schema.json was made from ${source} ${schema.providers[source]}, not ${version}: run checks/schema.mjs`);
    }
  }
}

async function check(folder) {
  const all = await configuration(folder);
  checkResources(all);
  checkReferences(all);
  checkWords(all);
  checkVersions(all);
  checkConventions(all, schema, fault);
  await checkModules(all);
  return all.resources.length;
}

try {
  let resources = 0;
  for (const folder of folders(process.argv[2])) resources += await check(folder);
  if (!faults.length) console.log(`infra: ${resources} resources and their references hold against ${JSON.stringify(schema.providers)}`);
} catch (form) {
  faults.push(String(form.message ?? form));
}
faults.forEach((text) => console.error(`infra: ${text}`));
process.exit(faults.length ? 1 : 0);
