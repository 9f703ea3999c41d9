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
import { blockRangeOf, DayCoverage, FileCoverage, type PlannedFile } from '../../src/writer/index.ts';
import {
  blocksOf,
  type DatasetGenerator,
  PartitionSpec,
  type PlanOptions,
  planTable,
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

/** Plans a table as if it were empty, or beside what `present` says. */
const plan = (
  generator: DatasetGenerator,
  table: TableDefinition,
  window: PartitionSpec,
  fileRowsTarget: number,
  present?: PlanOptions['present'],
) => planTable(generator, table, window, { fileRowsTarget, ...(present && { present }) });

const there = (files: readonly PlannedFile[], digest = 'd') => ({
  coverage: new FileCoverage(files.map((file) => blockRangeOf(file, digest))),
  digest: 'd',
});

const firstWeeks = spec('2026-01-01', '2026-01-20');

describe('planTable', () => {
  it('plans ten years of days and a billion rows without making rows', async () => {
    const generator = daily(() => 300_000);
    const days = await plan(
      generator,
      timed,
      spec('2016-01-01', '2025-12-31', ['year', 'month', 'day']),
      250_000,
    );
    expect([days.files.length, days.partitionCount, days.rowCount]).toEqual([3_653, 3_653, 3_653 * 300_000]);
    const rows = await plan(generator, master, spec('2026-01-01', '2026-01-01'), 250_000);
    expect([rows.rowCount, rows.partitionCount, rows.exact]).toEqual([1_000_000_000, 1, true]);
    expect(Math.max(...rows.files.map((file) => file.rowCount))).toBeLessThanOrEqual(375_000);
  });

  it('cuts files at the target and lets a small rest join the last one', async () => {
    const hundreds = daily(() => 100);
    const cut = await plan(hundreds, timed, spec('2026-01-01', '2026-01-11'), 400);
    expect(cut.files.map((file) => file.rowCount)).toEqual([400, 400, 300]);
    const joined = await plan(hundreds, timed, spec('2026-01-01', '2026-01-09'), 400);
    expect(
      joined.files.map((file) => [file.firstBlock, file.lastBlock, file.rowCount, file.blockCount]),
    ).toEqual([
      ['2026-01-01', '2026-01-04', 400, 4],
      ['2026-01-05', '2026-01-09', 500, 5],
    ]);
  });

  it('never splits a block and never mixes partitions', async () => {
    const thousands = daily(() => 1_000);
    const months = await plan(thousands, timed, spec('2026-01-30', '2026-02-02', ['month']), 10_000);
    expect(months.files.map((file) => [file.partition, file.rowCount])).toEqual([
      [[['month', '2026-01']], 2_000],
      [[['month', '2026-02']], 2_000],
    ]);
    expect((await plan(thousands, timed, spec('2026-01-30', '2026-02-02'), 10)).files).toHaveLength(4);
  });

  it('holds every block exactly once, in order, whatever the sizes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5_000 }),
        async (sizes, target) => {
          const generator = daily((day) => sizes[day - 20_000] ?? 0);
          const window = spec(formatDay(20_000 * DAY_MS), formatDay((20_000 + sizes.length - 1) * DAY_MS));
          const { files, missing, rowCount } = await plan(generator, timed, window, target);
          const blocks = files.map((file) => [...blocksOf(generator, timed, file)]);
          expect(blocks.flat().map((block) => block.rowCount)).toEqual(sizes);
          expect(missing).toEqual(files);
          expect(rowCount).toBe(sizes.reduce((a, b) => a + b, 0));
          for (const [i, file] of files.entries()) {
            expect(file.rowCount <= target * 1.5 || file.blockCount === 1).toBe(true);
            expect(file.blockCount).toBe(blocks[i]?.length);
            expect(file.time).toEqual({
              startMs: blocks[i]?.[0]?.time?.startMs,
              endMs: blocks[i]?.at(-1)?.time?.endMs,
            });
          }
        },
      ),
    );
  });

  it('refuses blocks out of order', async () => {
    const generator = generatorOf(() => [
      { key: 'b', rowCount: 1, exact: true },
      { key: 'a', rowCount: 1, exact: true },
    ]);
    await expect(plan(generator, master, spec('2026-01-01', '2026-01-01'), 10)).rejects.toThrow(
      'Expected blocks of `sites` in the order of their keys, got a after b.',
    );
  });

  it('heeds the signal while blocks are listed without end', async () => {
    const abort = new AbortController();
    const endless = generatorOf(function* () {
      for (let row = 0; ; row++) yield { key: `r${String(row).padStart(12, '0')}`, rowCount: 1, exact: true };
    });
    setTimeout(() => abort.abort(), 50);
    const run = planTable(endless, master, firstWeeks, { fileRowsTarget: 1e9, signal: abort.signal });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('planTable beside what is there', () => {
  it('misses nothing of a finished plan and everything of an untouched one', async () => {
    const generator = daily(() => 100);
    const { files } = await plan(generator, timed, firstWeeks, 300);
    expect(await plan(generator, timed, firstWeeks, 300, there(files))).toMatchObject({
      missing: [],
      missingRowCount: 0,
      files,
    });
    expect((await plan(generator, timed, firstWeeks, 300, there(files, 'other'))).missing).toEqual(files);
    expect((await plan(generator, timed, firstWeeks, 300, there([]))).missing).toEqual(files);
  });

  it('misses the same files for any subset that was finished', async () => {
    const generator = daily((day) => (day * 37) % 400);
    const window = spec('2026-01-01', '2026-03-20');
    const { files } = await plan(generator, timed, window, 500);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: files.length, maxLength: files.length }),
        async (finished) => {
          const present = there(files.filter((_, i) => finished[i]));
          const again = await plan(generator, timed, window, 500, present);
          expect(again.files).toEqual(files);
          expect(again.missing).toEqual(files.filter((_, i) => !finished[i]));
        },
      ),
    );
  });

  it('misses exactly the blocks that are not there, in runs, for any set of days', async () => {
    const sizes = (day: number) => (day * 37) % 400;
    const generator = daily(sizes);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        fc.integer({ min: 1, max: 4_000 }),
        async (present, target) => {
          let coverage = new DayCoverage();
          const window = spec('2026-01-01', '2026-02-09');
          const firstDay = window.window.startMs / DAY_MS;
          present.forEach((isThere, i) => {
            const startMs = (firstDay + i) * DAY_MS;
            if (isThere) coverage = coverage.with('d', { startMs, endMs: startMs + DAY_MS });
          });
          const { missing, missingRowCount } = await plan(generator, timed, window, target, {
            coverage,
            digest: 'd',
          });
          const keys = missing.flatMap((file) => [...blocksOf(generator, timed, file)].map(({ key }) => key));
          const expected = present.flatMap((isThere, i) =>
            isThere ? [] : [formatDay((firstDay + i) * DAY_MS)],
          );
          expect(keys).toEqual(expected);
          const rows = present.reduce((sum, isThere, i) => sum + (isThere ? 0 : sizes(firstDay + i)), 0);
          expect(missingRowCount).toBe(rows);
        },
      ),
    );
  });

  it('misses only the new days of a wider window', async () => {
    const generator = daily(() => 100);
    const { files } = await plan(generator, timed, spec('2026-01-10', '2026-01-16'), 1_000);
    const wider = await plan(generator, timed, spec('2026-01-05', '2026-01-20'), 10_000, there(files));
    expect(wider.missing.map(({ firstBlock, lastBlock }) => [firstBlock, lastBlock])).toEqual([
      ['2026-01-05', '2026-01-09'],
      ['2026-01-17', '2026-01-20'],
    ]);
  });
});

