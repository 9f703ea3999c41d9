import assert from 'node:assert/strict';
import { type TableDefinition, writeDataset } from '@datagen/core';
import type { Storage } from '@datagen/core/writer';
import { hasCode } from './checks.ts';
import {
  beforeCommit,
  type CatalogSuite,
  days,
  expectRows,
  generator,
  otherGenerator,
  week,
  write,
  type WriterCheck,
  type WriterSuite,
} from './suite.ts';

/** Makes all files of the week and dies before the commit. */
async function dieBeforeCommit(suite: WriterSuite, place: string, made = generator): Promise<void> {
  const dying = beforeCommit(suite.createWriter(place), () => Promise.reject(new Error('killed')));
  await assert.rejects(writeDataset(made, dying, { partitionSpec: week }), /killed/);
}

async function dataFiles({ storageOf, isDataFile }: CatalogSuite, place: string): Promise<readonly string[]> {
  return (await storageOf(place).list('')).map(({ path }) => path).filter(isDataFile);
}

async function put(storage: Storage, path: string, bytes: Uint8Array): Promise<void> {
  await storage.write(
    path,
    (async function* () {
      yield await Promise.resolve(bytes);
    })(),
  );
}

/** A check of a format with a catalog; other suites have nothing to check there. */
function catalogCheck(
  name: string,
  run: (suite: WriterSuite, catalog: CatalogSuite) => Promise<void>,
): WriterCheck {
  return {
    name,
    run: async (suite) => {
      if (suite.catalog !== undefined) await run(suite, suite.catalog);
    },
  };
}

/** What tables must do that others may change between reading and committing. */
export const catalogChecks: readonly WriterCheck[] = [
  catalogCheck(
    'shows no row before the commit, and adopts what lies whole afterwards',
    async (suite, catalog) => {
      const place = await suite.createPlace();
      await dieBeforeCommit(suite, place);
      for (const table of generator.tables) assert.deepEqual((await suite.readRows(place, table)) ?? [], []);
      const before = await dataFiles(catalog, place);
      const report = await write(suite, place);
      assert.deepEqual(
        report.tables.map(({ adoptedRowCount }) => adoptedRowCount),
        [200, 1_800],
      );
      assert.deepEqual(await dataFiles(catalog, place), before, 'no file is made again');
      await expectRows(suite, place, [generator], week);
    },
  ),
  catalogCheck('makes again what lies cut short, or holds other rows', async (suite, catalog) => {
    for (const damage of ['cut', 'other'] as const) {
      const place = await suite.createPlace();
      await dieBeforeCommit(suite, place);
      const storage = catalog.storageOf(place);
      const mine = (await dataFiles(catalog, place)).filter((path) => path.startsWith('events/'));
      const elsewhere = await suite.createPlace();
      await dieBeforeCommit(suite, elsewhere, otherGenerator);
      const theirs = (await dataFiles(catalog, elsewhere)).filter((path) => path.startsWith('events/'));
      const victim = mine[0] as string;
      const bytes =
        damage === 'cut'
          ? await storage.read(victim, 0, -5)
          : await catalog.storageOf(elsewhere).read(theirs[0] as string);
      await put(storage, victim, bytes);
      const report = await write(suite, place);
      const adopted = report.tables[1]?.adoptedRowCount ?? 0;
      assert.ok(
        adopted > 0 && adopted < 1_800,
        `${damage}: adopts the others alone, got ${String(adopted)} rows`,
      );
      await expectRows(suite, place, [generator], week);
    }
  }),
  catalogCheck('makes again what lies so long that cleaning may remove it', async (suite, catalog) => {
    const place = await suite.createPlace();
    await dieBeforeCommit(suite, place);
    for (const path of await dataFiles(catalog, place)) await catalog.age(place, path);
    const report = await write(suite, place);
    assert.deepEqual(
      report.tables.map(({ adoptedRowCount }) => adoptedRowCount),
      [0, 0],
    );
    await expectRows(suite, place, [generator], week);
  }),
  catalogCheck('adds only what is still missing when somebody else was first', async (suite) => {
    for (const [first, second] of [
      [week, week],
      [days('2026-01-01', '2026-01-07'), week],
      [days('2026-01-07', '2026-01-08'), week],
    ] as const) {
      const place = await suite.createPlace();
      const other = () => write(suite, place, { partitionSpec: first, fileRowsTarget: 700 });
      const writer = beforeCommit(suite.createWriter(place), other);
      await writeDataset(generator, writer, { partitionSpec: second });
      const startDate = first.startDate < second.startDate ? first.startDate : second.startDate;
      await expectRows(suite, place, [generator], days(startDate, second.endDate));
    }
  }),
  catalogCheck('gives up at once, and says so, when another dataset was first', async (suite) => {
    const place = await suite.createPlace();
    const writer = beforeCommit(suite.createWriter(place), () => write(suite, place, {}, otherGenerator));
    await assert.rejects(
      writeDataset(generator, writer, { partitionSpec: week }),
      hasCode('COMMIT_CONFLICT'),
    );
    await expectRows(suite, place, [otherGenerator], week);
  }),
  catalogCheck(
    'overwrites what was appended meanwhile, and appends to what was overwritten',
    async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place);
      const overwrite = beforeCommit(suite.createWriter(place), () =>
        write(suite, place, { mode: 'append' }, otherGenerator),
      );
      await writeDataset(generator, overwrite, { partitionSpec: week, mode: 'overwrite' });
      await expectRows(suite, place, [generator], week);
      const append = beforeCommit(suite.createWriter(place), () =>
        write(suite, place, { mode: 'overwrite', partitionSpec: days('2026-01-05', '2026-01-06') }),
      );
      await writeDataset(otherGenerator, append, { partitionSpec: week, mode: 'append' });
      const found = await suite.readRows(place, generator.tables[1] as TableDefinition);
      assert.equal(found?.length, 600 + 1_800, 'rows of the overwrite and all that was appended after it');
    },
  ),
  catalogCheck('is found complete by a run after one whose answer was lost', async (suite) => {
    const place = await suite.createPlace();
    const writer = suite.createWriter(place);
    const silent = {
      outputUri: writer.outputUri,
      openTable: writer.openTable.bind(writer),
      commit: async (...args: Parameters<typeof writer.commit>) => {
        await writer.commit(...args);
        throw new Error('no answer');
      },
    };
    await assert.rejects(writeDataset(generator, silent, { partitionSpec: week }), /no answer/);
    const report = await write(suite, place);
    assert.deepEqual(
      report.tables.map(({ rowCount }) => rowCount),
      [0, 0],
    );
    await expectRows(suite, place, [generator], week);
  }),
];
