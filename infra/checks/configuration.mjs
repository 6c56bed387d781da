// Reads the .tf files of a folder into lists of what they declare.
import fs from 'node:fs';
import path from 'node:path';
import {parse} from '@cdktf/hcl2json';

const entries = (map) => Object.entries(map ?? {});

// The folder itself and those below it that hold .tf files.
export function folders(folder) {
  return fs.readdirSync(folder, {recursive: true})
      .filter((name) => name.endsWith('.tf') && !/(^|\/)(node_modules|[.]\w+)\//.test(name))
      .map((name) => path.join(folder, path.dirname(name)))
      .filter((one, index, all) => all.indexOf(one) === index).sort();
}

export async function configuration(folder) {
  const all = {folder, resources: [], variables: {}, locals: {}, outputs: {}, modules: {}, providers: {}, configured: [], texts: []};
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.tf')).sort();
  for (const file of files.map((name) => path.join(folder, name))) {
    // A fault of form ends here, with file, line and column in its message.
    const json = await parse(file, fs.readFileSync(file, 'utf8'));
    for (const [kind, prefix] of [['resource', ''], ['data', 'data.']]) {
      for (const [type, named] of entries(json[kind])) {
        for (const [name, [body]] of entries(named)) {
          all.resources.push({file, type: prefix + type, name, body});
        }
      }
    }
    for (const [name, [body]] of entries(json.variable)) all.variables[name] = {file, ...body};
    for (const [name, [body]] of entries(json.output)) all.outputs[name] = {file, ...body};
    for (const [name, [body]] of entries(json.module)) all.modules[name] = {file, ...body};
    all.configured.push(...Object.keys(json.provider ?? {}));
    for (const block of json.locals ?? []) {
      for (const [name, value] of Object.entries(block)) all.locals[name] = {file, value};
    }
    for (const block of json.terraform ?? []) {
      for (const providers of block.required_providers ?? []) Object.assign(all.providers, providers);
    }
    for (const expression of expressions(json)) all.texts.push({file, expression});
  }
  return all;
}

// Every piece of a value that Terraform computes.
function* expressions(value) {
  if (typeof value === 'string') {
    if (value.includes('${')) yield value;
  } else if (value && typeof value === 'object') {
    for (const one of Object.values(value)) yield* expressions(one);
  }
}
