import { describe, expect, it } from '@jest/globals';
import { PartitionSpec } from '@datagen/core';
import { correlation, mean, readColumns, variance } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';

const { log, abs, sqrt, min } = Math;
const report = process.env['REPORT'] === '1' ? console.log : () => undefined;

// A share with a fine grid and its first 60 trading days of 2025, all of 390 minutes but none.
const SYMBOL = 'AAPL';
const MINUTES = 390;
const BUCKETS = 13;

function oneMinuteBars(seed: number) {
  const generator = marketOhlcv({ seed, symbols: [SYMBOL] });
  const bars = readColumns(generator, 'ohlcv', '2025-01-02', '2025-03-31');
  const column = (name: string) => bars.numbers(name);
  const [open, high, low, close] = [column('open'), column('high'), column('low'), column('close')];
  const returns = close.map((c, i) => log(c / (open[i] as number)));
  return { open, high, low, close, returns, volume: column('volume'), rowCount: bars.rowCount };
}

/** Sums by half hour of the session. */
function byHalfHour(values: ArrayLike<number>): number[] {
  const sums = new Array<number>(BUCKETS).fill(0);
  for (let i = 0; i < values.length; i++)
    sums[((i % MINUTES) / 30) | 0] = (sums[((i % MINUTES) / 30) | 0] as number) + (values[i] as number);
  return sums;
}

describe.each([1, 2, 3, 4])('60 days of minutes of a symbol, seed %i', (seed) => {
  const { open, high, low, close, returns, volume, rowCount } = oneMinuteBars(seed);

  it('M10: are most volatile at the open', () => {
    const sds = byHalfHour(returns.map((r) => r * r)).map((sum) => sqrt(sum));
    const relative = sds.map((sd) => sd / mean(sds));
    report('M10', seed, relative[0], min(...relative), relative.at(-1));
    expect(relative[0]).toBeGreaterThan(1.4);
    expect(relative[0]).toBeLessThan(2.1);
    expect(min(...relative)).toBeGreaterThan(0.7);
    expect(min(...relative)).toBeLessThan(0.9);
  });

  it('M11: are traded most at the open and the close', () => {
    const sums = byHalfHour(volume);
    const total = mean(sums) * BUCKETS;
    const shares = sums.map((sum) => sum / total);
    report('M11', seed, shares[0], min(...shares), shares.at(-1));
    expect(shares[0]).toBeGreaterThan(0.12);
    expect(shares[0]).toBeLessThan(0.19);
    expect(min(...shares)).toBeGreaterThan(0.03);
    expect(min(...shares)).toBeLessThan(0.065);
    expect(shares.at(-1)).toBeGreaterThan(0.1);
    expect(shares.at(-1)).toBeLessThan(0.17);
  });

  it('M12: are traded more the more the price moves', () => {
    const sizes = returns.map((r) => abs(r));
    const logVolume = volume.map((v) => log(v));
    const joint = correlation(sizes, logVolume);
    const sd = sqrt(variance(logVolume));
    report('M12 1m', seed, joint, sd);
    expect(joint).toBeGreaterThan(0.2);
    expect(joint).toBeLessThan(0.45);
    expect(sd).toBeGreaterThan(0.5);
    expect(sd).toBeLessThan(0.8);
  });

  it('M14: have ranges as wide as their closes say', () => {
    let ranges = 0;
    let moves = 0;
    for (let i = 0; i < rowCount; i++) {
      ranges += log((high[i] as number) / (low[i] as number)) ** 2;
      moves += (returns[i] as number) ** 2;
    }
    const ratio = ranges / (4 * log(2) * moves);
    report('M14', seed, ratio);
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.1);
  });

  it('M15: keep low, open, close and high in order, on the grid, each opening where the last closed', () => {
    let violations = 0;
    for (let i = 0; i < rowCount; i++) {
      const [o, h, l, c] = [open[i] as number, high[i] as number, low[i] as number, close[i] as number];
      if (l > o || l > c || h < o || h < c || l <= 0) violations++;
      // A cent is 100 ten-thousandths.
      if (o % 100 !== 0 || h % 100 !== 0 || l % 100 !== 0 || c % 100 !== 0) violations++;
      const shares = volume[i] as number;
      if (shares < 1 || shares % 1 !== 0) violations++;
      if (i % MINUTES !== 0 && o !== close[i - 1]) violations++;
    }
    expect(rowCount).toBe(60 * MINUTES);
    expect(violations).toBe(0);
  });
});

it.each([1, 2, 3, 4])('M12: a day is traded more the more its price moves, seed %i', (seed) => {
  const generator = marketOhlcv({ seed, nSymbols: 4, frequency: '1d' });
  const table = generator.tables[1];
  if (table === undefined) throw new Error('No table');
  expect([
    ...generator.blocks(table, new PartitionSpec({ startDate: '2023-01-01', endDate: '2023-01-31' }).window),
  ]).toHaveLength(20);
  const bars = readColumns(generator, 'ohlcv', '2022-01-03', '2023-12-29');
  const [symbol, close, volume] = ['symbol', 'close', 'volume'].map((name) => bars.numbers(name));
  const joints: number[] = [];
  for (let s = 0; s < 4; s++) {
    const own = (values: Float64Array) => values.filter((_, i) => (symbol as Float64Array)[i] === s);
    const closes = own(close as Float64Array);
    const sizes = closes.map((c, i) => (i === 0 ? 0 : abs(log(c / (closes[i - 1] as number)))));
    joints.push(
      correlation(
        sizes.subarray(1),
        own(volume as Float64Array)
          .map((v) => log(v))
          .subarray(1),
      ),
    );
  }
  report('M12 1d', seed, mean(joints));
  expect(mean(joints)).toBeGreaterThan(0.1);
  expect(mean(joints)).toBeLessThan(0.35);
});
