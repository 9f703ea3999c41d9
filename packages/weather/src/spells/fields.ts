import { Ar1Process, type GeoPoint, KeyedRandom, SpatialField } from '@datagen/core/random';
import { rememberRecent } from './recent.ts';

const { floor } = Math;

/** Days per block of a field's processes; with φ = 0.8 a block costs 93 steps more than its days. */
const BLOCK_DAYS = 64;

/** How far a quantity reaches in space and in time. */
export interface FieldRange {
  /** Distance at which the correlation has fallen to 1/e, km. */
  readonly rangeKm: number;
  /** Correlation of a day with the day before. */
  readonly phi: number;
}

/**
 * A standard normal for every location and day, correlated in space and from day to day. Each location has a process of
 * its own, found by the location's name; the value at a location mixes its own with those of the locations before it.
 */
export class DailyField {
  readonly #space: SpatialField;
  readonly #count: number;
  readonly #block: (index: number) => Float64Array;

  constructor(
    seed: number,
    quantity: string,
    locations: readonly (GeoPoint & { readonly name: string })[],
    { rangeKm, phi }: FieldRange,
  ) {
    this.#space = new SpatialField(locations, rangeKm);
    const count = locations.length;
    this.#count = count;
    const processes = locations.map(
      ({ name }) => new Ar1Process(new KeyedRandom(seed, 'weather', quantity, name), phi, BLOCK_DAYS),
    );
    const series = new Float64Array(BLOCK_DAYS);
    this.#block = rememberRecent<Float64Array>(3, (index, normals = new Float64Array(BLOCK_DAYS * count)) => {
      processes.forEach((process, location) => {
        process.block(index, series);
        for (let day = 0; day < BLOCK_DAYS; day++) normals[day * count + location] = series[day] as number;
      });
      return normals;
    });
  }

  /** The value at location `i` of the list on a day since 1970-01-01. */
  at(i: number, day: number): number {
    const block = floor(day / BLOCK_DAYS);
    return this.#space.valueAt(i, this.#block(block), (day - block * BLOCK_DAYS) * this.#count);
  }
}

/** The fields that all locations share. Ranges as measured between European stations: e-folding 1,200 and 450 km. */
export class Fields {
  readonly temperature: DailyField;
  readonly pressure: DailyField;
  /** Low values are wet. */
  readonly dryness: DailyField;
  readonly rainAmount: DailyField;
  readonly cloud: DailyField;

  constructor(seed: number, locations: readonly (GeoPoint & { readonly name: string })[]) {
    const field = (quantity: string, range: FieldRange) => new DailyField(seed, quantity, locations, range);
    this.temperature = field('temperature', { rangeKm: 1_400, phi: 0.8 });
    this.pressure = field('pressure', { rangeKm: 1_500, phi: 0.8 });
    this.dryness = field('dryness', { rangeKm: 650, phi: 0 });
    this.rainAmount = field('rain', { rangeKm: 300, phi: 0 });
    this.cloud = field('cloud', { rangeKm: 600, phi: 0.5 });
  }
}
