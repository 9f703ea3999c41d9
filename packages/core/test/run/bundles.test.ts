import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/generator.ts';
import { bundleByTime, joinNeighbours } from '../../src/run/threads/bundles.ts';
import type { FileJob } from '../../src/run/file-job.ts';

/** A file over days `first` to `last`, or without time. */
function job(table: string, first?: number, last = first): FileJob & { name: string } {
  const time =
    first === undefined ? undefined : { startMs: first * DAY_MS, endMs: ((last ?? first) + 1) * DAY_MS };
  const blockCount = first === undefined ? 1 : (last ?? first) - first + 1;
  return {
    name: `${table} ${String(first)}-${String(last)}`,
    file: {
      table,
      partition: [],
      firstBlock: String(first ?? 0),
      lastBlock: String(last ?? 0),
      ...(time && { time }),
      blockCount,
      rowCount: blockCount,
      exact: true,
    },
    fileWriter: { module: '', export: '', options: null },
  };
}

const names = (bundles: ReturnType<typeof job>[][]) =>
  bundles.map((bundle) => bundle.map(({ name }) => name));

describe('bundleByTime', () => {
  it('puts the files of one span together, whatever table they are of', () => {
    const jobs = [
      job('orders', 1, 4),
      job('orders', 5, 8),
      job('items', 1, 2),
      job('items', 3, 5),
      job('items', 6, 8),
    ];
    expect(names(bundleByTime(jobs))).toEqual([
      ['orders 1-4', 'items 1-2', 'items 3-5'],
      ['orders 5-8', 'items 6-8'],
    ]);
  });

  it('leaves files without time and those of a table alone to themselves', () => {
    expect(names(bundleByTime([job('items', 2), job('people'), job('items', 1), job('people')]))).toEqual([
      ['people undefined-undefined'],
      ['people undefined-undefined'],
      ['items 1-1'],
      ['items 2-2'],
    ]);
  });
});

describe('joinNeighbours', () => {
  it('joins more files than a call can have arguments', () => {
    const many = Array.from({ length: 200_000 }, (_, i) => job('items', 1, i < 1 ? 3 : 2));
    expect(joinNeighbours([many], 1)[0]).toHaveLength(200_000);
  });

  it('keeps the order and makes long groups first, short ones at last', () => {
    const bundles = bundleByTime(Array.from({ length: 40 }, (_, day) => job('items', day)));
    const groups = joinNeighbours(bundles, 4);
    expect(groups.map((group) => group.length)).toEqual([10, 8, 6, 4, 3, 2, 2, 1, 1, 1, 1, 1]);
    expect(groups.flat()).toEqual(bundles.flat());
  });

  it('leaves a few bundles, and a large one, to themselves', () => {
    const few = bundleByTime([job('items', 1), job('items', 2)]);
    expect(joinNeighbours(few, 8)).toEqual(few);
    const uneven = bundleByTime([job('items', 1, 50), job('items', 51), job('items', 52)]);
    expect(names(joinNeighbours(uneven, 2))).toEqual([['items 1-50'], ['items 51-51'], ['items 52-52']]);
  });
});
