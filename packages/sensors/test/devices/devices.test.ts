import { mean, readColumns, shareWhere, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';
import { byDevice, END, realismFleet, SEEDS, START, STEP_US } from '../fleet.ts';

const { floor, sqrt } = Math;

describe.each(SEEDS)('the devices of seed %d', (seed) => {
  const fleet = sensors({ seed, nDevices: 2_000 });
  const devices = readColumns(fleet, 'devices', START, START);

  it('S19: have serial numbers that say model and week of manufacture, and no two the same', () => {
    const serials = devices.texts('serial_number');
    const models = devices.texts('model');
    // Nothing is calibrated before it is made, or installed before it is calibrated.
    const calibrated = devices.numbers('calibration_date');
    const installed = devices.numbers('installed_date');
    expect(calibrated.every((day, i) => day <= (installed[i] as number))).toBe(true);
    expect(new Set(serials).size).toBe(serials.length);
    const runningNumbers = serials.map((serial) => Number(serial.split('-')[2]));
    expect(new Set(runningNumbers).size).toBe(serials.length);
    const prefixes = new Set<string>();
    const weeks = serials.map((serial, i) => {
      const [, prefix, year, week] = /^([A-Z0-9]{3,4})-(\d\d)(\d\d)-\d{6}$/.exec(serial) ?? [];
      prefixes.add(`${String(models[i])} ${String(prefix)}`);
      const made = Date.UTC(2000 + Number(year), 0, 1 + 7 * (Number(week) - 1)) / 86_400_000;
      return { week: Number(week), days: (calibrated[i] as number) - made };
    });
    expect(weeks.filter(({ week, days }) => !(week >= 1 && week <= 53 && days > 5 && days < 200))).toEqual(
      [],
    );
    expect(prefixes.size).toBe(5);
    // Not a constant apart from the neighbour.
    const gaps = runningNumbers
      .slice(1)
      .map((running, i) => (running - (runningNumbers[i] as number) + 262_144) % 262_144);
    expect(new Set(gaps).size).toBeGreaterThan(1_900);
  });

  it('S19: were installed on working days, most of a site within a week', () => {
    const installed = devices.numbers('installed_date');
    const weekdays = installed.map((day) => (day + 3) % 7);
    expect(shareWhere(weekdays, (day) => day > 4)).toBe(0);
    const first = new Map<number, number>();
    const sites = devices.numbers('site_id');
    installed.forEach((day, i) => {
      const site = sites[i] as number;
      first.set(site, Math.min(first.get(site) ?? Infinity, day));
    });
    const within = shareWhere(
      installed.map((day, i) => day - (first.get(sites[i] as number) as number)),
      (days) => days < 10,
    );
    expect(within).toBeGreaterThan(0.7);
    expect(within).toBeLessThan(0.95);
  });

  it('measure nothing before they are installed', () => {
    const young = sensors({
      seed,
      nDevices: 30,
      devicesPerSite: 10,
      installDays: 20,
      samplingSeconds: 600,
      missingRate: 0,
    });
    const readings = readColumns(young, 'readings', '2020-01-01', '2020-02-10');
    const days = readColumns(young, 'devices', '2020-01-01', '2020-01-01').numbers('installed_date');
    const keyed = readColumns(young, 'anomalies', '2020-01-01', '2020-02-10');
    byDevice(readings, 'ts').forEach((times, device) => {
      const first = (times[0] as number) / 3_600e6 - (days[device] as number) * 24;
      expect(first).toBeGreaterThan(4);
      expect(first).toBeLessThan(18);
    });
    keyed.numbers('start_ts').forEach((ts, i) => {
      expect(ts / 86_400e6).toBeGreaterThan(
        (days[(keyed.numbers('device_id')[i] as number) - 1] as number) + 1,
      );
    });
  });

  it('S12: measure by their own clocks, so that the true time of a reading wanders in its interval', () => {
    const readings = readColumns(realismFleet(seed), 'readings', START, END);
    const phases = byDevice(readings, 'ts').map((own) => own.map((ts) => ts % STEP_US));
    const spreads = phases.map((own) => sqrt(variance(own)) / 1e6);
    // A crystal that is off by 10 parts per million drifts by .86 s a day.
    expect(mean(spreads)).toBeGreaterThan(0.15);
    expect(Math.max(...spreads)).toBeLessThan(1.5);
    const daily = phases.map((own) => new Set(own.map((us) => floor(us / 1000))).size);
    expect(Math.min(...daily)).toBeGreaterThan(50);
    const clock = byDevice(readings, 'device_ts').map((own) => own.map((ts) => ts % STEP_US));
    // By the clock of the device they are regular.
    expect(Math.max(...clock.map((own) => sqrt(variance(own)) / 1e6))).toBeLessThan(0.05);
  });
});
