import { parseDay, DAY_MS } from '@datagen/core/generator';
import { RandomStream, sampleGamma } from '@datagen/core/random';
import type { EcommerceConfig } from '../config.ts';
import { seasonOf } from './seasonality.ts';

/** Standard deviation of the logarithm of a day's demand around its expectation, and how much of it stays the next day. */
export const DAY_NOISE = 0.07;
export const DAY_MEMORY = 0.45;

/**
 * Expected demand of day `index` after launch: growth times season, with mean 1 over the sign-up period or a year.
 * Anchored at the launch, so that a window changes no day.
 */
export class DemandCurve {
  readonly launchDay: number;
  readonly #config: EcommerceConfig;
  readonly #growth: number;
  readonly #scale: number;
  /** Values of the days asked for so far, before scaling. */
  readonly #days: number[] = [];

  constructor(config: EcommerceConfig) {
    this.launchDay = parseDay(config.launchDate, 'launchDate') / DAY_MS;
    this.#config = config;
    this.#growth = Math.log(1 + config.annualGrowth) / 365.25;
    // A part of a year would take its season for the mean.
    const dayCount = Math.max(365, config.signupDays);
    let total = 0;
    for (let index = 0; index < dayCount; index++) total += this.#raw(index);
    this.#scale = dayCount / total;
  }

  at(index: number): number {
    return this.#scale * this.#raw(index);
  }

  /** How many times the demand of the launch day there is on day `index`, but for the season. */
  growthAt(index: number): number {
    return Math.exp(this.#growth * index);
  }

  #raw(index: number): number {
    for (let next = this.#days.length; next <= index; next++) {
      this.#days.push(this.growthAt(next) * seasonOf(this.launchDay + next, this.#config));
    }
    return this.#days[index] as number;
  }
}

/**
 * When customers sign up: customers are numbered in the order of their sign-up, so the numbers signed up by the end
 * of each day say all. People sign up where they buy, so sign-ups follow the demand, with the spread of a day's chance.
 */
export class SignupCurve {
  readonly #through: Int32Array;

  constructor({ seed, nCustomers, signupDays }: EcommerceConfig, demand: DemandCurve) {
    const stream = new RandomStream(seed, 'customers', 'signup_date');
    const cumulative = new Float64Array(signupDays);
    let total = 0;
    for (let index = 0; index < signupDays; index++) {
      const expected = (nCustomers / signupDays) * demand.at(index);
      // Gamma weights of this shape give counts the spread of a Poisson number with a noisy mean.
      const shape = Math.max(0.5, 1 / (1 / expected + DAY_NOISE * DAY_NOISE));
      total += (expected * sampleGamma(stream, shape)) / shape;
      cumulative[index] = total;
    }
    // The first customer signs up on the launch day: from then on somebody can order.
    const first = Math.min(1, nCustomers);
    this.#through = Int32Array.from(cumulative, (sum) =>
      Math.max(first, Math.round((nCustomers * sum) / total)),
    );
    this.#through[signupDays - 1] = nCustomers;
  }

  /** Customers signed up by the end of day `index` after launch; 0 before the launch. */
  through(index: number): number {
    return index < 0 ? 0 : (this.#through[Math.min(index, this.#through.length - 1)] as number);
  }

  /** The day after launch on which customer `row` (from 0) signs up. */
  dayOf(row: number): number {
    let low = 0;
    let high = this.#through.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#through[middle] as number) > row) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
