import { KeyedRandom } from '@datagen/core/random';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';

/** Crystals run too fast or too slow by at most so many parts per million: 20 are 1.7 s a day. */
const MAX_PPM = 20;
/** A clock is off by at most so many seconds right after a synchronisation. */
const MAX_OFFSET = 0.5;

/** How far the clock of a device is ahead of true time: it drifts from one synchronisation to the next. */
export class DeviceClock {
  readonly #random: KeyedRandom;
  readonly #syncSeconds: number;

  constructor({ seed, samplingSeconds }: SensorsConfig) {
    this.#random = new KeyedRandom(seed, 'readings', 'device_ts');
    // Devices that measure every few seconds synchronise hourly, so that no clock goes back by a reading.
    this.#syncSeconds = samplingSeconds < 10 ? 3_600 : DAY_SECONDS;
  }

  /** Gives the lead of a device's clock, in microseconds, as a function of true time in milliseconds since 1970. */
  of(device: number): (timeMs: number) => number {
    const offsetUs = (2 * this.#random.uniform(device, 0) - 1) * MAX_OFFSET * 1e6;
    const ppm = (2 * this.#random.uniform(device, 1) - 1) * MAX_PPM;
    const syncMs = this.#syncSeconds * 1000;
    const phaseMs = Math.floor(this.#random.uniform(device, 2) * syncMs);
    return (timeMs) => Math.round(offsetUs + (ppm * ((timeMs + phaseMs) % syncMs)) / 1000);
  }
}
