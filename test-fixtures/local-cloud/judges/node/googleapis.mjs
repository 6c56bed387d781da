// googleapis as its README uses it; only the endpoint is another.
import assert from 'node:assert/strict';
import {google} from 'googleapis';
import {judge} from './judge.mjs';

const rootUrl = process.env.CLOUD + '/';
const auth = new google.auth.OAuth2();
auth.setCredentials({access_token: 'local-owner'});
const storage = google.storage({version: 'v1', rootUrl, auth});
const compute = google.compute({version: 'v1', rootUrl, auth});
const bucket = 'apis-judge';
const project = 'demo';
const zone = 'us-west1-a';

await judge('googleapis', {
  'storage.buckets.insert, get, list, patch': async () => {
    await storage.buckets.insert({project, requestBody: {name: bucket}});
    await storage.buckets.get({bucket});
    await storage.buckets.list({project});
    const {data} = await storage.buckets.patch({bucket, requestBody: {labels: {a: 'b'}}});
    assert.equal(data.labels.a, 'b');
  },
  'storage.objects.insert, get, list, delete': async () => {
    const media = {mimeType: 'text/plain', body: 'hello'};
    await storage.objects.insert({bucket, name: 'a b/c.txt', media}, {rootUrl});
    const {data} = await storage.objects.get({bucket, object: 'a b/c.txt', alt: 'media'});
    assert.equal(String(data), 'hello');
    const list = await storage.objects.list({bucket, fields: 'items(name,size)'});
    assert.deepEqual(list.data, {items: [{name: 'a b/c.txt', size: '5'}]});
    await storage.objects.delete({bucket, object: 'a b/c.txt'});
    await storage.buckets.delete({bucket});
  },
  'compute.zones.list, networks.get, fields': async () => {
    await compute.networks.get({project, network: 'default'});
    const {data} = await compute.zones.list({project, fields: 'items/name', maxResults: 1});
    assert.deepEqual(Object.keys(data), ['items']);
    assert.deepEqual(Object.keys(data.items[0]), ['name']);
  },
  'compute.projects.get': async () => {
    const {data} = await compute.projects.get({project});
    assert.ok(data.commonInstanceMetadata);
  },
  'compute.images.insert, zoneOperations and globalOperations': async () => {
    const source = `https://storage.googleapis.com/${process.env.BUCKET}/${process.env.TARBALL}`;
    const requestBody = {name: 'googleapis-image', rawDisk: {source}};
    const {data} = await compute.images.insert({project, requestBody});
    let operation = data;
    while (operation.status !== 'DONE') {
      ({data: operation} = await compute.globalOperations.wait({project, operation: data.name}));
    }
    assert.equal(operation.error, undefined);
    await compute.images.delete({project, image: 'googleapis-image'});
    await compute.zoneOperations.list({project, zone, filter: 'status != DONE'});
  },
});
