import { describe, expect, it } from '@jest/globals';
import { PartitionSpec, type TableDefinition } from '@datagen/core';
import { DAY_MS, parseDay } from '@datagen/core/generator';
import { readColumns } from '@datagen/testkit';
import {
  MarketOhlcvConfig,
  marketOhlcv,
  type MarketOhlcvOptions,
  marketQuotes,
  MarketQuotesConfig,
  type MarketQuotesOptions,
} from '../src/index.ts';

it.each([
  [
    { frequency: '2m' },
    'Option `frequency` of the generator "market_ohlcv": expected one of 1m, 5m, 15m, 1h, 1d, got "2m".',
  ],
  [
    { exchange: 'NYSE' },
    'Option `exchange` of the generator "market_ohlcv": expected one of XNYS, XETR, got "NYSE".',
  ],
  [
    { symbols: ['AAPL', 'not a ticker'] },
    'Option `symbols.1` of the generator "market_ohlcv": expected a ticker such as AAPL or BRK.B, got "not a ticker".',
  ],
  [{ symbols: [] }, 'Option `symbols` of the generator "market_ohlcv": expected at least 1, got [].'],
  [{ symbols: ['SAP', 'SAP'] }, 'Expected every ticker of `symbols` once, got "SAP" twice; remove one.'],
  [{ nSymbols: 0 }, 'Option `nSymbols` of the generator "market_ohlcv": expected at least 1, got 0.'],
  [
    { priceAnchorDate: '1999-12-31' },
    'Expected `priceAnchorDate` on or after 2000-01-01, where prices begin, got 1999-12-31.',
  ],
  [
    { priceAnchorDate: '2100-01-01' },
    'Expected `priceAnchorDate` on or before 2099-12-31, where prices end, got 2100-01-01.',
  ],
  [
    { priceAnchorDate: '9999-12-31' },
    'Expected `priceAnchorDate` on or before 2099-12-31, where prices end, got 9999-12-31.',
  ],
  [
    { nSymbols: 10_001 },
    'Option `nSymbols` of the generator "market_ohlcv": expected at most 10000, got 10001.',
  ],
])('refuses %j with one sentence', (options, message) => {
  expect(() => marketOhlcv(options as object)).toThrow(new Error(message));
});

// Not by a PartitionSpec, which has limits of its own.
const windowOf = (startDate: string, endDate: string) => ({
  startMs: parseDay(startDate),
  endMs: parseDay(endDate) + DAY_MS,
});

describe.each([
  ['ohlcv', marketOhlcv()],
  ['ohlcv', marketOhlcv({ frequency: '1d', exchange: 'XETR' })],
  ['corporate_actions', marketOhlcv({ nSymbols: 2 })],
  ['quotes', marketQuotes()],
])('a window of %s', (name, generator) => {
  const table = generator.tables.find((candidate) => candidate.name === name) as TableDefinition;
  const first = (startDate: string, endDate: string) =>
    generator.blocks(table, windowOf(startDate, endDate))[Symbol.iterator]().next();

  it('is refused before its first block where it begins before prices do', () => {
    expect(() => first('1999-12-31', '2000-01-05')).toThrow(
      'Expected `startDate` on or after 2000-01-01, where prices begin, got 1999-12-31.',
    );
    expect(first('2000-01-01', '2000-01-05').done).toBe(name === 'corporate_actions');
  });

  it('is refused before its first block where it ends after prices do', () => {
    for (const end of ['2100-01-01', '9999-12-31'])
      expect(() => first('2024-01-01', end)).toThrow(
        `Expected \`endDate\` on or before 2099-12-31, where prices end, got ${end}.`,
      );
  });
});

it('lists all the days that have prices', () => {
  const generator = marketOhlcv({ frequency: '1d' });
  let blockCount = 0;
  for (const _ of generator.blocks(
    generator.tables[1] as TableDefinition,
    windowOf('2000-01-01', '2099-12-31'),
  ))
    blockCount++;
  // 252 days a year, less those of mourning.
  expect(Math.abs(blockCount / 100 - 251.5)).toBeLessThan(0.5);
});

it.each([{}, { priceAnchorDate: '2099-12-31' }, { volatility: 2 }, { exchange: 'XETR' as const }])(
  'makes sound rows of the last days that have prices, with %j',
  (options) => {
    const bars = readColumns(marketOhlcv({ ...options, nSymbols: 5 }), 'ohlcv', '2099-12-28', '2099-12-31');
    expect(bars.rowCount).toBeGreaterThan(5 * 3 * 300);
    const [low, high, vwap, volume] = ['low', 'high', 'vwap', 'volume'].map((name) => bars.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    let faults = 0;
    for (let i = 0; i < bars.rowCount; i++) {
      if (!((low[i] as number) > 0 && (low[i] as number) <= (vwap[i] as number))) faults++;
      if (!((vwap[i] as number) <= (high[i] as number) && (high[i] as number) <= 2e9)) faults++;
      if (!((volume[i] as number) >= 1 && (volume[i] as number) <= 2e9)) faults++;
    }
    expect(faults).toBe(0);
    expect(bars.numbers('adjustment_factor').every((factor) => factor > 0 && factor < Infinity)).toBe(true);
    const [first, last] = [bars.numbers('ts')[0], bars.numbers('ts').at(-1)] as [number, number];
    expect(first).toBeGreaterThanOrEqual(Date.parse('2099-12-28') * 1000);
    expect(last).toBeLessThan(Date.parse('2100-01-01') * 1000);
  },
);

it('has no blocks where no day trades', () => {
  const generator = marketOhlcv();
  const { window } = new PartitionSpec({ startDate: '2025-01-18', endDate: '2025-01-20' });
  expect(generator.tables.map((table) => [...generator.blocks(table, window)].length)).toEqual([
    1, 0, 0, 0, 0, 0,
  ]);
});

it('lists real exchanges by their currency, lots and ticks', () => {
  const rows = readColumns(
    marketOhlcv({ exchange: 'XETR', nSymbols: 200 }),
    'symbols',
    '2025-01-01',
    '2025-01-01',
  );
  expect(new Set(rows.texts('currency'))).toEqual(new Set(['EUR']));
  expect(new Set(rows.numbers('lot_size'))).toEqual(new Set([1]));
  expect(new Set(rows.texts('sector')).size).toBe(11);
  const ticks = rows.numbers('tick_size');
  expect(rows.numbers('base_price').filter((price, i) => price % (ticks[i] as number) !== 0)).toHaveLength(0);
});

// The types are written out so that their docs show on hover: the compiler holds these lists to the types.
const shared = {
  seed: true,
  fileRowsTarget: true,
  compression: true,
  startDate: true,
  endDate: true,
  symbols: true,
  nSymbols: true,
  exchange: true,
  priceAnchorDate: true,
  volatility: true,
  correlation: true,
} as const;
const ohlcvOptions: Record<keyof MarketOhlcvOptions, true> = { ...shared, frequency: true, auctions: true };
const quotesOptions: Record<keyof MarketQuotesOptions, true> = {
  ...shared,
  quotesPerMinute: true,
  spreadBps: true,
  trades: true,
};

it('types the options that the schemas have', () => {
  expect(Object.keys(MarketOhlcvConfig.shape).sort()).toEqual(Object.keys(ohlcvOptions).sort());
  expect(Object.keys(MarketQuotesConfig.shape).sort()).toEqual(Object.keys(quotesOptions).sort());
});
