// @google-cloud/compute as its samples use it; only the endpoint is another.
import assert from 'node:assert/strict';
import compute from '@google-cloud/compute';
import {google} from 'googleapis';
import {judge} from './judge.mjs';

const url = new URL(process.env.CLOUD);
const authClient = new google.auth.OAuth2();
authClient.setCredentials({access_token: 'local-owner'});
const options = {
  fallback: true,
  protocol: url.protocol.replace(':', ''),
  apiEndpoint: url.hostname,
  port: Number(url.port),
  projectId: 'demo',
  authClient,
};
const project = 'demo';
const zone = 'us-west1-a';
const group = 'node-group';
const images = new compute.ImagesClient(options);
const templates = new compute.InstanceTemplatesClient(options);
const groups = new compute.InstanceGroupManagersClient(options);
const instances = new compute.InstancesClient(options);
const globalOperations = new compute.GlobalOperationsClient(options);
const zoneOperations = new compute.ZoneOperationsClient(options);

// As in Google's samples: wait until the operation is DONE.
async function wait(client, response, place) {
  let operation = response.latestResponse;
  while (operation.status !== 'DONE') {
    [operation] = await client.wait({operation: operation.name, project, ...place});
  }
  assert.ok(!operation.error, JSON.stringify(operation.error));
}

async function all(iterable) {
  const found = [];
  for await (const each of iterable) {
    found.push(each);
  }
  return found;
}

await judge('@google-cloud/compute', {
  'images.insert of a tarball, operations.wait': async () => {
    const source = `https://storage.googleapis.com/${process.env.BUCKET}/${process.env.TARBALL}`;
    const imageResource = {name: 'node-image', family: 'node', rawDisk: {source}};
    const [response] = await images.insert({project, imageResource});
    await wait(globalOperations, response, {});
  },
  'images.get, getFromFamily, list': async () => {
    const [image] = await images.get({project, image: 'node-image'});
    assert.equal(image.status, 'READY');
    await images.getFromFamily({project, family: 'node'});
    assert.equal((await all(images.listAsync({project, maxResults: 1}))).length, 1);
  },
  'instanceTemplates.insert': async () => {
    const [response] = await templates.insert({
      project,
      instanceTemplateResource: {
        name: 'node-template',
        properties: {
          machineType: 'e2-small',
          disks: [
            {
              boot: true,
              autoDelete: true,
              initializeParams: {sourceImage: 'projects/demo/global/images/node-image'},
            },
          ],
          networkInterfaces: [{name: 'global/networks/default'}],
        },
      },
    });
    await wait(globalOperations, response, {});
  },
  'instanceGroupManagers.insert, get, list, aggregatedList': async () => {
    const [response] = await groups.insert({
      project,
      zone,
      instanceGroupManagerResource: {
        name: group,
        baseInstanceName: group,
        targetSize: 1,
        instanceTemplate: 'global/instanceTemplates/node-template',
      },
    });
    await wait(zoneOperations, response, {zone});
    const [found] = await groups.get({project, zone, instanceGroupManager: group});
    assert.equal(found.targetSize, 1);
    assert.equal((await all(groups.listAsync({project, zone}))).length, 1);
    const scopes = await all(groups.aggregatedListAsync({project}));
    assert.ok(scopes.some(([scope, list]) => scope === `zones/${zone}` && list.instanceGroupManagers.length));
  },
  'instanceGroupManagers.resize': async () => {
    const [response] = await groups.resize({project, zone, instanceGroupManager: group, size: 2});
    await wait(zoneOperations, response, {zone});
  },
  'instanceGroupManagers.listManagedInstances': async () => {
    const found = await all(
      groups.listManagedInstancesAsync({project, zone, instanceGroupManager: group}));
    assert.equal(found.length, 2);
  },
  'instanceGroupManagers.patch': async () => {
    const [response] = await groups.patch({
      project,
      zone,
      instanceGroupManager: group,
      instanceGroupManagerResource: {updatePolicy: {type: 'PROACTIVE'}},
    });
    await wait(zoneOperations, response, {zone});
  },
  'instanceGroupManagers.setInstanceTemplate': async () => {
    const [response] = await groups.setInstanceTemplate({
      project,
      zone,
      instanceGroupManager: group,
      instanceGroupManagersSetInstanceTemplateRequestResource: {
        instanceTemplate: 'global/instanceTemplates/node-template',
      },
    });
    await wait(zoneOperations, response, {zone});
  },
  'instances.list, aggregatedList': async () => {
    await all(instances.listAsync({project, zone}));
    await all(instances.aggregatedListAsync({project, maxResults: 5}));
  },
  'machineTypes.list, aggregatedList': async () => {
    const client = new compute.MachineTypesClient(options);
    assert.ok((await all(client.listAsync({project, zone}))).length > 0);
    assert.ok((await all(client.aggregatedListAsync({project}))).length > 0);
  },
  'instances.insert with a boot image, get, stop, start, delete': async () => {
    const [response] = await instances.insert({
      project,
      zone,
      instanceResource: {
        name: 'node-instance',
        machineType: `zones/${zone}/machineTypes/e2-small`,
        disks: [
          {
            boot: true,
            autoDelete: true,
            initializeParams: {diskSizeGb: '10', sourceImage: 'projects/demo/global/images/node-image'},
          },
        ],
        networkInterfaces: [{name: 'global/networks/default'}],
      },
    });
    await wait(zoneOperations, response, {zone});
    const instance = 'node-instance';
    const [found] = await instances.get({project, zone, instance});
    assert.equal(found.status, 'RUNNING');
    for (const change of ['stop', 'start', 'delete']) {
      const [changed] = await instances[change]({project, zone, instance});
      await wait(zoneOperations, changed, {zone});
    }
  },
  'instanceGroupManagers.delete, instanceTemplates.delete, images.delete': async () => {
    const [response] = await groups.delete({project, zone, instanceGroupManager: group});
    await wait(zoneOperations, response, {zone});
    const [second] = await templates.delete({project, instanceTemplate: 'node-template'});
    await wait(globalOperations, second, {});
    const [third] = await images.delete({project, image: 'node-image'});
    await wait(globalOperations, third, {});
  },
});
