import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { parquet } from '@datagen/parquet';
import { s3, type S3Storage } from '@datagen/s3';
import { csv, jsonl } from '@datagen/text';
import { logTables, readLogTable, testWriter } from '@datagen/testkit';
import { beforeAll, describe, it } from '@jest/globals';
import { textScan } from '../formats/text/duckdb-scan.ts';
import * as duckdb from '../readers/duckdb.ts';
import { FaultProxy } from './fault-proxy.ts';
import { S3Server, s3Binary } from './s3-server.ts';

if (s3Binary === '') {
  describe('writers to S3', () => {
    it.skip('need a server, which Go compiles', () => undefined);
  });
} else {
  let server: S3Server;
  let proxy: FaultProxy;
  let count = 0;
  beforeAll(async () => {
    server = await S3Server.start();
    proxy = await FaultProxy.start(server.port);
  }, 60_000);
  const createPlace = () => Promise.resolve(`place ${count++}`);
  const storageOf = (place: string): S3Storage => s3(server.uri(place), server.options(proxy.port));

  testWriter({
    name: 'parquet on S3',
    createPlace,
    createWriter: (place) => parquet(storageOf(place)),
    // From the server's disk.
    readRows: async (place, { name, schema }) => {
      const folder = path.join(server.folder, place, name);
      if (!existsSync(folder)) return [];
      return duckdb.readParquet(
        folder,
        schema.fields.map((field) => field.name),
      );
    },
    partitionings: [[], ['year', 'month', 'day'], ['week']],
  });

  for (const [format, write] of [
    ['csv', csv],
    ['jsonl', jsonl],
  ] as const)
    testWriter({
      name: `${format} on S3`,
      createPlace,
      createWriter: (place) => write(storageOf(place)),
      readRows: async (place, table) => {
        const folder = path.join(server.folder, place, table.name);
        if (!existsSync(folder)) return [];
        const columns = table.schema.fields.map(({ name }) => `"${name}"`).join(', ');
        const rows = await duckdb.query(`SELECT ${columns} FROM ${textScan(format, folder, table)}`);
        return rows.map((row) => row.map(duckdb.cellText));
      },
      partitionings: [[], ['week']],
    });

  // Runs at once, overlapping ones, lost answers: its commits are objects that are created and never replaced.
  testWriter({
    name: 'a log table on S3',
    createPlace,
    createWriter: (place) => logTables(storageOf(place)),
    readRows: (place, { name }) => readLogTable(storageOf(place), name),
    partitionings: [[], ['week']],
    catalog: {
      storageOf,
      isDataFile: (file) => file.endsWith('.jsonl'),
      age: (place, file) => {
        const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
        return utimes(path.join(server.folder, place, file), twoDaysAgo, twoDaysAgo);
      },
    },
  });
}
