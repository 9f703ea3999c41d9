import { countBelow } from '@datagen/core/generator';
import { mean, median, readColumns } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { ANOMALY_TYPES } from '../../src/anomalies/anomaly-plan.ts';
import { METRICS } from '../../src/devices/metrics.ts';
import { byDevice, END, readingsOf, realismFleet, SEEDS, START, STEP_US } from '../fleet.ts';

const { abs } = Math;
const SPIKE = ANOMALY_TYPES.indexOf('spike');
const STUCK = ANOMALY_TYPES.indexOf('stuck');

describe.each(SEEDS)('the anomalies of seed %d', (seed) => {
  it('S7: label one reading in a hundred', () => {
    const share = mean(readingsOf(seed).numbers('is_anomaly'));
    expect(share).toBeGreaterThan(0.005);
    expect(share).toBeLessThan(0.02);
  });

  it('S8: are of six types, each as its name says', () => {
    const readings = readingsOf(seed);
    const [values, times, types, ids] = ['value', 'ts', 'anomaly_type', 'anomaly_id'].map((name) =>
      byDevice(readings, name),
    ) as [Float64Array[], Float64Array[], Float64Array[], Float64Array[]];
    const seen = new Set<number>();
    const stuck = new Map<number, Set<number>>();
    let spikes = 0;
    let tall = 0;
    let plain = 0;
    let plainTall = 0;
    values.forEach((value, device) => {
      const [ts, type, id] = [times[device], types[device], ids[device]] as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      const differences = value.subarray(1).map((x, i) => x - (value[i] as number));
      const center = median(differences);
      const sd = 1.4826 * median(differences.map((d) => abs(d - center)));
      for (let i = 1; i < value.length - 1; i++) {
        const [before, x, after] = [value[i - 1], value[i], value[i + 1]] as [number, number, number];
        const isTall = abs(x - (before + after) / 2) > 4 * sd;
        // Nothing is lost between them: clocks shift a reading by some seconds.
        const isWhole = (ts[i + 1] as number) - (ts[i - 1] as number) < 2.5 * STEP_US;
        if (type[i] === SPIKE && isWhole) {
          spikes++;
          if (isTall) tall++;
        } else if (Number.isNaN(type[i - 1]) && Number.isNaN(type[i]) && Number.isNaN(type[i + 1])) {
          plain++;
          if (isTall) plainTall++;
        }
        if (!Number.isNaN(type[i])) seen.add(type[i] as number);
        if (type[i] === STUCK) {
          const held = stuck.get(id[i] as number) ?? new Set();
          stuck.set(id[i] as number, held.add(x));
        }
      }
    });
    expect(seen.size).toBe(6);
    expect(spikes).toBeGreaterThan(80);
    expect(tall / spikes).toBeGreaterThanOrEqual(0.9);
    expect(plainTall / plain).toBeLessThan(0.001);
    expect(stuck.size).toBeGreaterThan(10);
    expect([...stuck.values()].filter((held) => held.size > 1)).toEqual([]);
  });

  it('S8: are the answer key, reading by reading', () => {
    const fleet = realismFleet(seed);
    const key = readColumns(fleet, 'anomalies', START, END);
    const [keyIds, keyDevices, starts, ends] = ['anomaly_id', 'device_id', 'start_ts', 'end_ts'].map((name) =>
      key.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const readings = readingsOf(seed);
    const times = byDevice(readings, 'ts');
    const ids = byDevice(readings, 'anomaly_id');
    let wrong = 0;
    const labelled = new Set<number>();
    // Every reading between the start and the end of a row carries its id, and no other reading does.
    const expected = times.map((own) => new Float64Array(own.length).fill(Number.NaN));
    for (let k = 0; k < keyIds.length; k++) {
      const device = (keyDevices[k] as number) - 1;
      const own = times[device] as Float64Array;
      for (
        let i = countBelow(own, starts[k] as number);
        i < own.length && (own[i] as number) <= (ends[k] as number);
        i++
      )
        (expected[device] as Float64Array)[i] = keyIds[k] as number;
    }
    ids.forEach((own, device) => {
      for (let i = 0; i < own.length; i++) {
        if (!Object.is(own[i], (expected[device] as Float64Array)[i])) wrong++;
        if (!Number.isNaN(own[i])) labelled.add(own[i] as number);
      }
    });
    expect(wrong).toBe(0);
    expect(labelled.size).toBeGreaterThan(0.9 * keyIds.length);
  });

  it('S9: leave values at the resolution and in the range of their metric', () => {
    const perUnit = [16, 10, 10, 100, 1000];
    const ranges = [
      [-40, 85],
      [0, 100],
      [300, 1100],
      [0, 50],
      [0, 4.2],
    ] as const;
    const readings = readColumns(
      realismFleet(seed, { metrics: [...METRICS], nDevices: 20, anomaliesPerDay: 1 }),
      'readings',
      START,
      '2025-03-07',
    );
    const metrics = readings.numbers('metric');
    const values = readings.numbers('value');
    const distinct = METRICS.map(() => new Set<number>());
    let wrong = 0;
    for (let i = 0; i < values.length; i++) {
      const metric = metrics[i] as number;
      const value = values[i] as number;
      const units = value * (perUnit[metric] as number);
      const [low, high] = ranges[metric] as readonly [number, number];
      if (abs(units - Math.round(units)) > 1e-9 || value < low || value > high || Object.is(value, -0))
        wrong++;
      (distinct[metric] as Set<number>).add(value);
    }
    expect(wrong).toBe(0);
    for (const held of distinct) expect(held.size).toBeGreaterThan(20);
  });
});
