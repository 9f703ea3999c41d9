import { DAY_MS } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import { PERIOD_DAYS, StepRuns } from './step-runs.ts';

/** Mean length of a run of messages that are delivered twice: acknowledgements are lost in bursts as well. */
const MEAN_DUPLICATES = 3;
const NO_RUNS: readonly number[] = [];

/**
 * Which messages of a device arrive, and which of them twice. A message holds all metrics of the device at a step. Devices
 * with a weak radio link lose more of them.
 */
export class Messages {
  readonly stepsPerDay: number;
  readonly #samplingMs: number;
  readonly #devices: DeviceRegister;
  readonly #lost: StepRuns;
  readonly #duplicates: StepRuns;
  readonly #hasDuplicates: boolean;

  constructor(config: SensorsConfig, devices: DeviceRegister) {
    const { seed, samplingSeconds, missingRate, gapMinutes, duplicateRate } = config;
    const stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.stepsPerDay = stepsPerDay;
    this.#samplingMs = samplingSeconds * 1000;
    this.#devices = devices;
    this.#lost = new StepRuns(
      new KeyedRandom(seed, 'readings', 'missing'),
      missingRate,
      (60 * gapMinutes) / samplingSeconds,
      stepsPerDay,
    );
    this.#duplicates = new StepRuns(
      new KeyedRandom(seed, 'readings', 'is_duplicate'),
      duplicateRate,
      MEAN_DUPLICATES,
      stepsPerDay,
    );
    this.#hasDuplicates = duplicateRate > 0;
  }

  /** The most messages that a device can have on a day. */
  get mostPerDay(): number {
    return this.#hasDuplicates ? 2 * this.stepsPerDay : this.stepsPerDay;
  }

  /**
   * Writes the steps of the messages of a day since 1970 into the first places of `steps`, and for each into `copies`
   * whether it is the second of two (1) or not (0); returns their number.
   */
  fill(device: number, day: number, steps: Int32Array, copies: Uint8Array): number {
    const period = Math.floor(day / PERIOD_DAYS);
    const firstOfDay = (day - period * PERIOD_DAYS) * this.stepsPerDay;
    const lost = this.#lost.inPeriod(device, period, this.#devices.lossFactor(device));
    const doubled = this.#doubledIn(device, period);
    let count = 0;
    let step = Math.max(0, this.#firstStep(device, period) - firstOfDay);
    let at = 0;
    for (let i = 0; i <= lost.length; i += 2) {
      const start = Math.min(this.stepsPerDay, (lost[i] ?? Infinity) - firstOfDay);
      for (; step < start; step++) {
        copies[count] = 0;
        steps[count++] = step;
        while ((doubled[at + 1] ?? Infinity) <= step + firstOfDay) at += 2;
        if ((doubled[at] ?? Infinity) > step + firstOfDay) continue;
        copies[count] = 1;
        steps[count++] = step;
      }
      step = Math.max(step, (lost[i + 1] ?? Infinity) - firstOfDay);
    }
    return count;
  }

  /** Adds the messages of a device on each day of a period to `counts`. */
  countInto(device: number, period: number, counts: Int32Array): void {
    const first = this.#firstStep(device, period);
    const lost = this.#lost.inPeriod(device, period, this.#devices.lossFactor(device));
    this.#addRun(counts, first, PERIOD_DAYS * this.stepsPerDay, 1);
    for (let i = 0; i < lost.length; i += 2)
      this.#addRun(counts, Math.max(first, lost[i] as number), lost[i + 1] as number, -1);
    const doubled = this.#doubledIn(device, period);
    let gap = 0;
    for (let i = 0; i < doubled.length; i += 2) {
      const end = doubled[i + 1] as number;
      this.#addRun(counts, Math.max(first, doubled[i] as number), end, 1);
      // What is lost cannot come twice.
      while ((lost[gap + 1] ?? Infinity) <= (doubled[i] as number)) gap += 2;
      for (let j = gap; (lost[j] ?? Infinity) < end; j += 2) {
        const start = Math.max(first, doubled[i] as number, lost[j] as number);
        this.#addRun(counts, start, Math.min(end, lost[j + 1] as number), -1);
      }
    }
  }

  #doubledIn(device: number, period: number): readonly number[] {
    return this.#hasDuplicates ? this.#duplicates.inPeriod(device, period, 1) : NO_RUNS;
  }

  /** The first step of a device, counted from the start of a period: the first one after its installation. */
  #firstStep(device: number, period: number): number {
    const startMs = period * PERIOD_DAYS * DAY_MS;
    // The installation itself is worked out where it may lie in the period.
    if (this.#devices.installedDay(device) * DAY_MS < startMs) return 0;
    return Math.ceil((this.#devices.installedMs(device) - startMs) / this.#samplingMs);
  }

  #addRun(counts: Int32Array, start: number, end: number, change: number): void {
    for (let step = start; step < end;) {
      const day = Math.floor(step / this.stepsPerDay);
      const until = Math.min(end, (day + 1) * this.stepsPerDay);
      counts[day] = (counts[day] as number) + change * (until - step);
      step = until;
    }
  }
}
