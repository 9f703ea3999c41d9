import { KeyedRandom, type TwoStateProbabilities, twoStateRuns } from '@datagen/core/random';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';

/** Days whose gaps are drawn together: a period. Periods count from 1970. */
export const PERIOD_DAYS = 32;

/**
 * Which readings of a device are lost: the bad runs of a two-state chain (Gilbert 1960, Elliott 1963), in periods of
 * 32 days counted from 1970. They hit all metrics of the device, as a lost message does.
 */
export class Gaps {
  readonly stepsPerDay: number;
  readonly #random: KeyedRandom;
  readonly #chain: TwoStateProbabilities;

  constructor({ seed, samplingSeconds, missingRate, gapMinutes }: SensorsConfig) {
    this.stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.#random = new KeyedRandom(seed, 'readings', 'missing');
    const odds = missingRate / (1 - missingRate);
    // A gap is one reading at least, and longer where gaps of one could not make the share.
    const leave = Math.min(1, samplingSeconds / (60 * gapMinutes), 1 / Math.max(odds, 1e-12));
    this.#chain = { enter: odds * leave, stay: 1 - leave };
  }

  /** The runs of lost steps as pairs `start, end`, `end` not included, counted from the start of the period. */
  inPeriod(device: number, period: number): number[] {
    const position = device * 65_536 + period;
    const stepCount = PERIOD_DAYS * this.stepsPerDay;
    return twoStateRuns(this.#chain, stepCount, (draw) => this.#random.uniform(position, draw));
  }

  /** Writes the steps of a day whose readings are not lost into the first places of `into`; returns their number. */
  presentSteps(device: number, day: number, into: Int32Array): number {
    const runs = this.inPeriod(device, Math.floor(day / PERIOD_DAYS));
    const first = (day % PERIOD_DAYS) * this.stepsPerDay;
    let count = 0;
    let step = 0;
    for (let i = 0; i <= runs.length; i += 2) {
      const start = Math.min(this.stepsPerDay, (runs[i] ?? Infinity) - first);
      for (; step < start; step++) into[count++] = step;
      step = Math.max(step, (runs[i + 1] ?? Infinity) - first);
    }
    return count;
  }
}
