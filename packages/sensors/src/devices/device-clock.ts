import { DAY_MS } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';
import type { Device } from './device-register.ts';

/** Crystals run too fast or too slow by at most so many parts per million: 20 are 1.7 s a day. */
const MAX_PPM = 20;
/** How much of that comes and goes with the temperature, from one synchronisation to the next. */
const PPM_SWING = 2;
/** A clock is off by at most so many seconds right after a synchronisation, by the way that the time took to it. */
const MAX_OFFSET = 0.25;
const MAX_RESIDUAL = 0.2;
/** A device wakes up and measures so many milliseconds late, at most. */
const MAX_LATE_MS = 40;

/**
 * When devices measure. A device wakes up by its own clock, at the same place of each sampling interval, so what drifts from
 * one synchronisation to the next is the true time of its readings.
 */
export class DeviceClock {
  readonly #random: KeyedRandom;
  readonly #waking: KeyedRandom;
  readonly #syncs: KeyedRandom;
  readonly #syncMs: number;
  readonly #samplingMs: number;
  readonly #stepsPerDay: number;
  /** Devices that measure every few seconds have better clocks, so that none goes back by a reading. */
  readonly #scale: number;

  constructor({ seed, samplingSeconds }: SensorsConfig) {
    this.#random = new KeyedRandom(seed, 'readings', 'device_ts');
    this.#waking = new KeyedRandom(seed, 'readings', 'ts');
    this.#syncs = new KeyedRandom(seed, 'readings', 'device_ts', 'synchronisation');
    this.#samplingMs = samplingSeconds * 1000;
    this.#stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.#scale = Math.min(1, samplingSeconds / 10);
    this.#syncMs = (samplingSeconds < 10 ? 3_600 : DAY_SECONDS) * 1000;
  }

  /**
   * Writes when a device measures at the first `count` of `steps` of a day since 1970, in µs since 1970: by its own clock,
   * and in true time.
   */
  fill(
    { index, phaseMs }: Device,
    day: number,
    steps: Int32Array,
    count: number,
    deviceTimesUs: Float64Array,
    timesUs: Float64Array,
  ): void {
    const offset = (2 * this.#random.uniform(index, 0) - 1) * MAX_OFFSET;
    const ppm = (2 * this.#random.uniform(index, 1) - 1) * MAX_PPM;
    const syncPhaseMs = Math.floor(this.#random.uniform(index, 2) * this.#syncMs);
    const firstMs = day * DAY_MS + phaseMs;
    const lateMsPerBit = (MAX_LATE_MS * this.#scale) / 65_536;
    let sync = Number.NaN;
    let offsetUs = 0;
    let syncPpm = 0;
    for (let i = 0; i < count; i++) {
      const step = steps[i] as number;
      const dueMs = firstMs + step * this.#samplingMs;
      const now = Math.floor((dueMs + syncPhaseMs) / this.#syncMs);
      if (now !== sync) {
        sync = now;
        const residual = (2 * this.#syncs.uniform(sync, 2 * index) - 1) * MAX_RESIDUAL;
        offsetUs = (offset + residual) * this.#scale * 1e6;
        syncPpm = ppm + (2 * this.#syncs.uniform(sync, 2 * index + 1) - 1) * PPM_SWING;
      }
      const sinceSyncMs = dueMs + syncPhaseMs - sync * this.#syncMs;
      const bits = this.#waking.uint32(day * this.#stepsPerDay + step, index);
      const deviceUs = (dueMs + Math.floor((bits >>> 16) * lateMsPerBit)) * 1000;
      deviceTimesUs[i] = deviceUs;
      timesUs[i] = deviceUs - Math.round(offsetUs + (syncPpm * sinceSyncMs) / 1000);
    }
  }

  /** When a device measures at a step of a day since 1970, in true time, in µs since 1970. */
  trueUs(device: Device, day: number, step: number): number {
    const times = new Float64Array(1);
    this.fill(device, day, Int32Array.of(step), 1, new Float64Array(1), times);
    return times[0] as number;
  }
}
