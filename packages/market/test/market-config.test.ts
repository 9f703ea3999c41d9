import { expect, it } from '@jest/globals';
import { PartitionSpec } from '@datagen/core';
import { readColumns } from '@datagen/testkit';
import { marketOhlcv } from '../src/index.ts';

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
])('refuses %j with one sentence', (options, message) => {
  expect(() => marketOhlcv(options as object)).toThrow(new Error(message));
});

it('refuses a window before prices begin', () => {
  expect(() => readColumns(marketOhlcv(), 'ohlcv', '1999-12-30', '2000-01-05')).toThrow(
    'Expected `startDate` on or after 2000-01-01, where prices begin, got 1999-12-30.',
  );
});

it('has no blocks where no day trades', () => {
  const generator = marketOhlcv();
  const { window } = new PartitionSpec({ startDate: '2025-01-18', endDate: '2025-01-20' });
  expect(generator.tables.map((table) => [...generator.blocks(table, window)].length)).toEqual([1, 0, 0]);
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
