import { describe, expect, it } from '@jest/globals';
import { type Block, column, DAY_MS, defineTable, instant, int64 } from '../../src/generator.ts';
import { type DatasetGenerator, PartitionSpec, planTable } from '../../src/index.ts';
import { checkBlock } from '../../src/plan/check-block.ts';

const events = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'id'), column('ts', instant(), 'time')],
});
const sites = defineTable({
  name: 'sites',
  description: 'Sites',
  primaryKey: ['id'],
  columns: [column('id', int64(), 'id')],
});
const { window } = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-06' });
const time = { startMs: window.startMs, endMs: window.startMs + DAY_MS };
const good: Block = { key: '2026-01-05', rowCount: 7, exact: true, time };
const { time: _, ...timeless } = good;

const check = (block: object, table = events, previousKey?: string) =>
  checkBlock(table, block as Block, previousKey, window);

describe('checkBlock', () => {
  it('takes blocks as the contract has them', () => {
    check(good);
    check(good, events, '2026-01-04');
    check({ ...good, rowCount: 0, exact: false });
    check({ ...good, time: { startMs: window.endMs - 1, endMs: window.endMs + DAY_MS } });
    check(timeless, sites);
  });

  it.each([
    [
      { ...good, rowCount: Number.NaN },
      'block 2026-01-05 of `events` to have a whole number of rows from 0 on, got NaN',
    ],
    [
      { ...good, rowCount: -1 },
      'block 2026-01-05 of `events` to have a whole number of rows from 0 on, got -1',
    ],
    [
      { ...good, rowCount: 1.5 },
      'block 2026-01-05 of `events` to have a whole number of rows from 0 on, got 1.5',
    ],
    [
      { ...good, rowCount: 2 ** 53 },
      'block 2026-01-05 of `events` to have a whole number of rows from 0 on, got 9007199254740992',
    ],
    [
      { ...good, rowCount: '7' },
      'block 2026-01-05 of `events` to have a whole number of rows from 0 on, got "7"',
    ],
    [{ ...good, key: '' }, 'the key of each block of `events` to be a text, got ""'],
    [{ ...good, key: 5 }, 'the key of each block of `events` to be a text, got 5'],
    [
      timeless,
      'block 2026-01-05 of `events` to have a `time`, as the table has the time column `ts`, got none',
    ],
    [
      { ...good, time: { ...time, startMs: window.startMs - 1 } },
      'block 2026-01-05 of `events` to start in the window (2026-01-05T00:00:00.000Z to 2026-01-07T00:00:00.000Z), got 2026-01-04T23:59:59.999Z',
    ],
    [
      { ...good, time: { ...time, startMs: window.endMs } },
      'block 2026-01-05 of `events` to start in the window (2026-01-05T00:00:00.000Z to 2026-01-07T00:00:00.000Z), got 2026-01-07T00:00:00.000Z',
    ],
    [
      { ...good, time: { ...time, startMs: Number.NaN } },
      'block 2026-01-05 of `events` to start in the window (2026-01-05T00:00:00.000Z to 2026-01-07T00:00:00.000Z), got NaN',
    ],
    [
      { ...good, time: { ...time, endMs: time.startMs } },
      'block 2026-01-05 of `events` to end after it starts, got 2026-01-05T00:00:00.000Z to 2026-01-05T00:00:00.000Z',
    ],
    [
      { ...good, time: { ...time, endMs: Number.NaN } },
      'block 2026-01-05 of `events` to end after it starts, got 2026-01-05T00:00:00.000Z to NaN',
    ],
  ])('refuses %j', (block, problem) => {
    expect(() => check(block)).toThrow(`Expected ${problem}.`);
  });

  it('refuses time in a table that has none, and keys that repeat or fall', () => {
    expect(() => check(good, sites)).toThrow(
      'Expected block 2026-01-05 of `sites` to have no `time`, as the table has no `timeColumn`, got one.',
    );
    expect(() => check(good, events, good.key)).toThrow(
      'Expected every block of `events` to have a key of its own, got 2026-01-05 twice.',
    );
    expect(() => check(good, events, '2026-01-06')).toThrow(
      'Expected blocks of `events` in the order of their keys, got 2026-01-05 after 2026-01-06.',
    );
  });

  it('is what planning asks of every block', async () => {
    const planned = (blocks: readonly Block[]) => {
      const generator: DatasetGenerator = {
        name: 'plan',
        version: 1,
        config: { seed: 1, fileRowsTarget: 1, compression: 'snappy' },
        tables: [events],
        blocks: () => blocks,
        generate: () => [],
      };
      const spec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-06' });
      return planTable(generator, events, spec, { fileRowsTarget: 1 });
    };
    await expect(planned([good])).resolves.toMatchObject({ rowCount: 7 });
    for (const blocks of [
      [good, good],
      [{ ...good, rowCount: Number.NaN }],
      [{ ...good, time: { startMs: window.endMs, endMs: window.endMs + 1 } }],
    ])
      await expect(planned(blocks)).rejects.toMatchObject({ code: 'INVALID_PLUGIN' });
  });
});
