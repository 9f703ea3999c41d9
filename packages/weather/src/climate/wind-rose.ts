import { cosineOfTurns } from '@datagen/core/random';
import { upperTail } from './normal.ts';

const { floor, max, min, sqrt } = Math;

/** How often the wind comes from N, NE, E, SE, S, SW, W and NW, in any unit. */
export type RoseWeights = readonly [
  n: number,
  ne: number,
  e: number,
  se: number,
  s: number,
  sw: number,
  w: number,
  nw: number,
];

const SECTORS = 8;
const SECTOR_DEG = 360 / SECTORS;
/** The tables have so many entries for each standard deviation of the normals. */
const STEPS_PER_DEVIATION = 16;
/** Normals beyond this, in standard deviations, count as this. */
const LIMIT = 4;

/**
 * Turns standard normals into directions of the wind that are as frequent as a wind rose says. Normals rise from the
 * least frequent direction around the compass back to it: clockwise in the north, where the wind veers as a low passes,
 * against the clock in the south. So a wind that rises in the normals turns as it does in the passage of a front.
 */
export class WindRose {
  /** Degrees by normal, which may lie beyond 0 to 360 so that they go around without a jump. */
  readonly #degrees: Float64Array;

  constructor(weights: RoseWeights, isNorthern: boolean) {
    const density = Float64Array.from({ length: 360 }, (_, degree) => densityAt(weights, degree));
    const total = density.reduce((sum, share) => sum + share, 0);
    const start = density.indexOf(density.reduce((a, b) => min(a, b)));
    const turn = isNorthern ? 1 : -1;
    const degrees = new Float64Array(2 * LIMIT * STEPS_PER_DEVIATION + 2);
    let turned = 0;
    let below = 0;
    for (let i = 0; i < degrees.length; i++) {
      const share = total * (1 - upperTail(i / STEPS_PER_DEVIATION - LIMIT));
      let here = density[(start + turn * turned + 360) % 360] as number;
      while (below + here < share && turned < 359) {
        below += here;
        turned++;
        here = density[(start + turn * turned + 720) % 360] as number;
      }
      degrees[i] = start + turn * (turned + (share - below) / here) + 720;
    }
    this.#degrees = degrees;
  }

  /** The direction that a standard normal stands for, degrees from north by east, plus some full turns. */
  at(z: number): number {
    const degrees = this.#degrees;
    const position = positionOf(z);
    const below = position | 0;
    const low = degrees[below] as number;
    return low + (position - below) * ((degrees[below + 1] as number) - low);
  }

  /**
   * How warm the air is that comes with the wind of a normal: the cosine of the angle to the direction that brings the
   * warmest air, as a table for `WindWarmth`. It has mean 0 and variance 1 where normals have `mean` and `deviation`.
   */
  warmth(warmFromDeg: number, mean: number, deviation: number): Float64Array {
    const cosines = this.#degrees.map((degrees) => cosineOfTurns((degrees - warmFromDeg) / 360));
    const half = 0.5 / STEPS_PER_DEVIATION;
    let [weights, sum, squares] = [0, 0, 0];
    cosines.forEach((cosine, i) => {
      const z = i / STEPS_PER_DEVIATION - LIMIT - mean;
      const weight = upperTail((z - half) / deviation) - upperTail((z + half) / deviation);
      weights += weight;
      sum += weight * cosine;
      squares += weight * cosine * cosine;
    });
    const center = sum / weights;
    const spread = sqrt(squares / weights - center * center);
    return cosines.map((cosine) => (cosine - center) / spread);
  }
}

/** The warmth of winds at the two ends of the year, for normals of a mean and a deviation that are those of the season. */
export class WindWarmth {
  /** For each step of the normals the value at the warmest and that at the coldest time. */
  readonly #values: Float64Array;

  constructor(warmest: Float64Array, coldest: Float64Array) {
    this.#values = new Float64Array(2 * warmest.length);
    warmest.forEach((value, i) => {
      this.#values[2 * i] = value;
      this.#values[2 * i + 1] = coldest[i] as number;
    });
  }

  /** The warmth of the wind of a normal at a time of year from -1, the coldest, to 1; mean 0, variance about 1. */
  at(z: number, season: number): number {
    const values = this.#values;
    const position = positionOf(z);
    const at = (position | 0) << 1;
    const after = position - (position | 0);
    const warmest = (1 - after) * (values[at] as number) + after * (values[at + 2] as number);
    const coldest = (1 - after) * (values[at + 1] as number) + after * (values[at + 3] as number);
    return 0.5 * (warmest + coldest + season * (warmest - coldest));
  }
}

function positionOf(z: number): number {
  return (min(max(z, -LIMIT), LIMIT) + LIMIT) * STEPS_PER_DEVIATION;
}

/** The frequency of a direction: straight between the middles of the sectors. */
function densityAt(weights: RoseWeights, degree: number): number {
  const sector = floor(degree / SECTOR_DEG);
  const share = (degree - sector * SECTOR_DEG) / SECTOR_DEG;
  const from = weights[sector] as number;
  const to = weights[(sector + 1) % SECTORS] as number;
  return from + share * (to - from);
}
