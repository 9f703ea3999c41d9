import type { SensorsConfig } from '../config.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import { type Gaps, PERIOD_DAYS } from './gaps.ts';

/** Periods kept; a list of blocks walks through them in order. */
const KEPT_PERIODS = 4;

/** How many messages of a site are there on a day, for all sites of a period at once: about 1 µs a device and month. */
export class MessageCounts {
  readonly #config: SensorsConfig;
  readonly #register: DeviceRegister;
  readonly #gaps: Gaps;
  readonly #periods = new Map<number, Int32Array>();

  constructor(config: SensorsConfig, register: DeviceRegister, gaps: Gaps) {
    this.#config = config;
    this.#register = register;
    this.#gaps = gaps;
  }

  on(site: number, day: number): number {
    const period = Math.floor(day / PERIOD_DAYS);
    let counts = this.#periods.get(period);
    if (counts === undefined) {
      counts = this.#count(period);
      this.#periods.set(period, counts);
      for (const oldest of this.#periods.keys()) {
        if (this.#periods.size <= KEPT_PERIODS) break;
        this.#periods.delete(oldest);
      }
    }
    return counts[site * PERIOD_DAYS + (day % PERIOD_DAYS)] as number;
  }

  #count(period: number): Int32Array {
    const { nDevices, devicesPerSite } = this.#config;
    const { stepsPerDay } = this.#gaps;
    const counts = new Int32Array(Math.ceil(nDevices / devicesPerSite) * PERIOD_DAYS);
    for (let device = 0; device < nDevices; device++) {
      const at = Math.floor(device / devicesPerSite) * PERIOD_DAYS;
      const firstDay = Math.max(0, this.#register.installedDay(device) - period * PERIOD_DAYS);
      if (firstDay >= PERIOD_DAYS) continue;
      for (let day = firstDay; day < PERIOD_DAYS; day++)
        counts[at + day] = (counts[at + day] as number) + stepsPerDay;
      const runs = this.#gaps.inPeriod(device, period);
      for (let i = 0; i < runs.length; i += 2) {
        const end = runs[i + 1] as number;
        let step = Math.max(runs[i] as number, firstDay * stepsPerDay);
        while (step < end) {
          const day = Math.floor(step / stepsPerDay);
          const until = Math.min(end, (day + 1) * stepsPerDay);
          counts[at + day] = (counts[at + day] as number) - (until - step);
          step = until;
        }
      }
    }
    return counts;
  }
}
