import { type DatasetGenerator, PartitionSpec, type TableWriter, writeDataset } from '@datagen/core';
import { typeNameOf } from '@datagen/core/generator';
import { expectSameRows, generatedRows, sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { ODD_TEXTS, oddGroups, oddValues } from '../../readers/odd-values.ts';
import { GENERATORS } from '../generators.ts';
import { isTestable, type LakeKind, Lakes } from './lakes.ts';
import { readRows, rowsScanned } from './rows.ts';

const lakes = new Lakes();
const [startDate, endDate] = ['2026-01-28', '2026-02-03'];

/** Trino's connector for Delta rounds instants to milliseconds. */
const rounded = (micros: string | null) =>
  micros === null ? null : String(1_000 * Math.round(Number(micros) / 1_000));

/** Compares types and rows of a table with those that a generator makes until a day. */
async function expectTable(
  kind: LakeKind,
  at: string,
  made: DatasetGenerator,
  name: string,
  last = endDate,
): Promise<void> {
  const table = made.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`Expected a table of ${made.name}, got ${name}.`);
  const { fields } = table.schema;
  const columns = fields.map((field) => field.name);
  const types = fields.map(typeNameOf);
  const found = await readRows(lakes.trino, at, columns);
  expect([at, found.types]).toEqual([at, types]);
  const isRounded = types.map((type) => kind.startsWith('Delta') && type === 'timestamp');
  const expected = generatedRows(made, table, new PartitionSpec({ startDate, endDate: last }));
  expectSameRows(
    at,
    found.rows,
    expected.map((row) => row.map((cell, i) => (isRounded[i] === true ? rounded(cell) : cell))),
  );
}

const write = (writer: TableWriter, made: DatasetGenerator, last: string, ...partitionBy: string[]) =>
  writeDataset(made, writer, {
    partitionSpec: new PartitionSpec({ startDate, endDate: last, partitionBy }),
    fileRowsTarget: 500,
    maxWorkers: 1,
  });

describe('the tables of all generators', () => {
  const CASES: readonly (readonly [kind: LakeKind, parent: string, ...partitionBy: string[]])[] = [
    ['Iceberg by PostgreSQL', 'shop.', 'year', 'month', 'day'],
    // This server refuses what Trino asks for in a namespace of several levels.
    ['Iceberg by REST', '', 'month'],
    ['Iceberg by PostgreSQL on S3', ''],
    ['Delta', '', 'year', 'month', 'day'],
    ['Delta on S3', ''],
  ];
  for (const [kind, parent, ...partitionBy] of CASES)
    (isTestable(kind) ? it : it.skip)(
      `are the same to Trino as they were made: ${kind}, partitioned by ${partitionBy.join(', ') || 'nothing'}`,
      async () => {
        const { writerOf, nameOf } = await lakes.create(kind);
        for (const made of GENERATORS) {
          const namespace = `${parent}${made.name}`;
          await write(writerOf(namespace), made, endDate, ...partitionBy);
          const check = async (name: string) => expectTable(kind, await nameOf(namespace, name), made, name);
          await Promise.all(made.tables.map(({ name }) => check(name)));
        }
      },
      240_000,
    );
});

// Trino writes to Delta tables only where it can tell whether somebody else was first: not on a disk.
describe.each(['Iceberg by PostgreSQL', 'Delta on S3'] as const)('a table of %s', (kind) => {
  const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
  const test = isTestable(kind) ? it : it.skip;

  test('gives Trino the values and partitions that readers get wrong', async () => {
    const { writerOf, nameOf } = await lakes.create(kind);
    await write(writerOf('odd'), oddValues(), startDate);
    await expectTable(kind, await nameOf('odd', 'values'), oddValues(), 'values', startDate);
    await write(writerOf('odd'), oddGroups(), startDate, 'group');
    const at = await nameOf('odd', 'groups');
    await expectTable(kind, at, oddGroups(), 'groups', startDate);
    const idsOf = async (text: string | null) => {
      const condition = text === null ? 'IS NULL' : `= '${text.replaceAll("'", "''")}'`;
      return (await lakes.trino.query(`SELECT id FROM ${at} WHERE "group" ${condition}`)).rows;
    };
    expect(await Promise.all(ODD_TEXTS.map(idsOf))).toEqual(ODD_TEXTS.map((_, i) => [[0x100000000 + i]]));
  }, 240_000);

  test('has Trino read the partitions and files alone that a filter asks for', async () => {
    const { writerOf, nameOf } = await lakes.create(kind);
    await write(writerOf('shop'), generator, endDate, 'group', 'day');
    const at = await nameOf('shop', 'events');
    await expectTable(kind, at, generator, 'events');
    const scanned = (where: string) => rowsScanned(lakes.trino, at, where);
    expect(await scanned('true')).toBe(180);
    expect(await scanned(`"group" = 'a b'`)).toBe(60);
    expect(await scanned("ts < TIMESTAMP '2026-01-29 00:00:00 UTC'")).toBe(30);
    // A file has ten rows of one group and day, and the numbers of a day are below those of the next one.
    expect(await scanned('event_id < 61446000000')).toBe(30);
  }, 240_000);

  test('is continued after Trino deleted from it and inserted into it', async () => {
    const { writerOf, nameOf } = await lakes.create(kind);
    const writeUntil = async (last: string) =>
      (await write(writerOf('shop'), generator, last, 'day')).tables.map(({ rowCount }) => rowCount);
    await writeUntil('2026-01-30');
    const at = await nameOf('shop', 'events');
    await lakes.trino.query(`DELETE FROM ${at} WHERE flag`);
    await lakes.trino.query(`INSERT INTO ${at} SELECT * FROM ${at} WHERE small > 0`);
    const columns = ['event_id', 'ts', 'group', 'small', 'price', 'note'];
    const before = await readRows(lakes.trino, at, columns);
    expect(new Set(before.rows.map(([id]) => id)).size).toBeLessThan(before.rows.length);
    expect(await writeUntil('2026-01-30')).toEqual([0, 0]);
    expect(await writeUntil('2026-01-31')).toEqual([0, 30]);
    const isOld = "ts < TIMESTAMP '2026-01-31 00:00:00 UTC'";
    expectSameRows(at, (await readRows(lakes.trino, at, columns, isOld)).rows, before.rows);
    expect((await readRows(lakes.trino, at, columns)).rows).toHaveLength(before.rows.length + 30);
  }, 240_000);
});
