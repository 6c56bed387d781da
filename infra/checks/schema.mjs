// Writes schema.json: the arguments of the resource types that the configuration uses, as the
// providers' bindings on npm tell them. Run it when a type or a provider's version is new:
//   npm pack @cdktf/provider-google@16.12.1 @cdktf/provider-archive@11.0.1
//   (unpack each into a folder of its own)
//   node schema.mjs GOOGLE/package ARCHIVE/package
import fs from 'node:fs';
import path from 'node:path';
import {configuration} from './configuration.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const [google, archive] = process.argv.slice(2);
const versions = {};

const snake = (name) => name.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());

// The bindings' folder of a type, such as google_compute_autoscaler or data.google_project.
function source(type) {
  const data = type.startsWith('data.');
  const name = data ? type.slice('data.'.length) : type;
  const library = name.startsWith('archive_') ? archive : google;
  const folder = library === archive ? name.slice('archive_'.length) : name.replace(/^google_/, '');
  const prefix = !data ? '' : library === archive ? 'data-archive-' : 'data-google-';
  return fs.readFileSync(
      path.join(library, 'lib', prefix + folder.replaceAll('_', '-'), 'index.d.ts'), 'utf8');
}

function describe(text) {
  const interfaces = new Map(
      [...text.matchAll(/export interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/g)].map((m) => [m[1], m[2]]));
  const block = (name) => {
    const described = {attributes: {}, blocks: {}};
    for (const [text, argument, optional, kind] of interfaces.get(name)
        .matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*#(\w+) \w+#\w+\}[\s\S]*?readonly \w+(\??): ([^;]+);/g)) {
      const values = text.match(/Possible values: (\[[^\]]*\])/);
      if (values) (described.values ??= {})[argument] = JSON.parse(values[1]);
      const inner = [...interfaces.keys()].find((one) => new RegExp(`^${one}(\\[\\]|$| )`).test(kind));
      if (inner) {
        described.blocks[argument] = {required: !optional, ...block(inner)};
      } else {
        described.attributes[argument] = optional ? 'optional' : 'required';
      }
    }
    return described;
  };
  const top = [...interfaces.keys()].find((name) => name.endsWith('Config') && interfaces.get(name));
  const main = text.slice(text.lastIndexOf('export declare class'));
  const readable = [...main.matchAll(/get ([a-zA-Z0-9]+)\(\)/g)]
      .map((m) => snake(m[1])).filter((name) => !name.endsWith('_input'));
  for (const [, provider, version] of text.matchAll(/providers\/(hashicorp\/\w+)\/([\d.]+)\//g)) {
    versions[provider] = version;
  }
  return {...block(top), readable};
}

const types = {};
for (const {type} of (await configuration(path.dirname(here))).resources) {
  types[type] ??= describe(source(type));
}
// A line for each type, so that a difference can be read.
const lines = Object.keys(types).sort().map((type) => `  ${JSON.stringify(type)}: ${JSON.stringify(types[type])}`);
fs.writeFileSync(
    path.join(here, 'schema.json'),
    `{"providers": ${JSON.stringify(versions)},\n "types": {\n${lines.join(',\n')}\n}}\n`);
