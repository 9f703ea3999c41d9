import { describe, expect, it } from '@jest/globals';
import { DAY_MS, dayBlocks, rowBlocks } from '../../src/generator.ts';

describe('dayBlocks', () => {
  const window = { startMs: Date.parse('2026-02-27'), endMs: Date.parse('2026-03-03') };

  it('lists the days of a window', () => {
    const blocks = [...dayBlocks(window, (startMs) => ({ rowCount: startMs / DAY_MS, exact: true }))];
    expect(blocks.map(({ key }) => key)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(blocks[1]).toEqual({
      key: '2026-02-28',
      time: { startMs: Date.parse('2026-02-28'), endMs: Date.parse('2026-03-01') },
      rowCount: Date.parse('2026-02-28') / DAY_MS,
      exact: true,
    });
  });

  it('describes no day before the first one that is wanted', () => {
    const described: number[] = [];
    const describeDay = (startMs: number) => {
      described.push(startMs);
      return { rowCount: 1, exact: true };
    };
    const blocks = [...dayBlocks(window, describeDay, { from: '2026-03-01' })];
    expect(blocks.map(({ key }) => key)).toEqual(['2026-03-01', '2026-03-02']);
    expect(described).toEqual([Date.parse('2026-03-01'), Date.parse('2026-03-02')]);
  });
});

describe('rowBlocks', () => {
  it('begin with the first one that is wanted', () => {
    const all = [...rowBlocks(200_000)];
    expect(all.map(({ key, rowCount }) => [key, rowCount])).toEqual([
      ['r000000000000', 65_536],
      ['r000000065536', 65_536],
      ['r000000131072', 65_536],
      ['r000000196608', 3_392],
    ]);
    expect([...rowBlocks(200_000, { from: 'r000000131072' })]).toEqual(all.slice(2));
  });
});