describe('blocksOf', () => {
  it('lists the blocks of a file again, of its partition alone, also from a generator without hints', async () => {
    const SITES = [1, 2, 3];
    const generator = generatorOf(function* (_, window) {
      for (const { key, time } of dayBlocks(window, () => ({ rowCount: 1, exact: true }))) {
        for (const site of SITES) {
          yield {
            key: `${key}~${String(site)}`,
            rowCount: site,
            exact: true,
            ...(time && { time }),
            values: { site },
          };
        }
      }
    });
    const { files } = await plan(generator, timed, spec('2026-01-01', '2026-01-20', ['site']), 9);
    expect(files.length).toBeGreaterThan(SITES.length);
    const keys = files.map((file) => [...blocksOf(generator, timed, file)]);
    expect(keys.flat()).toHaveLength(20 * SITES.length);
    keys.forEach((blocks, i) => {
      expect(new Set(blocks.map(({ values }) => values?.['site']))).toEqual(
        new Set([files[i]?.partition[0]?.[1]]),
      );
    });
  });

  it('refuses a generator that lists other blocks than it did', async () => {
    let isLater = false;
    const generator = generatorOf((_, window) =>
      dayBlocks({ ...window, endMs: isLater ? window.startMs : window.endMs }, () => ({
        rowCount: 1,
        exact: true,
      })),
    );
    const { files } = await plan(generator, timed, firstWeeks, 100);
    isLater = true;
    expect(() => [...blocksOf(generator, timed, files[0] as PlannedFile)]).toThrow(
      'from 2026-01-01 to 2026-01-20 there were 20, and now there are 0',
    );
  });
});
