import { describe, expect, it } from '@jest/globals';
import { autocorrelation, correlation, mean, median, readColumns, shareWhere } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';

const { exp, log, max } = Math;
const DAY_MS = 86_400_000;
const report = process.env['REPORT'] === '1' ? console.log : () => undefined;

const SYMBOLS = 6;
const [START, END] = ['2013-01-01', '2022-12-31'];
/** Days on each side whose median a day's volume is compared with, as for the reference. */
const ABOUT = 60;

interface Volumes {
  readonly days: readonly number[];
  /** Of each symbol: the logarithm of its volume in shares of the anchor date, less its median about the day. */
  readonly relative: readonly Float64Array[];
  readonly closes: Float64Array;
}

function volumesOf(seed: number): Volumes {
  const bars = readColumns(marketOhlcv({ seed, nSymbols: SYMBOLS, frequency: '1d' }), 'ohlcv', START, END);
  const [symbols, volumes, factors, dates] = ['symbol', 'volume', 'adjustment_factor', 'trade_date'].map(
    (name) => bars.numbers(name),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const logs = volumes.map((volume, i) => log(volume / (factors[i] as number)));
  const own = (symbol: number, values: Float64Array) => values.filter((_, i) => symbols[i] === symbol);
  const relative = Array.from({ length: SYMBOLS }, (_, symbol) => {
    const values = own(symbol, logs);
    return values.map((x, i) => x - median(values.subarray(max(i - ABOUT, 0), i + ABOUT + 1)));
  });
  return { days: [...own(0, dates)], relative, closes: bars.numbers('close') };
}

describe.each([1, 2, 3, 4])('ten years of daily volume, seed %i', (seed) => {
  const { days, relative, closes } = volumesOf(seed);

  /** Volume over that of a plain day: the median of the days that hold. */
  function over(holds: (date: Date) => boolean): number {
    const chosen = days.flatMap((day, i) => (holds(new Date(day * DAY_MS)) ? [i] : []));
    return exp(median(relative.flatMap((values) => chosen.map((i) => values[i] as number))));
  }
  const isFriday = (date: Date, from: number) =>
    date.getUTCDay() === 5 && date.getUTCDate() >= from && date.getUTCDate() < from + 7;

  it('M19: half days trade less than half as much, and the days between the years not much more', () => {
    const half = over(
      (date) =>
        (date.getUTCMonth() === 10 && isFriday(date, 23)) ||
        (date.getUTCMonth() === 11 && date.getUTCDate() === 24),
    );
    const quiet = over((date) => date.getUTCMonth() === 11 && date.getUTCDate() > 25);
    report('M19', seed, half, quiet);
    expect(half).toBeGreaterThan(0.34);
    expect(half).toBeLessThan(0.54);
    expect(quiet).toBeGreaterThan(0.5);
    expect(quiet).toBeLessThan(0.72);
  });

  it('M20: expiries and new indexes bring volume', () => {
    const expiry = over((date) => date.getUTCMonth() % 3 === 2 && isFriday(date, 15));
    const russell = over((date) => date.getUTCMonth() === 5 && isFriday(date, 22));
    const plain = over((date) => date.getUTCMonth() % 3 !== 2 && isFriday(date, 15));
    report('M20', seed, expiry, russell, plain);
    for (const factor of [expiry, russell]) {
      expect(factor).toBeGreaterThan(1.12);
      expect(factor).toBeLessThan(1.55);
    }
    expect(plain).toBeGreaterThan(0.9);
    expect(plain).toBeLessThan(1.1);
  });

  it('M21: volume remembers the days before, and stocks share its moods', () => {
    const at = (lag: number) => mean(relative.map((values) => autocorrelation(values, lag)));
    const pairs = relative.flatMap((a, i) => relative.slice(0, i).map((b) => correlation(a, b)));
    report('M21', seed, at(1), at(5), mean(pairs));
    expect(at(1)).toBeGreaterThan(0.4);
    expect(at(1)).toBeLessThan(0.62);
    expect(at(5)).toBeGreaterThan(0.13);
    expect(at(5)).toBeLessThan(0.32);
    expect(mean(pairs)).toBeGreaterThan(0.2);
  });

  it('M22: closes are round more often than by chance', () => {
    const round = shareWhere(closes, (units) => (units / 100) % 5 === 0);
    report('M22', seed, round);
    expect(round).toBeGreaterThan(0.23);
    expect(round).toBeLessThan(0.32);
  });
});

it('M20: an expiry is a day early where the third Friday is a holiday', () => {
  // Juneteenth of 2026 and Good Friday of 2008 are third Fridays.
  for (const [early, before] of [
    ['2026-06-18', '2026-06-16'],
    ['2008-03-20', '2008-03-18'],
  ] as const) {
    const volumes = [early, before].map((day) => {
      const bars = readColumns(marketOhlcv({ nSymbols: 60, frequency: '1d' }), 'ohlcv', day, day);
      return bars.numbers('volume').map((volume) => log(volume));
    }) as [Float64Array, Float64Array];
    const changes = volumes[0].map((x, i) => x - (volumes[1][i] as number));
    expect(exp(median(changes))).toBeGreaterThan(1.1);
  }
});

it('M20: what comes on top at an expiry is traded at the close', () => {
  const generator = marketOhlcv({ nSymbols: 20 });
  const lastShare = (day: string) => {
    const volumes = readColumns(generator, 'ohlcv', day, day).numbers('volume');
    let last = 0;
    volumes.forEach((volume, i) => (last += i % 390 === 389 ? volume : 0));
    return last / volumes.reduce((sum, volume) => sum + volume, 0);
  };
  expect(lastShare('2024-09-20')).toBeGreaterThan(0.15);
  expect(lastShare('2024-09-18')).toBeLessThan(0.08);
});
