// Checks CircleCI's configuration: node check.mjs CONFIG BINDINGS ROOT. What it refuses is told, with the
// file, on standard error.
//   form        schema.json, CircleCI's own (README.md tells its source), and CircleCI's parser, which
//               follows jobs, executors and commands
//   words       the schema lets pass what it does not know of a workflow's job, a filter or a run step
//   keyless     a job that gets the context's token runs on main alone, unless a pipeline is given another
//               branch, and after the boot check
//   rights      no step speaks to Compute Engine, and CI's roles are the two that it needs
//   thin        a step runs one line, and the programs that it names are there
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import parser from '@circleci/circleci-config-parser';
import {parse} from 'yaml';

const here = path.dirname(new URL(import.meta.url).pathname);
const [configFile, bindingsFile, root] = process.argv.slice(2);
const faults = [];
const fault = (file, text) => faults.push(`${path.basename(file)}: ${text}`);
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const entries = (map) => Object.entries(map ?? {});

// What ci may do, and where: infra/bindings.yaml, in the words of design and Terraform.
const RIGHTS = {'roles/storage.objectCreator': 'uploads', 'roles/storage.objectViewer': 'records'};
const WORDS = {
  'job of a workflow': ['requires', 'context', 'filters', 'name', 'matrix', 'type', 'pre-steps', 'post-steps'],
  filter: ['branches', 'tags'],
  'filter of branches': ['only', 'ignore'],
  'run step': ['command', 'name', 'environment', 'working_directory', 'no_output_timeout', 'when', 'shell', 'background'],
  job: ['docker', 'machine', 'executor', 'steps', 'resource_class', 'working_directory', 'environment', 'parallelism',
    'parameters', 'shell', 'description', 'type'],
};

function words(kind, where, map, more = []) {
  for (const word of Object.keys(map ?? {})) {
    if (![...WORDS[kind], ...more].includes(word)) fault(configFile, `${where}: a ${kind} has no "${word}"`);
  }
}

function checkForm(config, text) {
  const ajv = new Ajv({strict: false, formats: {uri: true}});
  const validate = ajv.compile(JSON.parse(fs.readFileSync(path.join(here, 'schema.json'), 'utf8')));
  if (!validate(config)) {
    // An error below an alternative says less than the deepest one.
    const deepest = validate.errors.reduce((a, b) => (b.instancePath.length > a.instancePath.length ? b : a));
    fault(configFile, `${deepest.instancePath || '/'} ${deepest.message}`);
  }
  try {
    parser.parseConfig(text);
  } catch (form) {
    fault(configFile, String(form.message).replaceAll(/\s*\n\s*/g, ': '));
  }
}

// Every step of the jobs and commands, with where it stands.
function* steps(config) {
  for (const kind of ['jobs', 'commands']) {
    for (const [name, body] of entries(config[kind])) {
      for (const step of list(body?.steps)) yield {where: `${kind}/${name}`, job: name, step};
    }
  }
}

function checkSteps(config) {
  for (const {where, step} of steps(config)) {
    if (typeof step !== 'object' || step.run === undefined) continue;
    const run = typeof step.run === 'string' ? {command: step.run} : step.run;
    words('run step', where, run);
    const command = String(run.command ?? '').trim();
    if (command.includes('\n')) fault(configFile, `${where}: a step of more than one line: put it into a program: ${command}`);
    if (/\bgcloud\s+(\w+\s+)?compute\b|\bcompute\.(googleapis|instance)|\/compute\/v1/.test(command)) {
      fault(configFile, `${where}: CI has no right in Compute Engine: ${command}`);
    }
    if (/activate-service-account|--key-file|GOOGLE_APPLICATION_CREDENTIALS/.test(command)) {
      fault(configFile, `${where}: CI holds no key; log in by .circleci/log-in: ${command}`);
    }
    for (const [program] of command.matchAll(/(?<=^|\s)(\.circleci|\.ci|test-fixtures|infra)\/[\w./-]+(?=\s|$)/g)) {
      const file = path.join(root, program);
      if (program.includes('/dist/')) continue; // made by the build
      if (!fs.existsSync(file)) fault(configFile, `${where}: there is no ${program}`);
    }
  }
}

