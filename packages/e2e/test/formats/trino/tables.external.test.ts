import path from 'node:path';
import {
  type DatasetGenerator,
  type DatasetReport,
  PartitionSpec,
  type TableWriter,
  writeDataset,
} from '@datagen/core';
import { delta } from '@datagen/delta';
import { iceberg } from '@datagen/iceberg';
import { s3 } from '@datagen/s3';
import { sampleGenerator } from '@datagen/testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { contentsOf, type DeltaContents } from '../../readers/delta-readers.ts';
import { ODD_TEXTS, oddGroups, oddValues } from '../../readers/odd-values.ts';
import { s3Binary, S3Server } from '../../s3/s3-server.ts';
import { WINDOW, writeAll } from '../iceberg/warehouses/all-generators.ts';
import { icebergRestJars, IcebergRestServer } from '../servers/iceberg-rest.ts';
import { postgresqlBin, PostgresqlServer } from '../servers/postgresql.ts';
import { trinoHome, TrinoServer, type TrinoCatalog } from '../servers/trino.ts';
import { CATALOG_NAME, inFiles, inPostgresql, LOCAL, onRestServer, onS3 } from './catalogs.ts';
import { contentsIn, rowsRead } from './contents.ts';

const has = (...needs: readonly string[]) =>
  [trinoHome, ...needs].every((need) => need !== '') ? it : it.skip;
const [startDate, endDate] = WINDOW;
const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });

let trino: TrinoServer;
let postgresql: PostgresqlServer | undefined;
let rest: IcebergRestServer | undefined;
let bucket: S3Server | undefined;
let catalogs = 0;

beforeAll(async () => {
  if (trinoHome === '') return;
  [trino, postgresql, rest, bucket] = await Promise.all([
    TrinoServer.start(),
    postgresqlBin === '' ? undefined : PostgresqlServer.start(),
    icebergRestJars === '' ? undefined : IcebergRestServer.start(await createPlace()),
    s3Binary === '' ? undefined : S3Server.start(),
  ]);
}, 120_000);

afterAll(async () => {
  if (trinoHome === '') return;
  await Promise.all([trino.stop(), postgresql?.stop(), rest?.stop()]);
}, 60_000);

/** A table by Trino's name for it. */
interface ReadTable {
  readonly at: string;
  readonly expected: DeltaContents;
}

/** A place of tables, and the catalog that Trino has for it. */
interface Lake {
  readonly catalog: string;
  readonly writerOf: (namespace: string) => TableWriter;
}

async function createCatalog(connector: 'iceberg' | 'delta_lake', properties: TrinoCatalog): Promise<string> {
  const name = `catalog${String(++catalogs)}`;
  await trino.createCatalog(name, connector, properties);
  return name;
}

type Kind = 'postgresql' | 'rest' | 'postgresql on S3';
const NEEDS: Readonly<Record<Kind, readonly string[]>> = {
  postgresql: [postgresqlBin],
  rest: [icebergRestJars],
  'postgresql on S3': [postgresqlBin, s3Binary],
};

async function icebergLake(kind: Kind): Promise<Lake> {
  const folder = await createPlace();
  if (kind === 'rest') {
    const catalogUri = rest?.uri ?? '';
    const catalog = await createCatalog('iceberg', { ...onRestServer(catalogUri), ...LOCAL });
    return { catalog, writerOf: (namespace) => iceberg(folder, { catalog: 'rest', catalogUri, namespace }) };
  }
  const catalogUri = (await postgresql?.createDatabase()) ?? '';
  const isOnS3 = kind !== 'postgresql' && bucket !== undefined;
  const place = isOnS3 ? s3(bucket?.uri('iceberg') ?? '', bucket?.options()) : folder;
  const catalog = await createCatalog('iceberg', {
    ...inPostgresql(catalogUri, isOnS3 ? 's3://lake/iceberg' : `file://${folder}`),
    ...(isOnS3 && bucket ? onS3(bucket) : LOCAL),
  });
  const options = { catalogUri, catalogName: CATALOG_NAME };
  return { catalog, writerOf: (namespace) => iceberg(place, { ...options, namespace }) };
}

/** Trino's name for `namespace.table`, in which a namespace of several levels is one name. */
function nameIn(catalog: string, table: string): string {
  const at = table.lastIndexOf('.');
  return `${catalog}."${table.slice(0, at)}".${table.slice(at + 1)}`;
}

async function deltaLake(): Promise<{ readonly catalog: string; readonly folder: string }> {
  const folder = await createPlace();
  const properties = { ...inFiles(`local://${await createPlace()}`), ...LOCAL };
  // A disk has no conditional writes by which two writers at once would tell who was first.
  const writable = { 'delta.enable-non-concurrent-writes': 'true' };
  return { catalog: await createCatalog('delta_lake', { ...properties, ...writable }), folder };
}

/** Names the Delta table at `schema/table` below a folder in a catalog. */
async function register(catalog: string, folder: string, name: string): Promise<string> {
  const [schema = '', table = ''] = name.split('.');
  await trino.query(`CREATE SCHEMA IF NOT EXISTS ${catalog}.${schema}`);
  const location = `file://${path.join(folder, schema, table)}`;
  await trino.query(`CALL ${catalog}.system.register_table('${schema}', '${table}', '${location}')`);
  return `${catalog}.${schema}."${table}"`;
}

/** Iceberg's client in Trino joins levels of a namespace by a character that the REST server takes in no address. */
const flat = (name: string) => name.replace('shop.', 'shop_');

