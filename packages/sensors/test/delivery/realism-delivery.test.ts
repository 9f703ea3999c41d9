import { autocorrelation, mean, shareWhere } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { byDevice, readingsOf, SEEDS, STEP_US } from '../fleet.ts';

const STEPS = 60 * 288;
const FIRST_STEP = Date.parse('2025-03-01T00:00:00Z') / 300_000;

/** 1 where a device's reading is missing, by step. */
function missingFlags(times: Float64Array): Float64Array {
  const flags = new Float64Array(STEPS).fill(1);
  const { floor } = Math;
  for (const ts of times) flags[floor(ts / STEP_US) - FIRST_STEP] = 0;
  return flags;
}

describe.each(SEEDS)('the delivery of seed %d', (seed) => {
  it('S6: loses readings in bursts', () => {
    const enter = 0.00121;
    const leave = 0.1;
    const flags = byDevice(readingsOf(seed), 'ts').map(missingFlags);
    expect(flags).toHaveLength(40);
    const share = mean(flags.map((own) => mean(own)));
    let runs = 0;
    for (const own of flags)
      for (let i = 0; i < own.length; i++) if (own[i] === 1 && (i === 0 || own[i - 1] === 0)) runs++;
    const meanRun = (share * STEPS * 40) / runs;
    expect(Math.abs(share / (enter / (enter + leave)) - 1)).toBeLessThan(0.12);
    expect(Math.abs(meanRun * leave - 1)).toBeLessThan(0.12);
    const joined = new Float64Array(STEPS * 40);
    flags.forEach((own, i) => joined.set(own, i * STEPS));
    expect(Math.abs(autocorrelation(joined, 1) - (1 - enter - leave))).toBeLessThan(0.04);
  });

  it('S11: brings most readings in seconds, some late and out of order, none early', () => {
    const readings = readingsOf(seed);
    const [times, arrivals, sites] = ['ts', 'ingest_ts', 'site_id'].map((name) => readings.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const delays = arrivals.map((arrival, i) => arrival - (times[i] as number));
    expect(shareWhere(delays, (us) => us < 0)).toBe(0);
    expect(shareWhere(delays, (us) => us < 10e6)).toBeGreaterThanOrEqual(0.95);
    expect(shareWhere(delays, (us) => us > 300e6)).toBeGreaterThan(0.002);
    // As a consumer of one site's messages sees them.
    const order = Array.from(arrivals.keys()).sort(
      (a, b) =>
        (sites[a] as number) - (sites[b] as number) || (arrivals[a] as number) - (arrivals[b] as number),
    );
    let site = 0;
    let latest = 0;
    let late = 0;
    for (const i of order) {
      if (sites[i] !== site) {
        site = sites[i] as number;
        latest = 0;
      }
      const ts = times[i] as number;
      if (ts < latest) late++;
      else latest = ts;
    }
    expect(late / order.length).toBeGreaterThan(0.002);
    expect(late / order.length).toBeLessThan(0.05);
  });

  it('S12: has clocks that are off by less than 3 s and never go back', () => {
    const times = byDevice(readingsOf(seed), 'ts');
    const clocks = byDevice(readingsOf(seed), 'device_ts');
    let worst = 0;
    let backwards = 0;
    const { abs } = Math;
    clocks.forEach((clock, device) => {
      const own = times[device] as Float64Array;
      for (let i = 0; i < clock.length; i++) {
        const skew = abs((clock[i] as number) - (own[i] as number));
        if (skew > worst) worst = skew;
        if (i > 0 && (clock[i] as number) <= (clock[i - 1] as number)) backwards++;
      }
    });
    expect(worst).toBeLessThanOrEqual(3e6);
    expect(worst).toBeGreaterThan(0.3e6);
    expect(backwards).toBe(0);
  });
});
