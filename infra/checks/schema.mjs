// Writes schema.json: of the providers' schema, which comes in, the arguments of what is used here.
// Run it when a type or a provider's version is new:
//   terraform -chdir=infra providers schema -json | node infra/checks/schema.mjs
import fs from 'node:fs';
import path from 'node:path';
import {configuration, folders} from './configuration.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const root = path.dirname(here);
const providers = Object.values(JSON.parse(fs.readFileSync(0, 'utf8')).provider_schemas);
const known = Object.assign({}, ...providers.map((one) => ({
  ...one.resource_schemas,
  ...Object.fromEntries(Object.entries(one.data_source_schemas ?? {}).map(([name, type]) => [`data.${name}`, type])),
})));

// Required, optional or computed, and blocks within.
function describe({attributes = {}, block_types = {}}) {
  const kind = (one) => one.required ? 'required' : one.optional ? 'optional' : 'computed';
  return {
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, kind(one)])),
    blocks: Object.fromEntries(Object.entries(block_types).filter(([name]) => name !== 'timeouts')
        .map(([name, one]) => [name, {required: (one.min_items ?? 0) > 0, ...describe(one.block)}])),
  };
}

const used = await Promise.all(folders(root).map(configuration));
const types = [...new Set(used.flatMap((all) => all.resources.map((one) => one.type)))].sort();
const versions = Object.fromEntries(Object.values((await configuration(root)).providers).map((one) => [one.source, one.version]));
// A line for each type, so that a difference can be read.
const lines = types.map((type) => `  ${JSON.stringify(type)}: ${JSON.stringify(describe(known[type].block))}`);
fs.writeFileSync(
    path.join(here, 'schema.json'),
    `{"providers": ${JSON.stringify(versions)},\n "types": {\n${lines.join(',\n')}\n}}\n`);
