import { expect, it } from '@jest/globals';
import { DAY_MS, formatDay } from '@datagen/core/generator';
import { readColumns } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';

const { log, abs, max } = Math;

// Volatile shares leave the band of prices every few years; years on both sides of the anchor.
const OPTIONS = { nSymbols: 12, volatility: 0.6, frequency: '1d', priceAnchorDate: '2016-01-04' } as const;

it.each([1, 2, 3, 4])(
  'M18: raw prices jump by the ratio of a split, adjusted ones do not, seed %i',
  (seed) => {
    const generator = marketOhlcv({ ...OPTIONS, seed });
    const actions = readColumns(generator, 'corporate_actions', '2000-01-03', '2030-12-31');
    const [on, ratios] = [actions.numbers('effective_date'), actions.numbers('ratio')];
    const symbols = actions.texts('symbol');
    expect(actions.rowCount).toBeGreaterThan(5);
    expect(actions.texts('kind')).toEqual(
      [...ratios].map((ratio) => (ratio > 1 ? 'split' : 'reverse_split')),
    );

    let wrong = 0;
    let largest = 0;
    // Prices at which shares are split or merged, before and after the anchor date.
    const forward: number[] = [];
    const reverse: number[] = [];
    ratios.forEach((ratio, i) => {
      const day = on[i] as number;
      const window = [formatDay((day - 8) * DAY_MS), formatDay(day * DAY_MS)] as const;
      const bars = readColumns(generator, 'ohlcv', ...window);
      const rows = bars.texts('symbol').flatMap((symbol, row) => (symbol === symbols[i] ? [row] : []));
      const [before, after] = rows.slice(-2) as [number, number];
      expect(bars.numbers('trade_date')[after]).toBe(day);
      const factor = bars.numbers('adjustment_factor');
      const close = bars.numbers('close');
      if (abs((factor[after] as number) / (factor[before] as number) / ratio - 1) > 1e-9) wrong++;
      const jump = log((close[after] as number) / (close[before] as number));
      largest = max(largest, abs(jump + log(ratio)));
      (ratio > 1 ? forward : reverse).push((close[before] as number) / 10_000);
    });
    expect(wrong).toBe(0);
    // A company splits what is dear and merges what is cheap, on both sides of the anchor date.
    expect(forward.filter((price) => price < 300)).toEqual([]);
    expect(reverse.filter((price) => price > 20)).toEqual([]);
    // What is left of the raw jump is a plain day's return.
    expect(largest).toBeLessThan(0.3);
  },
);

it('M18: keeps raw prices in a band for 30 years', () => {
  const generator = marketOhlcv({ nSymbols: 30, frequency: '1d' });
  const outside: number[] = [];
  for (let year = 2000; year <= 2030; year += 2) {
    const day = (n: number) => `${String(year)}-07-0${String(n)}`;
    const closes = readColumns(generator, 'ohlcv', day(1), day(5)).numbers('close');
    // Splits wait for the start of a quarter; this is right behind one.
    outside.push(...closes.map((units) => units / 10_000).filter((price) => price < 4 || price > 1_250));
  }
  expect(outside).toEqual([]);
});

it('is at the base price at the close of the anchor date', () => {
  const generator = marketOhlcv({ nSymbols: 20, frequency: '1d', priceAnchorDate: '2025-02-08' });
  // A Saturday: the close before it counts.
  const closes = readColumns(generator, 'ohlcv', '2025-02-07', '2025-02-07');
  const listings = readColumns(generator, 'symbols', '2025-02-07', '2025-02-07');
  const base = new Map(listings.texts('symbol').map((s, i) => [s, listings.numbers('base_price')[i]]));
  const expected = closes.texts('symbol').map((s) => base.get(s));
  expect([...closes.numbers('close')]).toEqual(expected);
});
