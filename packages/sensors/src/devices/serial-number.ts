import { DAY_MS } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { weekdayOf } from '../sites/public-holidays.ts';

/** Bits of the running number of a unit, which has room for the largest fleet: half on each side of a permutation. */
const HALF_BITS = 9;
const HALF = 1 << HALF_BITS;
const ROUNDS = 4;

/**
 * Serial numbers as they are on a label: letters of the model, year and ISO week of manufacture, and a running number that
 * no two units share, as in `EN3-2143-048213`.
 */
export class SerialNumbers {
  readonly #random: KeyedRandom;

  constructor(seed: number, kind: string) {
    this.#random = new KeyedRandom(seed, kind, 'serial_number');
  }

  /** The serial number of the unit at a position below 2^18, which was first calibrated or installed on a day since 1970. */
  of(index: number, prefix: string, firstDay: number): string {
    // Units lie in stock for some weeks to half a year.
    const made = Math.max(4, firstDay - 14 - Math.floor(170 * this.#random.uniform(index, 0)));
    const thursday = made - weekdayOf(made) + 3;
    const year = new Date(thursday * DAY_MS).getUTCFullYear();
    const week = 1 + Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / 7);
    const digits = (value: number, count: number) => String(value).padStart(count, '0');
    return `${prefix}-${digits(year % 100, 2)}${digits(week, 2)}-${digits(this.#shuffled(index), 6)}`;
  }

  /** Another number for each index below 2^18: a Feistel network with the draws of its rounds. */
  #shuffled(index: number): number {
    let [left, right] = [Math.floor(index / HALF), index % HALF];
    for (let round = 1; round <= ROUNDS; round++) {
      const mixed = left ^ (this.#random.uint32(right, round) >>> (32 - HALF_BITS));
      [left, right] = [right, mixed];
    }
    return left * HALF + right;
  }
}
