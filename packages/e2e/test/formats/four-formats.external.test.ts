import path from 'node:path';
import { type DatasetGenerator, PartitionSpec, type TableWriter, writeDataset } from '@datagen/core';
import { LocalStorage, type Storage } from '@datagen/core/writer';
import { delta } from '@datagen/delta';
import { ducklake } from '@datagen/ducklake';
import { iceberg } from '@datagen/iceberg';
import { parquet } from '@datagen/parquet';
import { s3 } from '@datagen/s3';
import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { connectWith } from '../readers/duckdb-extensions.ts';
import { python } from '../readers/pyarrow.ts';
import { ACCESS_KEY, s3Binary, S3Server, SECRET_KEY } from '../s3/s3-server.ts';
import { GENERATORS } from './generators.ts';

const EXTENSIONS = ['avro', 'httpfs', 'delta', 'iceberg', 'sqlite_scanner', 'ducklake'];
const partitionSpec = new PartitionSpec({
  startDate: '2026-01-28',
  endDate: '2026-02-03',
  partitionBy: ['month'],
});

/** Where a dataset goes: its data into a storage, catalogs into a local folder. */
interface Place {
  readonly storage: Storage;
  readonly catalogs: string;
}

/** How a dataset is written in a format, and what DuckDB reads its tables from. */
interface Format {
  writer(place: Place): TableWriter;
  attach?(place: Place): string;
  scan(place: Place, table: string): string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  parquet: {
    writer: ({ storage }) => parquet(storage),
    scan: ({ storage }, table) =>
      `read_parquet('${storage.location(table)}/**/*.parquet', hive_partitioning = false)`,
  },
  delta: {
    writer: ({ storage }) => delta(storage),
    scan: ({ storage }, table) => `delta_scan('${storage.location(table)}')`,
  },
  ducklake: {
    writer: ({ storage, catalogs }) => ducklake(storage, { catalog: `sqlite:${catalogs}/lake.sqlite` }),
    attach: ({ catalogs }) => `ATTACH 'ducklake:sqlite:${catalogs}/lake.sqlite' AS lake (READ_ONLY)`,
    scan: (_, table) => `lake.${table}`,
  },
  iceberg: {
    writer: ({ storage, catalogs }) =>
      iceberg(storage, { catalogUri: `sqlite:${catalogs}/catalog.sqlite`, namespace: 'shop' }),
    scan: ({ storage }, table) => `iceberg_scan('${storage.location(`shop/${table}`)}')`,
  },
};

let connection: DuckDBConnection;
let server: S3Server | undefined;
beforeAll(async () => {
  if (python === '') return;
  connection = await connectWith(EXTENSIONS);
  // Which metadata is the newest, DuckDB asks no SQL catalog.
  await connection.run('SET unsafe_enable_version_guessing = true');
  if (s3Binary === '') return;
  server = await S3Server.start();
  const host = server.url.replace('http://', '');
  await connection.run(
    `CREATE SECRET (TYPE s3, KEY_ID '${ACCESS_KEY}', SECRET '${SECRET_KEY}', REGION 'us-east-1', ENDPOINT '${host}', USE_SSL false, URL_STYLE 'path')`,
  );
}, 120_000);

/** By table its columns with their types, its number of rows and a digest of them, whatever their order. */
async function digestsOf(format: Format, place: Place, { tables }: DatasetGenerator) {
  const attach = format.attach?.(place);
  if (attach !== undefined) await connection.run(attach);
  const found: Record<string, unknown> = {};
  for (const { name, schema } of tables) {
    const columns = schema.fields.map((field) => `"${field.name}"`).join(', ');
    const from = `FROM (SELECT ${columns} FROM ${format.scan(place, name)})`;
    const types = await connection.runAndReadAll(`SELECT column_name, column_type FROM (DESCRIBE ${from})`);
    const digest = await connection.runAndReadAll(
      `SELECT count(*)::INT, sum(hash(${columns})::HUGEINT)::VARCHAR ${from}`,
    );
    found[name] = { types: types.getRows(), rows: digest.getRows() };
  }
  if (attach !== undefined) await connection.run('DETACH lake');
  return found;
}

const STORAGES: readonly {
  readonly where: string;
  readonly isHere: boolean;
  readonly open: (name: string) => Promise<Storage>;
}[] = [
  {
    where: 'on a local disk',
    isHere: python !== '',
    open: async () => new LocalStorage(await createPlace()),
  },
  {
    where: 'on S3',
    isHere: python !== '' && s3Binary !== '',
    open: (name) => Promise.resolve(s3(server?.uri(name) ?? '', server?.options())),
  },
];

describe('a dataset in Parquet, Delta Lake, DuckLake and Iceberg', () => {
  const local = new Map<string, unknown>();
  for (const { where, isHere, open } of STORAGES)
    for (const generator of GENERATORS)
      (isHere ? it : it.skip)(
        `has one digest per table by DuckDB: ${generator.name} ${where}`,
        async () => {
          const digests: Record<string, Awaited<ReturnType<typeof digestsOf>>> = {};
          for (const [name, format] of Object.entries(FORMATS)) {
            const storage = await open(path.posix.join(generator.name, name));
            const place = { storage, catalogs: await createPlace() };
            await writeDataset(generator, format.writer(place), { partitionSpec, maxWorkers: 1 });
            digests[name] = await digestsOf(format, place, generator);
          }
          const expected = digests['parquet'];
          for (const [name, found] of Object.entries(digests))
            expect([name, found]).toEqual([name, expected]);
          // Anywhere else it is what it is on a local disk.
          expect(expected).toEqual(local.get(generator.name) ?? expected);
          local.set(generator.name, expected);
        },
        240_000,
      );
});
