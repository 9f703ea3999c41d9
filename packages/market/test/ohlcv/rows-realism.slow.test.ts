import { describe, expect, it } from '@jest/globals';
import { autocorrelation, correlation, excessKurtosis, mean, median, readColumns } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';
import { absolute, hillIndex } from '../prices/daily-returns.ts';

const { abs, log, max, min } = Math;

/** Log returns of each symbol from the closes of daily bars: raw, and in shares of the anchor date. */
function closesOf(seed: number): { adjusted: Float64Array[]; raw: Float64Array[]; factors: Float64Array[] } {
  const bars = readColumns(
    marketOhlcv({ seed, nSymbols: 20, frequency: '1d' }),
    'ohlcv',
    '2000-01-01',
    '2019-11-14',
  );
  const [symbols, closes, factors] = ['symbol', 'close', 'adjustment_factor'].map((name) =>
    bars.numbers(name),
  ) as [Float64Array, Float64Array, Float64Array];
  const of = (symbol: number, values: Float64Array) => values.filter((_, i) => symbols[i] === symbol);
  const returns = (prices: Float64Array) =>
    prices.subarray(1).map((price, i) => log(price / (prices[i] as number)));
  const all = Array.from({ length: 20 }, (_, symbol) => ({
    closes: of(symbol, closes),
    factors: of(symbol, factors),
  }));
  return {
    adjusted: all.map((own) => returns(own.closes.map((close, i) => close * (own.factors[i] as number)))),
    raw: all.map((own) => returns(own.closes)),
    factors: all.map((own) => own.factors),
  };
}

describe.each([1, 2, 3, 4])('daily bars of 20 symbols over 5,000 days, seed %i', (seed) => {
  const { adjusted, raw, factors } = closesOf(seed);
  const medianOf = (statistic: (returns: Float64Array) => number) => median(adjusted.map(statistic));

  it('M18: show the facts of returns once they are adjusted for splits', () => {
    expect(adjusted[0]?.length).toBe(4_999);
    const kurtoses = adjusted.map(excessKurtosis);
    expect(median(kurtoses)).toBeGreaterThan(3);
    expect(median(kurtoses)).toBeLessThan(15);
    expect(min(...kurtoses)).toBeGreaterThan(1.5);
    const tail = medianOf((returns) => hillIndex(returns, 0.05));
    expect(tail).toBeGreaterThan(2.4);
    expect(tail).toBeLessThan(4);
    const lag1 = adjusted.map((returns) => autocorrelation(returns, 1));
    expect(abs(median(lag1))).toBeLessThan(0.05);
    expect(max(...lag1.map(abs))).toBeLessThan(0.1);
    const clustering = (lag: number) => medianOf((returns) => autocorrelation(absolute(returns), lag));
    expect(clustering(1)).toBeGreaterThan(0.12);
    expect(clustering(1)).toBeLessThan(0.35);
    expect(clustering(20)).toBeGreaterThanOrEqual(0.05);
    expect(clustering(100)).toBeGreaterThanOrEqual(0.02);
    const pairs = adjusted.flatMap((a, i) => adjusted.slice(0, i).map((b) => correlation(a, b)));
    expect(mean(pairs)).toBeGreaterThan(0.2);
    expect(mean(pairs)).toBeLessThan(0.45);
    expect(min(...pairs)).toBeGreaterThan(0);
  });

  it('M18: jump by the ratio of a split in raw prices, and nowhere else', () => {
    let splits = 0;
    let wrong = 0;
    raw.forEach((returns, symbol) => {
      const factor = factors[symbol] as Float64Array;
      const plain = adjusted[symbol] as Float64Array;
      for (let i = 0; i < returns.length; i++) {
        const ratio = (factor[i + 1] as number) / (factor[i] as number);
        if (ratio !== 1) splits++;
        if (abs((returns[i] as number) - (plain[i] as number) + log(ratio)) > 1e-9) wrong++;
      }
    });
    expect(splits).toBeGreaterThan(3);
    expect(wrong).toBe(0);
  });
});
