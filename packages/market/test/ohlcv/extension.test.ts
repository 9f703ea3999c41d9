import { describe, expect, it } from '@jest/globals';
import { countDifferences, readColumns } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';

const COLUMNS = ['ts', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'trade_count', 'adjustment_factor'];

/** A symbol's rows of a window. */
function rowsOf(options: Parameters<typeof marketOhlcv>[0], symbol: string, start: string, end: string) {
  const bars = readColumns(marketOhlcv(options), 'ohlcv', start, end);
  const rows = bars.texts('symbol').map((s) => s === symbol);
  return COLUMNS.map((name) => bars.numbers(name).filter((_, i) => rows[i] === true));
}

const differences = (a: Float64Array[], b: Float64Array[]) =>
  a.reduce((sum, values, i) => sum + countDifferences(values, b[i] as Float64Array), 0);

describe('R5: rows of a symbol stay what they are', () => {
  it.each(['1m', '1h', '1d'] as const)(
    'when symbols are added or put in another order, at %s',
    (frequency) => {
      const few = rowsOf({ symbols: ['MSFT', 'AAPL'], frequency }, 'AAPL', '2025-03-03', '2025-03-07');
      const symbols = ['ZZZ', 'AAPL', 'AA', 'BRK.B', 'MSFT'];
      const many = rowsOf({ symbols, frequency }, 'AAPL', '2025-03-03', '2025-03-07');
      expect(few[0]?.length).toBeGreaterThan(0);
      expect(differences(few, many)).toBe(0);
    },
  );

  it('when the window begins a year earlier, or is asked for first', () => {
    const options = { symbols: ['AAPL'], frequency: '1d' as const };
    const long = rowsOf(options, 'AAPL', '2024-03-01', '2025-03-31');
    const short = rowsOf(options, 'AAPL', '2025-03-03', '2025-03-31');
    const tail = long.map((values) => values.slice(-(short[0]?.length ?? 0)));
    expect(short[0]).toHaveLength(21);
    expect(differences(short, tail)).toBe(0);
  });

  it('when the invented list grows', () => {
    const listed = (nSymbols: number) => {
      const rows = readColumns(marketOhlcv({ nSymbols }), 'symbols', '2025-01-01', '2025-01-01');
      return rows.texts('symbol').map((s, i) => [s, rows.texts('name')[i], rows.numbers('base_price')[i]]);
    };
    expect(listed(300).slice(0, 40)).toEqual(listed(40));
  });
});