function checkImages(config) {
  for (const [name, body] of [...entries(config.jobs), ...entries(config.executors)]) {
    for (const {image} of list(body?.docker)) {
      if (!/:[^:/]*\d+\.\d+[^:/]*(@sha256:[0-9a-f]{64})?$/.test(image ?? '')) {
        fault(configFile, `${name}: image ${image} is not pinned to a version`);
      }
    }
  }
}

function checkWorkflows(config) {
  for (const [name, job] of entries(config.jobs)) words('job', `jobs/${name}`, job);
  for (const [workflow, body] of entries(config.workflows)) {
    if (typeof body !== 'object') continue;
    const invocations = list(body.jobs).map((one) => (typeof one === 'string' ? [one, {}] : entries(one)[0]));
    const names = invocations.map(([job, how]) => how?.name ?? job);
    for (const [job, how] of invocations) {
      const where = `workflows/${workflow}/${job}`;
      words('job of a workflow', where, how, Object.keys(config.jobs?.[job]?.parameters ?? {}));
      words('filter', where, how?.filters);
      words('filter of branches', where, how?.filters?.branches);
      for (const needed of list(how?.requires)) {
        if (!names.includes(needed)) fault(configFile, `${where}: requires ${needed}, which is no job of this workflow`);
      }
      checkToken(config, where, job, how ?? {}, invocations);
    }
  }
}

// What stands there unless whoever starts the pipeline says otherwise.
const byDefault = (config, value) =>
  String(value).replace(/<<\s*pipeline\.parameters\.([\w-]+)\s*>>/g, (whole, name) => config.parameters?.[name]?.default ?? whole);

const text = (config, job) => JSON.stringify(list(config.jobs?.[job]?.steps));

function checkToken(config, where, job, how, invocations) {
  const uses = /\.circleci\/(log-in|upload)\b/.test(text(config, job));
  if (!uses && how.context === undefined) return;
  if (uses && how.context === undefined) fault(configFile, `${where}: uploads, and has no context to get CircleCI's token from`);
  const only = list(how.filters?.branches?.only).map((branch) => byDefault(config, branch));
  if (only.length !== 1 || only[0] !== 'main' || how.filters.tags !== undefined) {
    fault(configFile, `${where}: gets CircleCI's token and must run on main alone: filters: {branches: {only: main}}`);
  }
  const checked = list(how.requires).some((needed) => {
    const [before] = invocations.find(([one, its]) => (its?.name ?? one) === needed) ?? [];
    return text(config, before).includes('.circleci/boot-check');
  });
  if (uses && !checked) fault(configFile, `${where}: must require a job that ran .circleci/boot-check`);
}

function checkRights() {
  const found = parse(fs.readFileSync(bindingsFile, 'utf8')).filter(({member}) => member === 'ci');
  for (const {role, where} of found) {
    if (RIGHTS[role] !== where) fault(bindingsFile, `ci may not have ${role} on ${where}: it creates uploads and reads records`);
  }
}

try {
  const source = fs.readFileSync(configFile, 'utf8');
  const config = parse(source);
  checkForm(config, source);
  checkSteps(config);
  checkImages(config);
  checkWorkflows(config);
  checkRights();
  if (!faults.length) {
    console.log(`circleci: ${Object.keys(config.jobs).length} jobs in ${Object.keys(config.workflows).length} workflows hold`);
  }
} catch (form) {
  fault(configFile, String(form.message ?? form));
}
faults.forEach((one) => console.error(`circleci: ${one}`));
process.exit(faults.length ? 1 : 0);
