import type { DeviceRegister } from '../devices/device-register.ts';
import { type Gaps, PERIOD_DAYS } from './gaps.ts';

/**
 * How many messages of a site arrive from a day. The days of a site are counted a period at a time, when one of them is
 * first asked for, which takes about 1 µs a device. The counts of one period are kept.
 */
export class MessageCounts {
  readonly #devices: DeviceRegister;
  readonly #gaps: Gaps;
  /** The period whose counts are kept. */
  #period = Number.NaN;
  /** Messages by site and day of the period. */
  #counts = new Int32Array(0);
  /** By site, 1 where it has been counted. */
  #isCounted = new Uint8Array(0);

  constructor(devices: DeviceRegister, gaps: Gaps) {
    this.#devices = devices;
    this.#gaps = gaps;
  }

  /** The messages that a site's devices send on a day since 1970, without those that are lost. */
  on(site: number, day: number): number {
    const period = Math.floor(day / PERIOD_DAYS);
    if (period !== this.#period) {
      this.#period = period;
      this.#counts = new Int32Array(this.#devices.siteCount * PERIOD_DAYS);
      this.#isCounted = new Uint8Array(this.#devices.siteCount);
    }
    if (this.#isCounted[site] === 0) {
      this.#isCounted[site] = 1;
      this.#count(site);
    }
    return this.#counts[site * PERIOD_DAYS + (day % PERIOD_DAYS)] as number;
  }

  #count(site: number): void {
    const { stepsPerDay } = this.#gaps;
    const period = this.#period;
    const counts = this.#counts.subarray(site * PERIOD_DAYS, (site + 1) * PERIOD_DAYS);
    const { first, end: endDevice } = this.#devices.devicesAt(site);
    for (let device = first; device < endDevice; device++) {
      const firstDay = Math.max(0, this.#devices.installedDay(device) - period * PERIOD_DAYS);
      if (firstDay >= PERIOD_DAYS) continue;
      for (let day = firstDay; day < PERIOD_DAYS; day++) counts[day] = (counts[day] as number) + stepsPerDay;
      const runs = this.#gaps.inPeriod(device, period);
      for (let i = 0; i < runs.length; i += 2) {
        const end = runs[i + 1] as number;
        let step = Math.max(runs[i] as number, firstDay * stepsPerDay);
        while (step < end) {
          const day = Math.floor(step / stepsPerDay);
          const until = Math.min(end, (day + 1) * stepsPerDay);
          counts[day] = (counts[day] as number) - (until - step);
          step = until;
        }
      }
    }
  }
}
