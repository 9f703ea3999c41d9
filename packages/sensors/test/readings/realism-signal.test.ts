import { parseDay } from '@datagen/core/generator';
import { autocorrelation, linearFit, mean, median, readColumns, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { SensorsConfig } from '../../src/config.ts';
import { DeviceRegister } from '../../src/devices/device-register.ts';
import { byDevice, END, realismFleet, SEEDS, START } from '../fleet.ts';

const HOUR_US = 3_600_000_000;
/** Nothing is lost and nothing is wrong, so that two fleets have the same rows. */
const COMPLETE = { missingRate: 0, anomaliesPerDay: 0, lateRate: 0 };

describe.each(SEEDS)('the signal of seed %d', (seed) => {
  it('S2: has coloured noise', () => {
    const noisy = byDevice(readColumns(realismFleet(seed, COMPLETE), 'readings', START, END), 'value');
    const clean = byDevice(
      readColumns(realismFleet(seed, { ...COMPLETE, noise: 0 }), 'readings', START, END),
      'value',
    );
    const noise = noisy.map((values, i) =>
      values.map((value, k) => value - ((clean[i] as Float64Array)[k] as number)),
    );
    const acf = (lag: number) => median(noise.map((values) => autocorrelation(values, lag)));
    expect(acf(1)).toBeGreaterThan(0.6);
    expect(acf(1)).toBeLessThan(0.95);
    expect(acf(12)).toBeGreaterThan(0.3);
    expect(acf(12)).toBeLessThan(0.75);
  });

  it('S3: is warmest in the afternoon, by the sun', () => {
    const fleet = realismFleet(seed, COMPLETE);
    const longitudes = readColumns(fleet, 'devices', START, END).numbers('longitude');
    const readings = readColumns(fleet, 'readings', START, END);
    const [devices, times, values] = ['device_id', 'ts', 'value'].map((name) => readings.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const sums = new Float64Array(24);
    const counts = new Float64Array(24);
    const { floor } = Math;
    for (let i = 0; i < values.length; i++) {
      const longitude = longitudes[(devices[i] as number) - 1] as number;
      const hour = floor((times[i] as number) / HOUR_US + longitude / 15) % 24;
      sums[hour] = (sums[hour] as number) + (values[i] as number);
      counts[hour] = (counts[hour] as number) + 1;
    }
    const means = Array.from(sums, (sum, hour) => sum / (counts[hour] as number));
    const warmest = means.indexOf(Math.max(...means));
    expect(warmest).toBeGreaterThanOrEqual(13);
    expect(warmest).toBeLessThanOrEqual(16);
  });

  it('S5: drifts until it is calibrated, and then starts again', () => {
    const [start, end] = ['2025-01-01', '2025-06-29'];
    const options = { ...COMPLETE, samplingSeconds: 1_800 };
    const drifting = byDevice(readColumns(realismFleet(seed, options), 'readings', start, end), 'value');
    const steady = byDevice(
      readColumns(realismFleet(seed, { ...options, drift: 0, noise: 0 }), 'readings', start, end),
      'value',
    );
    const register = new DeviceRegister(SensorsConfig.parse({ seed, nDevices: 40, installDays: 1 }));
    const firstDay = parseDay(start) / 86_400_000;
    const key = readColumns(realismFleet(seed, options), 'calibrations', start, end);
    const [keyDevices, performed, found, left] = [
      'device_id',
      'performed_ts',
      'as_found_error',
      'as_left_error',
    ].map((name) => key.numbers(name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const slopes: number[] = [];
    const truths: number[] = [];
    let stepsOff = 0;
    let steps = 0;
    drifting.forEach((values, index) => {
      const truth = register.at(index).drift[0] as number;
      const change = values.map((value, i) => value - ((steady[index] as Float64Array)[i] as number));
      const daily = Array.from({ length: 180 }, (_, day) => mean(change.subarray(day * 48, day * 48 + 48)));
      const row = keyDevices.indexOf(index + 1);
      const first = Math.floor((performed[row] as number) / 86_400_000_000) - firstDay;
      // The days from the one after a calibration to the next one, which is late by some days at most.
      const between = daily.slice(first + 1, first + 86);
      const days = Array.from(between, (_, i) => first + 1 + i);
      const { slope, intercept } = linearFit(days, between);
      slopes.push(slope);
      truths.push(truth);
      if (first <= 20) return;
      const before = daily.slice(0, first);
      const fit = linearFit(
        before.map((_, i) => i),
        before,
      );
      const step = intercept + slope * first - (fit.intercept + fit.slope * first);
      const residual = (line: typeof fit, xs: number[], ys: number[]) =>
        variance(ys.map((y, i) => y - line.intercept - line.slope * (xs[i] as number)));
      // Twice the plain standard error: the noise of neighbouring days is correlated.
      const error =
        4 *
        Math.sqrt(
          residual({ slope, intercept }, days, between) / between.length +
            (4 *
              residual(
                fit,
                before.map((_, i) => i),
                before,
              )) /
              before.length,
        );
      steps++;
      // What the technician found too much is gone.
      if (Math.abs(step + (found[row] as number) - (left[row] as number)) > 3 * error) stepsOff++;
    });
    expect(steps).toBeGreaterThan(15);
    const { slope } = linearFit(truths, slopes);
    expect(slope).toBeGreaterThan(0.9);
    expect(slope).toBeLessThan(1.1);
    expect(stepsOff).toBe(0);
  });
});
