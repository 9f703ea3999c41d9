import { describe, expect, it } from '@jest/globals';
import { autocorrelation, correlation, excessKurtosis, mean, median, variance } from '@datagen/testkit';
import { absolute, type DailyReturns, dailyReturns, hillIndex, leverage } from './daily-returns.ts';

const { min, max, abs, sqrt } = Math;
const report = process.env['REPORT'] === '1' ? console.log : () => undefined;

describe.each([1, 2, 3, 4])('daily returns of 20 symbols over 5,000 days, seed %i', (seed) => {
  const { symbols, gaps, factor, nights } = dailyReturns(seed, 20, 5_000);
  const medianOf = (statistic: (returns: Float64Array) => number) => median(symbols.map(statistic));

  it('M1, M2: have fat tails', () => {
    const kurtoses = symbols.map(excessKurtosis);
    const tails = medianOf((r) => hillIndex(r, 0.05));
    report('M1', seed, median(kurtoses), min(...kurtoses), 'factor', excessKurtosis(factor), 'M2', tails);
    expect(median(kurtoses)).toBeGreaterThan(3);
    expect(median(kurtoses)).toBeLessThan(15);
    expect(min(...kurtoses)).toBeGreaterThan(1.5);
    expect(tails).toBeGreaterThan(2.4);
    expect(tails).toBeLessThan(4);
  });

  it('are about as volatile as asked for', () => {
    const annual = medianOf((r) => sqrt(variance(r) * 252));
    report('volatility', seed, annual);
    expect(abs(annual / 0.325 - 1)).toBeLessThan(0.2);
  });

  it('M3: cannot be told from the day before', () => {
    const lag1 = symbols.map((r) => autocorrelation(r, 1));
    report('M3', seed, median(lag1), max(...lag1.map(abs)));
    expect(abs(median(lag1))).toBeLessThan(0.05);
    expect(max(...lag1.map(abs))).toBeLessThan(0.1);
  });

  it('M4: cluster in volatility for months', () => {
    const at = (lag: number) => medianOf((r) => autocorrelation(absolute(r), lag));
    const [lag1, lag20, lag100] = [at(1), at(20), at(100)];
    report('M4', seed, lag1, lag20, lag100);
    expect(lag1).toBeGreaterThan(0.12);
    expect(lag1).toBeLessThan(0.35);
    expect(lag20).toBeGreaterThanOrEqual(0.05);
    expect(lag100).toBeGreaterThanOrEqual(0.02);
  });

  it('M5: the market grows volatile after it fell, not before', () => {
    const { after, before } = leverage(factor);
    report('M5', seed, after, before);
    expect(after).toBeLessThanOrEqual(-0.03);
    expect(abs(before)).toBeLessThan(0.05);
  });

  it('M7: move together', () => {
    const pairs: number[] = [];
    symbols.forEach((a, i) => {
      for (const b of symbols.slice(0, i)) pairs.push(correlation(a, b));
    });
    report('M7', seed, mean(pairs), min(...pairs));
    expect(mean(pairs)).toBeGreaterThan(0.2);
    expect(mean(pairs)).toBeLessThan(0.45);
    expect(min(...pairs)).toBeGreaterThan(0);
  });

  it('M9: jump overnight, and more over a weekend', () => {
    const shares = symbols.map((r, i) => variance(gaps[i] as Float64Array) / variance(r));
    const gapSd = (weekend: boolean) => {
      const sds = gaps.map((gap) =>
        sqrt(variance(gap.filter((_, i) => (nights[i] as number) > 1 === weekend))),
      );
      return mean(sds);
    };
    report('M9', seed, median(shares), gapSd(true) / gapSd(false));
    expect(abs(median(shares) - 0.25)).toBeLessThan(0.05);
    expect(gapSd(true)).toBeGreaterThanOrEqual(gapSd(false));
  });

  it('M6: jump at news of earnings', () => {
    // Moves of more than 8 standard deviations of the 20 days before, a stock and year.
    let jumps = 0;
    for (const returns of symbols)
      for (let i = 20; i < returns.length; i++)
        if (abs(returns[i] as number) > 8 * sqrt(variance(returns.subarray(i - 20, i)))) jumps++;
    const perYear = (jumps * 252) / (symbols.length * 5_000);
    report('M6', seed, perYear);
    expect(perYear).toBeGreaterThan(0.13);
    expect(perYear).toBeLessThan(0.4);
  });

  it('M8: move together most within a sector', () => {
    const { within, across } = sectorPairs(dailyReturns(seed, 60, 2_500));
    report('M8', seed, mean(within), mean(across));
    expect(mean(within) - mean(across)).toBeGreaterThan(0.12);
    expect(mean(within)).toBeGreaterThan(0.42);
    expect(mean(within)).toBeLessThan(0.7);
    expect(mean(across)).toBeGreaterThan(0.2);
  });
});

/** Correlations of all pairs of stocks, of one sector and of two. */
function sectorPairs({ symbols, sectors }: DailyReturns): { within: number[]; across: number[] } {
  const within: number[] = [];
  const across: number[] = [];
  symbols.forEach((a, i) => {
    for (let j = 0; j < i; j++)
      (sectors[i] === sectors[j] ? within : across).push(correlation(a, symbols[j] as Float64Array));
  });
  return { within, across };
}
