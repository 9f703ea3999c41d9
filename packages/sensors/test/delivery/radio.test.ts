import { correlation, mean, readColumns, shareWhere, sumBy } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';
import { byDevice, SEEDS } from '../fleet.ts';

const WINDOW = ['2025-03-01', '2025-04-29'] as const;
const SAMPLES = 60 * 96;

describe.each(SEEDS)('the radio of seed %d', (seed) => {
  const fleet = sensors({
    seed,
    nDevices: 60,
    samplingSeconds: 900,
    messages: true,
    metrics: ['battery'],
    batteryDays: 90,
  });
  const messages = readColumns(fleet, 'messages', ...WINDOW);
  const strength = byDevice(messages, 'rssi_dbm');
  const gateways = byDevice(messages, 'gateway_id');
  const home = readColumns(fleet, 'devices', ...WINDOW).numbers('gateway_id');

  it('S21: loses more messages of devices that it hears badly', () => {
    const lost = strength.map((own) => 1 - own.length / SAMPLES);
    const heard = strength.map((own) => mean(own));
    expect(correlation(heard, lost)).toBeLessThan(-0.3);
    expect(Math.abs(mean(lost) / 0.012 - 1)).toBeLessThan(0.2);
  });

  it('S21: hears devices at what radios can hear, mostly by the gateway close to them', () => {
    const all = messages.numbers('rssi_dbm');
    expect(shareWhere(all, (dbm) => dbm < -127 || dbm > -30)).toBe(0);
    expect(Math.abs(mean(all) + 83)).toBeLessThan(3);
    const atHome = gateways.map((own, i) => shareWhere(own, (gateway) => gateway === home[i]));
    expect(Math.min(...atHome)).toBeGreaterThan(0.5);
    expect(mean(atHome)).toBeGreaterThan(0.85);
    expect(mean(atHome)).toBeLessThan(0.99);
  });

  it('S21: counts frames, lost ones too, and starts again with a new battery', () => {
    const changes = readColumns(fleet, 'battery_changes', ...WINDOW);
    const frames = byDevice(messages, 'frame_counter');
    const ids = byDevice(messages, 'message_id');
    let backwards = 0;
    const restarts = frames.map((own, device) => {
      let count = 0;
      for (let i = 1; i < own.length; i++) {
        const steps = (ids[device]?.[i] as number) - (ids[device]?.[i - 1] as number);
        const frameSteps = (own[i] as number) - (own[i - 1] as number);
        if (frameSteps < 0) count++;
        // From one day to the next ids jump by more than a day has messages.
        else if (steps < 96 && frameSteps !== steps) backwards++;
      }
      return count;
    });
    expect(backwards).toBe(0);
    const changed = sumBy(changes.numbers('device_id'));
    expect(restarts).toEqual(restarts.map((_, device) => changed.get(device + 1) ?? 0));
    expect(changes.rowCount).toBeGreaterThan(20);
  });
});

describe.each(SEEDS)('the outages of seed %d', (seed) => {
  const fleet = sensors({ seed, nDevices: 60, samplingSeconds: 900, metrics: ['battery'], lateRate: 0.03 });
  const days = ['2025-03-01', '2025-03-20'] as const;
  const outages = readColumns(fleet, 'outages', ...days);
  const readings = readColumns(fleet, 'readings', ...days);

  it('S11: are what late readings waited for', () => {
    const [times, arrivals, sites] = ['ts', 'ingest_ts', 'site_id'].map((name) => readings.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const [starts, ends, outageSites] = ['start_ts', 'end_ts', 'site_id'].map((name) =>
      outages.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array];
    let late = 0;
    let explained = 0;
    let early = 0;
    // Outages by site: there are few of each.
    const ofSite = new Map<number, number[]>();
    outageSites.forEach((site, k) => ofSite.set(site, [...(ofSite.get(site) ?? []), k]));
    for (let i = 0; i < times.length; i++) {
      const [ts, arrival] = [times[i] as number, arrivals[i] as number];
      const during = (ofSite.get(sites[i] as number) ?? []).find(
        (k) => (starts[k] as number) <= ts && ts < (ends[k] as number),
      );
      if (during !== undefined && arrival < (ends[during] as number)) early++;
      if (arrival - ts < 120e6) continue;
      late++;
      if (during !== undefined) explained++;
    }
    expect(early).toBe(0);
    expect(late).toBeGreaterThan(100);
    // Outages that began on the day before the window are not in the table of its days.
    expect(explained / late).toBeGreaterThan(0.97);
    expect(new Set(outages.texts('cause')).size).toBeGreaterThan(2);
  });
});
