// What holds of this Terraform beyond what the provider's schema says.
import path from 'node:path';

const REFERENCE = /(?<![\w.])((?:local|module|(?:data\.)?(?:google|time)_\w+)\.\w+)/g;

const address = ({type, name}) => `${type}.${name}`;

// All that is waited for before this is made, directly and through what it refers to.
function waitsFor(start, bodies) {
  const found = new Set();
  const ahead = [start];
  while (ahead.length) {
    for (const [, one] of JSON.stringify(bodies.get(ahead.pop()) ?? '').matchAll(REFERENCE)) {
      if (!found.has(one)) {
        found.add(one);
        ahead.push(one);
      }
    }
  }
  return found;
}

function checkOrder(all, fault) {
  const bodies = new Map([
    ...all.resources.map((one) => [address(one), one.body]),
    ...Object.entries(all.locals).map(([name, {value}]) => [`local.${name}`, value]),
    ...Object.entries(all.modules).map(([name, body]) => [`module.${name}`, body]),
  ]);
  const ofType = (pattern) => all.resources.filter(({type}) => pattern.test(type));
  const waits = (one, other) => waitsFor(address(one), bodies).has(address(other));
  // A service that is not on yet answers 403, "has not been used in project".
  for (const services of ofType(/^google_project_service$/)) {
    for (const one of ofType(/^google_/).filter((other) => other !== services && !waits(other, services))) {
      fault(one.file, `${address(one)} does not wait for ${address(services)}: add it to depends_on`);
    }
  }
  // A grant does not hold at once.
  for (const one of ofType(/^google_cloudfunctions2_function$/)) {
    const pauses = ofType(/^time_sleep$/).filter((pause) => waits(one, pause));
    for (const grant of ofType(/^google_project_iam_member$/).filter((other) => !pauses.some((pause) => waits(pause, other)))) {
      fault(grant.file, `${address(one)} does not wait until ${address(grant)} holds: add it to the depends_on of a time_sleep that it waits for`);
    }
  }
}

// So that costs and owners can be told apart.
function checkLabels(all, schema, fault) {
  for (const {file, type, name, body} of all.resources) {
    const argument = ['user_labels', 'labels'].find((one) => /optional|required/.test(schema.types[type]?.attributes[one] ?? ''));
    if (argument && !/var\.labels|each\.value/.test(body[argument] ?? '')) {
      fault(file, `${type}.${name} takes labels: give it ${argument} = var.labels`);
    }
  }
}

function checkProviders(all, fault) {
  if (all.configured.length && path.dirname(all.folder).endsWith('modules')) {
    fault(path.join(all.folder, 'versions.tf'), 'a module with a provider block can have no count, for_each and depends_on: put it into the root');
  }
}

export function checkConventions(all, schema, fault) {
  checkOrder(all, fault);
  checkLabels(all, schema, fault);
  checkProviders(all, fault);
}
