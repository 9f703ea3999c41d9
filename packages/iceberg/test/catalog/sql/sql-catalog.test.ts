import { readdirSync } from 'node:fs';
import { LocalStorage } from '@datagen/core/writer';
import { databaseAt, SqlCatalog as CatalogDatabase, type SqlDatabase } from '@datagen/sql';
import { describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { type Catalog, type LoadedTable, SqlCatalog } from '../../../src/catalog/index.ts';
import { createPlace } from '../../place.ts';
import { appendTo, commitIdsOf, creationOf } from '../changes.ts';

const LOCK_SECONDS = 1;

interface Setting {
  readonly place: string;
  readonly file: string;
  readonly catalog: SqlCatalog;
}

async function open(place?: string, change = (database: SqlDatabase) => database): Promise<Setting> {
  const folder = place ?? (await createPlace());
  const file = `${folder}/catalog.sqlite`;
  const database = change(databaseAt(`sqlite:${file}`, LOCK_SECONDS) as SqlDatabase);
  const catalog = new SqlCatalog({
    database: new CatalogDatabase(database, LOCK_SECONDS),
    name: 'lake',
    storage: new LocalStorage(folder),
    folder: 'tables/',
  });
  return { place: folder, file, catalog };
}

async function created(catalog: Catalog, name = 'orders'): Promise<LoadedTable> {
  await catalog.createNamespace(['shop']);
  const staged = await catalog.stageTable(creationOf(name));
  return tableOf(await catalog.commit([appendTo(staged, 'first')]));
}

function tableOf(outcomes: readonly object[]): LoadedTable {
  expect(outcomes).toEqual([{ table: expect.anything() }]);
  return (outcomes as [{ table: LoadedTable }])[0].table;
}

function rowsOf(file: string, query: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new Libsql(file);
  try {
    return database.prepare(query).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

const metadataFiles = (place: string, table = 'orders') =>
  readdirSync(`${place}/tables/shop/${table}/metadata`).toSorted();

describe('a catalog in a SQLite file', () => {
  test('nothing is made by looking', async () => {
    const { place, catalog } = await open();
    expect(await catalog.loadTable({ namespace: ['shop'], name: 'orders' })).toBeUndefined();
    const staged = await catalog.stageTable(creationOf('orders'));
    expect(staged).toMatchObject({
      metadataLocation: undefined,
      metadata: { location: `file://${place}/tables/shop/orders`, snapshots: [] },
    });
    expect(readdirSync(place)).toEqual([]);
  });

  test('the first commit makes table and snapshot at once, as others read it', async () => {
    const { place, file, catalog } = await open();
    const table = await created(catalog);
    expect(rowsOf(file, 'SELECT * FROM iceberg_tables')).toEqual([
      {
        catalog_name: 'lake',
        table_namespace: 'shop',
        table_name: 'orders',
        metadata_location: table.metadataLocation,
        previous_metadata_location: null,
        iceberg_type: 'TABLE',
      },
    ]);
    expect(metadataFiles(place)).toEqual([expect.stringMatching(/^00000-[-0-9a-f]+\.metadata\.json$/)]);
    expect(await catalog.loadTable(table.identifier)).toEqual(table);
    expect(commitIdsOf(table)).toEqual(['first']);
  });

  test('the next one swaps the location and notes the one before', async () => {
    const { file, catalog } = await open();
    const before = await created(catalog);
    const after = tableOf(await catalog.commit([appendTo(before, 'second')]));
    expect(
      rowsOf(file, 'SELECT metadata_location AS a, previous_metadata_location AS b FROM iceberg_tables'),
    ).toEqual([{ a: after.metadataLocation, b: before.metadataLocation }]);
    expect(after.metadata['metadata-log']).toEqual([
      { 'metadata-file': before.metadataLocation, 'timestamp-ms': before.metadata['last-updated-ms'] },
    ]);
    expect(commitIdsOf(await reload(catalog, after))).toEqual(['first', 'second']);
  });

  test('a change of a table that has moved is a conflict, and leaves nothing', async () => {
    const { place, catalog } = await open();
    const base = await created(catalog);
    await catalog.commit([appendTo(base, 'winner')]);
    const [outcome] = await catalog.commit([appendTo(base, 'loser')]);
    expect(outcome).toEqual({ conflict: expect.stringMatching(/^the current snapshot is \d+, not \d+$/) });
    expect(commitIdsOf(await reload(catalog, base))).toEqual(['first', 'winner']);
    expect(metadataFiles(place)).toHaveLength(2);
  });

  test('a table that somebody else has made, replaced or removed is a conflict', async () => {
    const { file, catalog } = await open();
    const staged = await catalog.stageTable(creationOf('orders'));
    const base = await created(catalog);
    expect(await catalog.commit([appendTo(staged, 'late')])).toEqual([
      { conflict: 'somebody else has made the table' },
    ]);

    rowsOf(file, "DELETE FROM iceberg_tables WHERE table_name = 'orders' RETURNING 1");
    expect(await catalog.commit([appendTo(base, 'removed')])).toEqual([
      { conflict: 'somebody else has removed the table' },
    ]);
    await created(catalog);
    expect(await catalog.commit([appendTo(base, 'replaced')])).toEqual([
      { conflict: 'somebody else has put another table in its place' },
    ]);
  });

  test('a table that moved in a way that the change does not mind takes it', async () => {
    const { catalog } = await open();
    const base = await created(catalog);
    const { updates: _, ...rest } = appendTo(base, 'properties');
    await catalog.commit([{ ...rest, updates: [{ action: 'set-properties', updates: { a: 'b' } }] }]);
    const table = tableOf(await catalog.commit([appendTo(base, 'second')]));
    expect(table.metadata.properties).toEqual({ owner: 'me', a: 'b' });
    expect(commitIdsOf(table)).toEqual(['first', 'second']);
  });

  test('a change that was made already is found and not repeated', async () => {
    const { place, catalog } = await open();
    const base = await created(catalog);
    const change = appendTo(base, 'second');
    const once = tableOf(await catalog.commit([change]));
    const later = tableOf(await catalog.commit([appendTo(once, 'third')]));
    expect(await catalog.commit([change])).toEqual([{ table: later }]);
    expect(metadataFiles(place)).toHaveLength(3);
  });

  test('changes of several tables are made together or not at all', async () => {
    const { place, catalog } = await open();
    const [orders, items] = [await created(catalog), await created(catalog, 'items')];
    const both = await catalog.commit([appendTo(orders, 'a'), appendTo(items, 'b')]);
    expect(both).toEqual([{ table: expect.anything() }, { table: expect.anything() }]);

    const newer = await reload(catalog, orders);
    const [kept, moved] = await catalog.commit([appendTo(newer, 'c'), appendTo(items, 'd')]);
    expect(moved).toEqual({ conflict: expect.stringContaining('the current snapshot is') });
    expect(kept).toEqual(moved);
    expect(commitIdsOf(await reload(catalog, orders))).toEqual(['first', 'a']);
    expect([metadataFiles(place).length, metadataFiles(place, 'items').length]).toEqual([2, 2]);
  });

  test('of eight that commit at once each comes through, one after the other', async () => {
    const { place, catalog } = await open();
    const base = await created(catalog);
    const commitUntilDone = async (name: string) => {
      const own = (await open(place)).catalog;
      for (let table = base; ; table = await reload(own, base)) {
        const [outcome] = await own.commit([appendTo(table, name)]);
        if (outcome !== undefined && 'table' in outcome) return;
      }
    };
    const names = Array.from({ length: 8 }, (_, i) => `writer ${String(i)}`);
    await Promise.all(names.map(commitUntilDone));
    const table = await reload(catalog, base);
    expect(commitIdsOf(table).toSorted()).toEqual(['first', ...names]);
    expect(table.metadata['last-sequence-number']).toBe(9);
    // What losers had put is gone.
    expect(metadataFiles(place)).toHaveLength(9);
  });

  test('a namespace is made once, with those above it, and tables need one', async () => {
    const { file, catalog } = await open();
    const staged = await catalog.stageTable(creationOf('orders', ['a', 'b']));
    await expect(catalog.commit([appendTo(staged, 'x')])).rejects.toThrow(
      'There is no namespace a.b. Make it first.',
    );
    for (const namespace of [['a', 'b'], ['a', 'b'], ['a']]) await catalog.createNamespace(namespace);
    expect(
      rowsOf(
        file,
        'SELECT namespace, property_key AS k, property_value AS v FROM iceberg_namespace_properties',
      ),
    ).toEqual([
      { namespace: 'a', k: 'exists', v: 'true' },
      { namespace: 'a.b', k: 'exists', v: 'true' },
    ]);
    const table = tableOf(await catalog.commit([appendTo(staged, 'x')]));
    expect(table.metadata.location).toMatch(/\/tables\/a\/b\/orders$/);
  });

  test('quotes in names are letters as others', async () => {
    const { catalog } = await open();
    const namespace = ["it's"];
    await catalog.createNamespace(namespace);
    const staged = await catalog.stageTable(creationOf("o'rders", namespace));
    const table = tableOf(await catalog.commit([appendTo(staged, 'x')]));
    expect(await catalog.loadTable({ namespace, name: "o'rders" })).toEqual(table);
    expect(await catalog.loadTable({ namespace, name: 'orders' })).toBeUndefined();
  });

  test('a database of before views is written to, and a view is no table', async () => {
    const { file, catalog } = await open();
    await created(catalog);
    rowsOf(file, "UPDATE iceberg_tables SET iceberg_type = 'VIEW' RETURNING 1");
    await expect(catalog.loadTable({ namespace: ['shop'], name: 'orders' })).rejects.toThrow(
      'Expected shop.orders to be a table, got a view. Choose another namespace.',
    );
    const database = new Libsql(file);
    database.exec('ALTER TABLE iceberg_tables DROP COLUMN iceberg_type');
    database.close();
    const base = await reload(catalog, { identifier: { namespace: ['shop'], name: 'orders' } });
    await catalog.commit([appendTo(base, 'second')]);
    expect(commitIdsOf(await created(catalog, 'items'))).toEqual(['first']);
    expect(commitIdsOf(await reload(catalog, base))).toEqual(['first', 'second']);
  });

  test('a table whose metadata lies elsewhere is refused by name', async () => {
    const { file, catalog } = await open();
    await created(catalog);
    rowsOf(file, "UPDATE iceberg_tables SET metadata_location = 's3://b/t/m.metadata.json' RETURNING 1");
    await expect(catalog.loadTable({ namespace: ['shop'], name: 'orders' })).rejects.toThrow(
      /^Expected the metadata of a table below .*, got s3:\/\/b\/t\/m\.metadata\.json\. Choose an output that holds the table/,
    );
  });

  test('old metadata goes once the table asks for it', async () => {
    const { place, catalog } = await open();
    let table = await created(catalog);
    const properties = {
      'write.metadata.previous-versions-max': '1',
      'write.metadata.delete-after-commit.enabled': 'true',
    };
    const { updates, ...rest } = appendTo(table, 'second');
    table = tableOf(
      await catalog.commit([
        { ...rest, updates: [...updates, { action: 'set-properties', updates: properties }] },
      ]),
    );
    expect(metadataFiles(place)).toHaveLength(2);
    table = tableOf(await catalog.commit([appendTo(table, 'third')]));
    expect(metadataFiles(place).map((name) => name.slice(0, 5))).toEqual(['00001', '00002']);
    expect(table.metadata['metadata-log']).toHaveLength(1);
  });
});

describe('a table that moves between the look at it and the swap', () => {
  test('keeps the other tables of the commit as they were', async () => {
    const { place, catalog } = await open();
    const [orders, items] = [await created(catalog), await created(catalog, 'items')];
    let isFirst = true;
    const late = await open(place, (database) => ({
      name: database.name,
      exists: () => database.exists(),
      close: () => database.close(),
      transaction: async (access, run) => {
        if (access === 'write' && isFirst) {
          isFirst = false;
          await catalog.commit([appendTo(items, 'winner')]);
        }
        return database.transaction(access, run);
      },
    }));
    const outcomes = await late.catalog.commit([appendTo(orders, 'a'), appendTo(items, 'b')]);
    expect(outcomes.map((outcome) => 'conflict' in outcome)).toEqual([true, true]);
    expect(
      rowsOf(late.file, 'SELECT count(*) AS n FROM iceberg_tables WHERE previous_metadata_location IS NULL'),
    ).toEqual([{ n: 1 }]);
    expect(commitIdsOf(await reload(catalog, orders))).toEqual(['first']);
    expect(commitIdsOf(await reload(catalog, items))).toEqual(['first', 'winner']);
    expect([metadataFiles(place).length, metadataFiles(place, 'items').length]).toEqual([1, 2]);
  });
});

describe('a database that does not do what it is asked', () => {
  test('a reader that keeps a lock at COMMIT: nothing is committed, and nobody is told so', async () => {
    const { file, catalog } = await open();
    const base = await created(catalog);
    const reader = new Libsql(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM iceberg_tables').all();
    await expect(catalog.commit([appendTo(base, 'second')])).rejects.toThrow(
      /^Cannot write to the SQLite file .*: somebody else has held it for 1 seconds/,
    );
    reader.exec('COMMIT');
    reader.close();
    expect(commitIdsOf(await reload(catalog, base))).toEqual(['first']);
    const table = tableOf(await catalog.commit([appendTo(base, 'third')]));
    expect(commitIdsOf(table)).toEqual(['first', 'third']);
  });

  test('a COMMIT that is said to have come through and has not is made again', async () => {
    let lies = 0;
    const { place } = await open(undefined, (database) => database);
    const { catalog } = await open(place, (database) => ({
      name: database.name,
      exists: () => database.exists(),
      close: () => database.close(),
      transaction: async (access, run) => {
        if (access === 'read' || lies !== 1) return database.transaction(access, run);
        lies++;
        let result: unknown;
        await database
          .transaction(access, async (transaction) => {
            result = await run(transaction);
            throw new Error('undone');
          })
          .catch(() => undefined);
        return result as Awaited<ReturnType<typeof run>>;
      },
    }));
    const base = await created(catalog);
    lies = 1;
    const table = tableOf(await catalog.commit([appendTo(base, 'second')]));
    expect(lies).toBe(2);
    expect(commitIdsOf(await reload(catalog, table))).toEqual(['first', 'second']);
    expect(metadataFiles(place)).toHaveLength(2);
  });
});

async function reload(
  catalog: Catalog,
  { identifier }: Pick<LoadedTable, 'identifier'>,
): Promise<LoadedTable> {
  const table = await catalog.loadTable(identifier);
  expect(table).toBeDefined();
  return table as LoadedTable;
}