async function expectAll(tables: readonly ReadTable[]): Promise<void> {
  const found = await Promise.all(
    tables.map(({ at, expected }) => contentsIn(trino, at, { columns: Object.keys(expected.schema) })),
  );
  for (const [i, { at, expected }] of tables.entries()) {
    expect([at, found[i]?.rowCount, found[i]?.schema]).toEqual([
      at,
      expected.rowCount,
      expect.objectContaining(expected.schema),
    ]);
    if (expected.rowCount > 0) expect([at, found[i]?.digest]).toEqual([at, expected.digest]);
  }
}

describe('Trino reads the Iceberg tables of all generators as they were made', () => {
  const CASES: readonly (readonly [Kind, ...string[]])[] = [
    ['postgresql'],
    ['postgresql', 'year', 'month', 'day'],
    ['rest', 'month'],
    ['postgresql on S3', 'day'],
  ];
  for (const [kind, ...partitionBy] of CASES)
    has(...NEEDS[kind])(
      `${kind}, partitioned by ${partitionBy.join(', ') || 'nothing'}`,
      async () => {
        const { catalog, writerOf } = await icebergLake(kind);
        const named = kind === 'rest' ? flat : String;
        const tables = await writeAll('shop', (namespace) => writerOf(named(namespace)), partitionBy);
        await expectAll(tables.map(({ name, expected }) => ({ at: nameIn(catalog, named(name)), expected })));
      },
      120_000,
    );
});

describe('Trino reads the Delta tables of all generators as they were made', () => {
  for (const partitionBy of [[], ['week'], ['year', 'month', 'day']])
    has()(
      `partitioned by ${partitionBy.join(', ') || 'nothing'}`,
      async () => {
        const { catalog, folder } = await deltaLake();
        const tables = await writeAll(
          'shop',
          (namespace) => delta(path.join(folder, flat(namespace))),
          partitionBy,
        );
        const registered: ReadTable[] = [];
        for (const { name, expected } of tables)
          registered.push({ at: await register(catalog, folder, flat(name)), expected });
        await expectAll(registered);
      },
      120_000,
    );
});

/** The formats, each with a table of the sample generator that its name in Trino is given for. */
const FORMATS = [
  {
    format: 'Iceberg',
    test: has(postgresqlBin),
    create: async () => {
      const { catalog, writerOf } = await icebergLake('postgresql');
      return {
        writer: writerOf('shop'),
        nameOf: (table: string) => Promise.resolve(`${catalog}.shop."${table}"`),
      };
    },
  },
  {
    format: 'Delta',
    test: has(),
    create: async () => {
      const { catalog, folder } = await deltaLake();
      const nameOf = (table: string) => register(catalog, folder, `shop.${table}`);
      return { writer: delta(path.join(folder, 'shop')), nameOf };
    },
  },
] as const;

describe.each(FORMATS)('a table of $format', ({ test, create }) => {
  const write = (writer: TableWriter, made: DatasetGenerator, last: string, ...partitionBy: string[]) =>
    writeDataset(made, writer, {
      partitionSpec: new PartitionSpec({ startDate, endDate: last, partitionBy }),
      maxWorkers: 1,
    });

  test('gives Trino the values and partitions that readers get wrong', async () => {
    const { writer, nameOf } = await create();
    await write(writer, oddValues(), startDate);
    await write(writer, oddGroups(), startDate, 'group');
    const tables: ReadTable[] = [];
    for (const [made, name] of [
      [oddValues(), 'values'],
      [oddGroups(), 'groups'],
    ] as const)
      tables.push({ at: await nameOf(name), expected: contentsOf(made, name, startDate, startDate) });
    await expectAll(tables);
    for (const [i, text] of ODD_TEXTS.entries()) {
      const isText = text === null ? 'IS NULL' : `= '${text.replaceAll("'", "''")}'`;
      const rows = await trino.query(`SELECT id FROM ${tables[1]?.at ?? ''} WHERE "group" ${isText}`);
      expect([text, rows]).toEqual([text, [[0x100000000 + i]]]);
    }
  }, 120_000);

  test('lets Trino read no other partition, and no other file, than a filter asks for', async () => {
    const { writer, nameOf } = await create();
    await write(writer, generator, endDate, 'group', 'day');
    const at = await nameOf('events');
    await expectAll([{ at, expected: contentsOf(generator, 'events', startDate, endDate) }]);
    expect(await rowsRead(trino, at, 'true')).toBe(180);
    expect(await rowsRead(trino, at, `"group" = 'a b'`)).toBe(60);
    expect(await rowsRead(trino, at, "ts < TIMESTAMP '2026-01-29 00:00:00 UTC'")).toBe(30);
    const firstDay = 'event_id < 61446000000';
    expect(await rowsRead(trino, at, firstDay)).toBe(30);
  }, 120_000);

  test('is continued after Trino deleted from it and inserted into it', async () => {
    const { writer, nameOf } = await create();
    await write(writer, generator, '2026-01-30', 'group');
    const at = await nameOf('events');
    await trino.query(`DELETE FROM ${at} WHERE flag`);
    await trino.query(`INSERT INTO ${at} SELECT * FROM ${at} WHERE small > 0`);
    const before = await contentsIn(trino, at);
    expect(before.rowCount).toBeGreaterThan(30);
    const rowsOf = ({ tables }: DatasetReport) => tables.map(({ rowCount }) => rowCount);
    expect(rowsOf(await write(writer, generator, '2026-01-30', 'group'))).toEqual([0, 0]);
    expect(rowsOf(await write(writer, generator, '2026-01-31', 'group'))).toEqual([0, 30]);
    const added = contentsOf(generator, 'events', '2026-01-31', '2026-01-31');
    const isAdded = "ts >= TIMESTAMP '2026-01-31 00:00:00 UTC'";
    expect(await contentsIn(trino, at, { where: isAdded })).toEqual(added);
    expect(await contentsIn(trino, at, { where: `NOT (${isAdded})` })).toEqual(before);
  }, 120_000);
});
