import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Block,
  column,
  DAY_MS,
  dayBlocks,
  defineTable,
  formatDay,
  instant,
  int64,
  rowBlocks,
} from '../../src/generator.ts';
import { blockRangeOf, Coverage } from '../../src/writer/index.ts';
import {
  type DatasetGenerator,
  PartitionSpec,
  planTable,
  subtractCoverage,
  type TableDefinition,
} from '../../src/index.ts';

const timed = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'id'), column('ts', instant(), 'time'), column('site', int64(), 'site')],
});
const master = defineTable({
  name: 'sites',
  description: 'Sites',
  primaryKey: ['id'],
  columns: [column('id', int64(), 'id')],
});

function generatorOf(
  blocks: (table: TableDefinition, window: PartitionSpec['window']) => Iterable<Block>,
): DatasetGenerator {
  return {
    name: 'plan',
    version: 1,
    config: { seed: 1, fileRowsTarget: 1, compression: 'snappy' },
    tables: [master, timed],
    blocks,
    generate: () => [],
  };
}

const daily = (rowsOf: (day: number) => number) =>
  generatorOf((table, window) =>
    table === master
      ? rowBlocks(1_000_000_000)
      : dayBlocks(window, (ms) => ({ rowCount: rowsOf(ms / DAY_MS), exact: true })),
  );

const spec = (startDate: string, endDate: string, partitionBy: readonly string[] = []) =>
  new PartitionSpec({ startDate, endDate, partitionBy });

describe('planTable', () => {
  it('plans ten years of days and a billion rows without making rows', () => {
    const generator = daily(() => 300_000);
    const days = planTable(
      generator,
      timed,
      spec('2016-01-01', '2025-12-31', ['year', 'month', 'day']),
      250_000,
    );
    expect([days.files.length, days.partitionCount, days.rowCount]).toEqual([3_653, 3_653, 3_653 * 300_000]);
    const rows = planTable(generator, master, spec('2026-01-01', '2026-01-01'), 250_000);
    expect([rows.rowCount, rows.partitionCount, rows.exact]).toEqual([1_000_000_000, 1, true]);
    expect(Math.max(...rows.files.map((file) => file.rowCount))).toBeLessThanOrEqual(375_000);
  });

  it('cuts files at the target and lets a small rest join the last one', () => {
    const plan = planTable(
      daily(() => 100),
      timed,
      spec('2026-01-01', '2026-01-11'),
      400,
    );
    expect(plan.files.map((file) => file.rowCount)).toEqual([400, 400, 300]);
    const joined = planTable(
      daily(() => 100),
      timed,
      spec('2026-01-01', '2026-01-09'),
      400,
    );
    expect(joined.files.map((file) => file.rowCount)).toEqual([400, 500]);
  });

  it('never splits a block and never mixes partitions', () => {
    const plan = planTable(
      daily(() => 1_000),
      timed,
      spec('2026-01-30', '2026-02-02', ['month']),
      10_000,
    );
    expect(plan.files.map((file) => [file.partition, file.rowCount])).toEqual([
      [[['month', '2026-01']], 2_000],
      [[['month', '2026-02']], 2_000],
    ]);
    expect(
      planTable(
        daily(() => 1_000),
        timed,
        spec('2026-01-30', '2026-02-02'),
        10,
      ).files,
    ).toHaveLength(4);
  });

  it('holds every block exactly once, in order, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5_000 }),
        (sizes, target) => {
          const generator = daily((day) => sizes[day - 20_000] ?? 0);
          const window = spec(formatDay(20_000 * DAY_MS), formatDay((20_000 + sizes.length - 1) * DAY_MS));
          const { files, rowCount } = planTable(generator, timed, window, target);
          expect(files.flatMap((file) => file.blocks.map((block) => block.rowCount))).toEqual(sizes);
          expect(rowCount).toBe(sizes.reduce((a, b) => a + b, 0));
          for (const file of files)
            expect(file.rowCount <= target * 1.5 || file.blocks.length === 1).toBe(true);
        },
      ),
    );
  });

  it('refuses blocks out of order', () => {
    const generator = generatorOf(() => [
      { key: 'b', rowCount: 1, exact: true },
      { key: 'a', rowCount: 1, exact: true },
    ]);
    expect(() => planTable(generator, master, spec('2026-01-01', '2026-01-01'), 10)).toThrow(
      'Blocks of `sites` must come in rising key order, but block a comes after b.',
    );
  });
});

describe('subtractCoverage', () => {
  it('leaves nothing of a finished plan and everything of an untouched one', () => {
    const { files } = planTable(
      daily(() => 100),
      timed,
      spec('2026-01-01', '2026-01-20'),
      300,
    );
    const done = new Coverage(files.map((file) => blockRangeOf(file, 'd1')));
    expect(subtractCoverage(files, done, 'd1')).toEqual([]);
    expect(subtractCoverage(files, done, 'd2')).toEqual(files);
    expect(subtractCoverage(files, new Coverage(), 'd1')).toEqual(files);
  });

  it('plans the same files again for any subset that was finished', () => {
    const { files } = planTable(
      daily((day) => (day * 37) % 400),
      timed,
      spec('2026-01-01', '2026-03-20'),
      500,
    );
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: files.length, maxLength: files.length }),
        (finished) => {
          const done = files.filter((_, i) => finished[i]);
          const coverage = new Coverage(done.map((file) => blockRangeOf(file, 'd')));
          expect(subtractCoverage(files, coverage, 'd')).toEqual(files.filter((_, i) => !finished[i]));
        },
      ),
    );
  });

  it('makes only the missing days of a wider window', () => {
    const old = planTable(
      daily(() => 100),
      timed,
      spec('2026-01-10', '2026-01-16'),
      1_000,
    ).files;
    const coverage = new Coverage(old.map((file) => blockRangeOf(file, 'd')));
    const wider = planTable(
      daily(() => 100),
      timed,
      spec('2026-01-05', '2026-01-20'),
      10_000,
    ).files;
    const missing = subtractCoverage(wider, coverage, 'd').map((file) => file.blocks.map(({ key }) => key));
    expect(missing.map((keys) => [keys[0], keys.at(-1)])).toEqual([
      ['2026-01-05', '2026-01-09'],
      ['2026-01-17', '2026-01-20'],
    ]);
  });
});
