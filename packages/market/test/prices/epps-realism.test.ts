import { describe, expect, it } from '@jest/globals';
import { autocorrelation, correlation, mean, readColumns, variance } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';

const { abs, log } = Math;
const MINUTES = 390;
const report = process.env['REPORT'] === '1' ? console.log : () => undefined;

/** Ten shares of several sectors and eighty days of minutes, none of them short. */
function minuteReturns(seed: number): Float64Array[] {
  const bars = readColumns(marketOhlcv({ seed, nSymbols: 10 }), 'ohlcv', '2025-02-03', '2025-05-27');
  const [symbols, open, close] = ['symbol', 'open', 'close'].map((name) => bars.numbers(name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const returns = close.map((c, i) => log(c / (open[i] as number)));
  return Array.from({ length: 10 }, (_, symbol) => returns.filter((_, i) => symbols[i] === symbol));
}

function summed(returns: Float64Array, step: number): Float64Array {
  return Float64Array.from({ length: Math.floor(returns.length / step) }, (_, i) =>
    returns.subarray(i * step, (i + 1) * step).reduce((sum, r) => sum + r, 0),
  );
}

describe.each([1, 2, 3, 4])('minutes of ten shares, seed %i', (seed) => {
  const returns = minuteReturns(seed);
  const correlationAt = (step: number) => {
    const series = returns.map((own) => summed(own, step));
    return mean(series.flatMap((a, i) => series.slice(0, i).map((b) => correlation(a, b))));
  };

  it('M23: correlate little in a minute, and as their days do in an hour (Epps)', () => {
    const at = [1, 5, 30, MINUTES].map(correlationAt) as [number, number, number, number];
    report('M23', seed, at);
    const [minute, five, half, session] = at;
    expect(minute).toBeGreaterThan(0.04);
    expect(minute).toBeLessThan(0.2);
    expect(minute).toBeLessThan(0.45 * session);
    expect(five).toBeGreaterThan(1.6 * minute);
    expect(half).toBeGreaterThan(1.15 * five);
    expect(half).toBeGreaterThan(2.5 * minute);
    expect(abs(session / half - 1)).toBeLessThan(0.5);
  });

  it('M23: are white all the same', () => {
    const lag1 = mean(returns.map((own) => autocorrelation(own, 1)));
    const ratio = mean(returns.map((own) => variance(summed(own, 30)) / (30 * variance(own))));
    report('M23 white', seed, lag1, ratio);
    expect(abs(lag1)).toBeLessThan(0.03);
    expect(abs(ratio - 1)).toBeLessThan(0.1);
  });
});
