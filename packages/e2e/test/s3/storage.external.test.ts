import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testStorage } from '@datagen/testkit';
import { s3 } from '@datagen/s3';
import { beforeAll, describe, it } from '@jest/globals';
import { FaultProxy } from './fault-proxy.ts';
import { S3Server, s3Binary } from './s3-server.ts';

if (s3Binary === '') {
  describe('S3', () => {
    it.skip('needs a server, which Go compiles', () => undefined);
  });
} else {
  let server: S3Server;
  let proxy: FaultProxy;
  let count = 0;
  beforeAll(async () => {
    server = await S3Server.start();
    proxy = await FaultProxy.start(server.port);
  }, 60_000);

  testStorage({
    name: 'S3',
    open: () => Promise.resolve(s3(server.uri(`a place/${String(count++)}`), server.options(proxy.port))),
    // The server keeps objects as files.
    readLocation: (location) =>
      Promise.resolve(readFileSync(path.join(server.folder, location.slice('s3://lake/'.length)))),
  });
}
