import { KeyedRandom } from '@datagen/core/random';
import { nearlyNormal } from '../nearly-normal.ts';
import { DAY_ROW, ROWS_PER_DAY } from './draw-rows.ts';

/** A standard normal number for each minute of a session, and one for what came before it. */
export interface CommonNormals {
  readonly byMinute: Float64Array;
  readonly before: number;
}

/** Draws of a minute that all symbols share: news of the market, what makes it nervous, and from the third on sectors. */
const [NEWS, NERVES, FIRST_SECTOR] = [0, 1, 2] as const;

/**
 * Random numbers by the minute that all symbols have in common, or all of a sector. Those of the last session are kept,
 * as symbols are asked for day by day.
 */
export class CommonMinutes {
  readonly #random: KeyedRandom;
  readonly #sectors: readonly string[];
  readonly #normals: { day: number; byMinute: Float64Array; before: number }[] = [];
  #keys = new Int32Array(0);
  #bits = new Int32Array(0);
  #day = NaN;

  /** `sectors` are all that there are: their order is part of the rows. */
  constructor(seed: number, sectors: readonly string[]) {
    this.#random = new KeyedRandom(seed, 'market', 'common minutes');
    this.#sectors = sectors;
  }

  // Each is valid until that of another session is asked for.

  /** What is new about the market, in a session of so many minutes. */
  news(day: number, minutes: number): CommonNormals {
    return this.#on(NEWS, day, minutes);
  }

  /** What makes the market nervous. */
  nerves(day: number, minutes: number): CommonNormals {
    return this.#on(NERVES, day, minutes);
  }

  /** What is new about a sector. */
  sectorNews(sector: string, day: number, minutes: number): CommonNormals {
    return this.#on(FIRST_SECTOR + this.#sectors.indexOf(sector), day, minutes);
  }

  #on(draw: number, day: number, minutes: number): CommonNormals {
    const first = day * ROWS_PER_DAY;
    if (this.#day !== day) {
      if (this.#keys.length !== minutes)
        [this.#keys, this.#bits] = [new Int32Array(minutes), new Int32Array(minutes)];
      this.#random.keys(first, this.#keys);
      this.#day = day;
    }
    const normals = (this.#normals[draw] ??= { day: NaN, byMinute: new Float64Array(0), before: 0 });
    if (normals.day === day) return normals;
    if (normals.byMinute.length !== minutes) normals.byMinute = new Float64Array(minutes);
    this.#random.bits(this.#keys, this.#bits, draw);
    fillNormals(normals.byMinute, this.#bits);
    normals.before = this.#random.normal(first + DAY_ROW, draw);
    normals.day = day;
    return normals;
  }
}

function fillNormals(target: Float64Array, bits: Int32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = nearlyNormal(bits[i] as number);
}
