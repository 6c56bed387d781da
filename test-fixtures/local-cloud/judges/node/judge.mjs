// Runs each call by its name, and tells as JSON the client, its version and what became of each.
import {readFile} from 'node:fs/promises';

export async function judge(client, calls) {
  const manifest = `./node_modules/${client}/package.json`;
  const {version} = JSON.parse(await readFile(new URL(manifest, import.meta.url)));
  const failed = {};
  for (const [name, call] of Object.entries(calls)) {
    try {
      await call();
    } catch (error) {
      failed[name] = String(error?.message ?? error);
    }
  }
  console.log(JSON.stringify({client, version, calls: Object.keys(calls), failed}));
}
