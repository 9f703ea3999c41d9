import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { databaseAt, SqlCatalog, type SqlDatabase, type SqlTable, type SqlValue } from '../src/index.ts';

const THINGS: SqlTable = {
  name: 'things',
  columns: [
    { name: 'id', type: 'BIGINT', constraint: 'PRIMARY KEY' },
    { name: 'name', type: 'VARCHAR' },
    { name: 'is_new', type: 'BOOLEAN' },
  ],
};

function newDatabase(): SqlDatabase {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'datagen-sql-')), 'catalog.sqlite');
  return databaseAt(`sqlite:${file}`, 1) as SqlDatabase;
}

async function withThings(): Promise<SqlDatabase> {
  const database = newDatabase();
  await database.transaction('write', (transaction) => transaction.create(THINGS));
  return database;
}

const read = (database: SqlDatabase) =>
  database.transaction('read', (transaction) =>
    transaction.select({ id: 'integer', name: 'text?', is_new: 'boolean?' }, 'FROM things ORDER BY id'),
  );

describe('a database in a file of SQLite', () => {
  it('is not there before something was written', async () => {
    const database = newDatabase();
    expect(database.exists()).toBe(false);
    await database.transaction('write', (transaction) => transaction.create(THINGS));
    expect(database.exists()).toBe(true);
  });

  it('gives back what was put, exactly', async () => {
    const database = await withThings();
    const rows: Readonly<Record<string, SqlValue>>[] = [
      { id: 2 ** 53 - 1, name: "O'Brien ☂", is_new: true },
      { id: -1, name: null, is_new: false },
      { id: 0 },
    ];
    await database.transaction('write', (transaction) => transaction.insert(THINGS, rows));
    expect(await read(database)).toEqual([
      { id: -1, name: null, is_new: false },
      { id: 0, name: null, is_new: null },
      { id: 2 ** 53 - 1, name: "O'Brien ☂", is_new: true },
    ]);
  });

  it('knows its tables and their columns', async () => {
    const database = await withThings();
    const found = await database.transaction('read', async (transaction) => [
      await transaction.hasTable('things'),
      await transaction.hasTable('thing'),
      await transaction.hasColumn('things', 'name'),
      await transaction.hasColumn('things', 'names'),
      await transaction.hasColumn('thing', 'name'),
    ]);
    expect(found).toEqual([true, false, true, false, false]);
  });

  it('commits a transaction whole or not at all', async () => {
    const database = await withThings();
    const failing = database.transaction('write', async (transaction) => {
      await transaction.insert(THINGS, [{ id: 1 }]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await read(database)).toEqual([]);
  });

  it('says that a key is taken', async () => {
    const database = await withThings();
    const twice = database.transaction('write', (transaction) =>
      transaction.insert(THINGS, [{ id: 1 }, { id: 1 }]),
    );
    await expect(twice).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('says that somebody else holds it', async () => {
    const database = await withThings();
    const [held, other] = [database, database];
    await held.transaction('write', async () => {
      await expect(
        other.transaction('write', (transaction) => transaction.insert(THINGS, [{ id: 1 }])),
      ).rejects.toMatchObject({ kind: 'busy' });
    });
  });
});

describe('a catalog in a database', () => {
  it('waits for who holds the database', async () => {
    const database = await withThings();
    const catalog = new SqlCatalog(database, 10);
    let release = () => {};
    const holding = database.transaction('write', () => new Promise<void>((resolve) => (release = resolve)));
    const writing = catalog.write(undefined, (transaction) => transaction.insert(THINGS, [{ id: 1 }]));
    setTimeout(() => {
      release();
    }, 50);
    await Promise.all([holding, writing]);
    expect(await read(database)).toHaveLength(1);
  });

  it('gives up in one sentence after its time', async () => {
    const database = await withThings();
    const catalog = new SqlCatalog(database, 0);
    await database.transaction('write', async () => {
      await expect(catalog.write(undefined, () => Promise.resolve())).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        retryable: true,
        message: expect.stringMatching(/somebody else has held it for 0 seconds/),
      });
    });
  });

  it('knows no other databases', () => {
    expect(databaseAt('mysql://localhost/lake', 1)).toBeUndefined();
    expect(databaseAt('lake.sqlite', 1)).toBeUndefined();
  });
});
