// @google-cloud/storage as its README and samples use it; only the endpoint is another.
import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {Readable} from 'node:stream';
import {Storage, TransferManager} from '@google-cloud/storage';
import {OAuth2Client} from 'google-auth-library';
import {judge} from './judge.mjs';

const authClient = new OAuth2Client();
authClient.setCredentials({access_token: 'local-owner'});
const storage = new Storage({apiEndpoint: process.env.CLOUD, projectId: 'demo', authClient});
const name = 'node-judge';
const bucket = storage.bucket(name);
const large = randomBytes(9 * 1024 * 1024);

await judge('@google-cloud/storage', {
  'createBucket, with class and location': () =>
    storage.createBucket(name, {location: 'US-WEST1', storageClass: 'STANDARD'}),
  'getBuckets': async () => {
    const [buckets] = await storage.getBuckets();
    assert.ok(buckets.some(each => each.name === name));
  },
  'bucket.getMetadata, setLabels': async () => {
    await bucket.setLabels({team: 'edge'});
    const [metadata] = await bucket.getMetadata();
    assert.equal(metadata.labels.team, 'edge');
  },
  'file.save': () => bucket.file('saved.txt').save('hello', {metadata: {metadata: {a: 'b'}}}),
  'file.save, not resumable': () => bucket.file('plain.txt').save('hello', {resumable: false}),
  'file.download': async () => {
    const [content] = await bucket.file('saved.txt').download();
    assert.equal(content.toString(), 'hello');
  },
  'bucket.upload': async () => {
    await writeFile('large.bin', large);
    await bucket.upload('large.bin', {destination: 'dir/large.bin'});
    const [metadata] = await bucket.file('dir/large.bin').getMetadata();
    assert.equal(metadata.md5Hash, createHash('md5').update(large).digest('base64'));
  },
  'bucket.upload, in chunks, with a generation': async () => {
    await bucket.upload('large.bin', {
      destination: 'chunks.bin',
      chunkSize: 1024 * 1024,
      preconditionOpts: {ifGenerationMatch: 0},
    });
  },
  'createWriteStream of unknown length': () =>
    pipeline(Readable.from([large]), bucket.file('stream.bin').createWriteStream()),
  'createReadStream of a range': async () => {
    const parts = [];
    for await (const part of bucket.file('stream.bin').createReadStream({start: 10, end: 19})) {
      parts.push(part);
    }
    assert.deepEqual(Buffer.concat(parts), large.subarray(10, 20));
  },
  'file.download to a file': async () => {
    await bucket.file('dir/large.bin').download({destination: 'back.bin'});
    assert.deepEqual(await readFile('back.bin'), large);
  },
  'TransferManager: uploadManyFiles, downloadFileInChunks': async () => {
    const manager = new TransferManager(bucket);
    await manager.uploadManyFiles(['large.bin'], {prefix: 'many'});
    await manager.downloadFileInChunks('dir/large.bin', {destination: 'many.bin'});
  },
  'getFiles: pages, prefix, delimiter, glob': async () => {
    const [some, next] = await bucket.getFiles({maxResults: 2, autoPaginate: false});
    const [more] = await bucket.getFiles(next);
    assert.deepEqual([some.length, more[0].name > some[1].name], [2, true]);
    const [, , answer] = await bucket.getFiles({delimiter: '/', autoPaginate: false});
    assert.deepEqual(answer.prefixes, ['dir/', 'many/']);
    const [globbed] = await bucket.getFiles({matchGlob: '*.txt'});
    assert.deepEqual(globbed.map(each => each.name), ['plain.txt', 'saved.txt']);
  },
  'file.exists, isPublic, setMetadata': async () => {
    assert.deepEqual(await bucket.file('none').exists(), [false]);
    await bucket.file('saved.txt').setMetadata({contentType: 'text/markdown'});
  },
  'file.copy, move, rename': async () => {
    await bucket.file('saved.txt').copy(bucket.file('copied.txt'));
    await bucket.file('copied.txt').move('moved.txt');
    await bucket.file('moved.txt').rename('renamed.txt');
    assert.deepEqual(await bucket.file('renamed.txt').exists(), [true]);
  },
  'file.moveFileAtomic': async () => {
    await bucket.file('renamed.txt').moveFileAtomic('atomic.txt');
    assert.deepEqual(await bucket.file('renamed.txt').exists(), [false]);
  },
  'bucket.combine': async () => {
    await bucket.combine(['saved.txt', 'plain.txt'], 'both.txt');
    const [content] = await bucket.file('both.txt').download();
    assert.equal(content.toString(), 'hellohello');
  },
  'file.publicUrl is read': async () => {
    const answer = await fetch(bucket.file('saved.txt').publicUrl());
    assert.equal(await answer.text(), 'hello');
  },
  'makePublic is refused, as by uniform access': async () => {
    await assert.rejects(bucket.file('saved.txt').makePublic(), {code: 400});
  },
  'iam.getPolicy, testPermissions': async () => {
    const [policy] = await bucket.iam.getPolicy();
    assert.ok(policy.etag);
    const [permissions] = await bucket.iam.testPermissions('storage.objects.get');
    assert.deepEqual(permissions, {'storage.objects.get': true});
  },
  'deleteFiles, bucket.delete': async () => {
    await bucket.deleteFiles();
    await bucket.delete();
  },
});
