import { describe, expect, it } from '@jest/globals';
import { PartitionSpec, type TableDefinition } from '@datagen/core';
import type { Block, BlockFilter } from '@datagen/core/generator';
import { marketOhlcv, marketQuotes } from '../../src/index.ts';

// Anchored so that the quarters that start on 1 July and 1 October have splits.
const OPTIONS = { nSymbols: 20, volatility: 2, priceAnchorDate: '2020-01-02' };
const { window } = new PartitionSpec({ startDate: '2024-06-24', endDate: '2024-10-07' });

const TABLES = [
  ['ohlcv', 'ohlcv', marketOhlcv(OPTIONS)],
  ['ohlcv, bars of a day', 'ohlcv', marketOhlcv({ ...OPTIONS, frequency: '1d' })],
  ['corporate_actions', 'corporate_actions', marketOhlcv(OPTIONS)],
  ['quotes', 'quotes', marketQuotes(OPTIONS)],
] as const;

describe.each(TABLES)('blocks of %s that a caller wants', (_, name, generator) => {
  const table = generator.tables.find((candidate) => candidate.name === name) as TableDefinition;
  const list = (wanted?: BlockFilter) => [...generator.blocks(table, window, wanted)];
  const all = list();
  const symbolOf = (block: Block | undefined) => block?.values?.['symbol'] as string | undefined;

  it('are those from a key on', () => {
    const keys = [all.at(0)?.key, all.at(all.length >> 1)?.key, all.at(-1)?.key] as string[];
    // A Saturday is no key, and from it on is from the Monday behind it on.
    for (const from of [...keys, '2024-08-03'])
      expect(list({ from })).toEqual(all.filter(({ key }) => key >= from));
  });

  it('are those of one symbol', () => {
    const symbol = symbolOf(all.at(all.length >> 1));
    if (symbol === undefined) return;
    const own = all.filter((block) => symbolOf(block) === symbol);
    expect(own.length).toBeLessThan(all.length);
    expect(list({ values: { symbol } })).toEqual(own);
    const from = own.at(-1)?.key as string;
    expect(list({ values: { symbol }, from })).toEqual(own.slice(-1));
    expect(list({ values: { symbol: 'NONE' } })).toEqual([]);
  });
});

it('splits of one symbol are listed without the prices of others', () => {
  const generator = marketOhlcv({ nSymbols: 10_000, volatility: 2 });
  const [, bars, splits] = generator.tables as [TableDefinition, TableDefinition, TableDefinition];
  const century = new PartitionSpec({ startDate: '2000-01-01', endDate: '2099-12-31' }).window;
  const [first] = generator.blocks(bars, window);
  const symbol = first?.values?.['symbol'] as string;
  // Those of all symbols would take minutes, and end by the time limit.
  const keys = [...generator.blocks(splits, century, { values: { symbol } })].map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.every((key) => key.endsWith(`~${symbol}`))).toBe(true);
});
