import { BoundedCache } from '@datagen/core/generator';
import { Ar1Process, KeyedRandom, SpatialField } from '@datagen/core/random';
import { TOWNS } from './towns.ts';

/** Weather is drawn at knots, one every 6 hours. */
export const KNOTS_PER_DAY = 4;
/** Knots that are drawn together, those of 64 days: a period. Periods count from 1970. */
const PERIOD_KNOTS = 64 * KNOTS_PER_DAY;
/** A day may reach into the next period. */
const KEPT_PERIODS = 2;

/** How far a quantity reaches in space and in time. */
interface FieldShape {
  /** Towns so far apart correlate by 1/e, km. */
  readonly rangeKm: number;
  /** From 1, for quantities that differ between close towns, to 2, for smooth ones. */
  readonly shape: number;
  /** Hours in which the quantity forgets (e-folding). */
  readonly memoryHours: number;
  /** Knots that each value is the mean of, which makes a series smooth. */
  readonly smoothing?: number;
}

/** A standard normal for each town and knot that correlates in space and time. */
export class WeatherField {
  readonly #space: SpatialField;
  readonly #processes: readonly Ar1Process[];
  readonly #weights: Float64Array;
  /** By period, independent normals: those of all towns at the first knot, then at the next. */
  readonly #periods = new BoundedCache<number, Float64Array>(KEPT_PERIODS);

  constructor(seed: number, quantity: string, { rangeKm, shape, memoryHours, smoothing = 1 }: FieldShape) {
    this.#space = new SpatialField(TOWNS, rangeKm, shape);
    const phi = Math.exp(-24 / KNOTS_PER_DAY / memoryHours);
    this.#processes = TOWNS.map(
      ({ name }) => new Ar1Process(new KeyedRandom(seed, 'weather', quantity, name), phi, PERIOD_KNOTS),
    );
    this.#weights = new Float64Array(smoothing).fill(1 / deviationOfSum(phi, smoothing));
  }

  /** The values of a town at `count` knots since 1970 from `first` on. */
  at(town: number, first: number, count: number): Float64Array {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const knot = first + i;
      const period = Math.floor(knot / PERIOD_KNOTS);
      const normals = this.#periods.get(period, () => this.#draw(period));
      values[i] = this.#space.valueAt(town, normals, (knot - period * PERIOD_KNOTS) * TOWNS.length);
    }
    return values;
  }

  #draw(period: number): Float64Array {
    const weights = this.#weights;
    const before = weights.length - 1;
    const normals = new Float64Array(PERIOD_KNOTS * TOWNS.length);
    const steps = new Float64Array(before + PERIOD_KNOTS);
    const whole = new Float64Array(PERIOD_KNOTS);
    this.#processes.forEach((process, town) => {
      // The first values of a period are means that take in knots of the period before.
      if (before > 0) steps.set(process.block(period - 1, whole).subarray(PERIOD_KNOTS - before));
      steps.set(process.block(period, whole), before);
      for (let knot = 0; knot < PERIOD_KNOTS; knot++) {
        let sum = 0;
        for (let i = 0; i <= before; i++) sum += (weights[i] as number) * (steps[knot + i] as number);
        normals[knot * TOWNS.length + town] = sum;
      }
    });
    return normals;
  }
}

/** The standard deviation of the sum of `count` neighbours of an AR(1) process with variance 1. */
function deviationOfSum(phi: number, count: number): number {
  let variance = count;
  let power = 1;
  for (let lag = 1; lag < count; lag++) {
    power *= phi;
    variance += 2 * (count - lag) * power;
  }
  return Math.sqrt(variance);
}
