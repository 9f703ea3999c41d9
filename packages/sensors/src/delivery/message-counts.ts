import type { DeviceRegister } from '../devices/device-register.ts';
import type { Messages } from './messages.ts';
import { PERIOD_DAYS } from './step-runs.ts';

/**
 * How many messages of a site arrive from a day. The days of a site are counted a period at a time, when one of them is
 * first asked for, which takes about 1 µs a device. The counts of one period are kept.
 */
export class MessageCounts {
  readonly #devices: DeviceRegister;
  readonly #messages: Messages;
  /** The period whose counts are kept. */
  #period = Number.NaN;
  /** Messages by site and day of the period. */
  #counts = new Int32Array(0);
  /** By site, 1 where it has been counted. */
  #isCounted = new Uint8Array(0);

  constructor(devices: DeviceRegister, messages: Messages) {
    this.#devices = devices;
    this.#messages = messages;
  }

  /** The messages of a site's devices on a day since 1970, without those that are lost and with those that come twice. */
  on(site: number, day: number): number {
    const period = Math.floor(day / PERIOD_DAYS);
    if (period !== this.#period) {
      this.#period = period;
      this.#counts = new Int32Array(this.#devices.siteCount * PERIOD_DAYS);
      this.#isCounted = new Uint8Array(this.#devices.siteCount);
    }
    if (this.#isCounted[site] === 0) {
      this.#isCounted[site] = 1;
      const counts = this.#counts.subarray(site * PERIOD_DAYS, (site + 1) * PERIOD_DAYS);
      const { first, end } = this.#devices.devicesAt(site);
      for (let device = first; device < end; device++) this.#messages.countInto(device, period, counts);
    }
    return this.#counts[site * PERIOD_DAYS + (day % PERIOD_DAYS)] as number;
  }
}
