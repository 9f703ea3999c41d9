import { chainStateAt, normalQuantile, type TwoStateProbabilities } from '@datagen/core/random';
import type { Climate } from '../climate/climate.ts';
import { WeibullTable } from '../climate/weibull.ts';
import type { DailyField, Fields } from './fields.ts';

const { floor, max, min, round } = Math;

/** Shape of the amounts of wet days above 1 mm, of Weibull distributions fitted to European stations. */
const rainAmounts = new WeibullTable(0.86);
/** Rain of less than 1 mm falls on this many days for each wet day that follows a dry one. */
const DRIZZLE_DAYS = 0.6;

/** The precipitation of one location, day by day. */
export class Rainfall {
  readonly #index: number;
  readonly #dryness: DailyField;
  readonly #amount: DailyField;
  readonly #aboveOneMm: number;
  /** The chances of a wet day as normals, which order the draws of the field as uniforms would. */
  readonly #wetBelow: TwoStateProbabilities;
  /** A dry day has drizzle where the field of amounts lies above this. */
  readonly #drizzleAbove: number;

  constructor(index: number, { wetAfterDry, wetAfterWet, wetDayMm }: Climate, fields: Fields) {
    this.#index = index;
    this.#dryness = fields.dryness;
    this.#amount = fields.rainAmount;
    this.#aboveOneMm = wetDayMm - 1;
    this.#wetBelow = { enter: normalQuantile(wetAfterDry), stay: normalQuantile(wetAfterWet) };
    this.#drizzleAbove = normalQuantile(1 - DRIZZLE_DAYS * wetAfterDry);
  }

  /** Whether 1 mm or more falls on a day, of which `dryness` is the field. */
  isWet(day: number, dryness: number): boolean {
    // On most days the field alone decides, whatever the day before was.
    const { enter, stay } = this.#wetBelow;
    if (dryness < min(enter, stay)) return true;
    if (dryness >= max(enter, stay)) return false;
    return chainStateAt(day, this.#wetBelow, (at) => this.#dryness.at(this.#index, at)) === 1;
  }

  /** The amount of a day in 0.1 mm; `factor` is the season's on what falls above 1 mm. */
  tenths(day: number, isWet: boolean, factor: number): number {
    const z = this.#amount.at(this.#index, day);
    if (isWet) return round(10 + 10 * this.#aboveOneMm * factor * rainAmounts.at(z));
    // What lies above the threshold falls off fast: most drizzle is 0.1 to 0.4 mm.
    return z < this.#drizzleAbove ? 0 : min(9, 1 + floor((z - this.#drizzleAbove) * 6));
  }
}
