import { describe, expect, it } from '@jest/globals';
import { readColumns } from '@datagen/testkit';
import { marketOhlcv, marketQuotes } from '../../src/index.ts';

// Found by a search: with this volatility, this share would open at 736,692 in New York and at 317,241 in Frankfurt on the
// first of these days, which in ten-thousandths is more than 32 bits hold.
const OPTIONS = { seed: 6, symbols: ['TNVD'], volatility: 2 };
const [START, END] = ['2026-03-30', '2026-04-02'];
const HIGHEST = 200_000 * 10_000;

describe.each(['XNYS', 'XETR'] as const)(
  'a share that would be dearer than prices may be, at %s',
  (exchange) => {
    it.each(['1m', '1d'] as const)('stays at the highest price: bars of %s', (frequency) => {
      const bars = readColumns(marketOhlcv({ ...OPTIONS, exchange, frequency }), 'ohlcv', START, END);
      const [open, high, low, close, vwap] = ['open', 'high', 'low', 'close', 'vwap'].map((name) =>
        bars.numbers(name),
      ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
      let faults = 0;
      for (let i = 0; i < bars.rowCount; i++) {
        const [bottom, top] = [low[i] as number, high[i] as number];
        if (!(bottom > 0 && top <= HIGHEST)) faults++;
        for (const price of [open[i], close[i], vwap[i]] as number[])
          if (!(price >= bottom && price <= top)) faults++;
      }
      expect(Math.max(...high)).toBe(HIGHEST);
      expect(faults).toBe(0);
    });

    it('is quoted around that price', () => {
      const generator = marketQuotes({ ...OPTIONS, exchange, quotesPerMinute: 2, spreadBps: 500 });
      const quotes = readColumns(generator, 'quotes', START, END);
      const bids = quotes.numbers('bid_price');
      const asks = quotes.numbers('ask_price');
      expect(Math.max(...bids)).toBeGreaterThan(0.9 * HIGHEST);
      let faults = 0;
      for (let i = 0; i < bids.length; i++)
        // 100 million is where a column of prices ends.
        if (!(
          (bids[i] as number) > 0 &&
          (bids[i] as number) < (asks[i] as number) &&
          (asks[i] as number) < 1e12
        ))
          faults++;
      expect(faults).toBe(0);
    });
  },
);
