import { Ar1Process, type GeoPoint, KeyedRandom, SpatialField } from '@datagen/core/random';
import { dayInPeriod, PERIOD_DAYS, PeriodSeries } from './period-series.ts';

/** How far a quantity reaches in space and in time. */
export interface FieldRange {
  /** Distance at which the correlation has fallen to 1/e, km. */
  readonly rangeKm: number;
  /** Correlation of a day with the day before, 0 to below 1. */
  readonly phi: number;
}

/**
 * A standard normal for every location and day, correlated in space and from day to day. Each location has a process of
 * its own, found by the location's name; the value at a location mixes its own with those of the locations before it.
 */
export class DailyField {
  readonly #space: SpatialField;
  readonly #count: number;
  /** Independent normals: those of all locations on the first day of a period, then on the next. */
  readonly #normals: PeriodSeries;

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
      ({ name }) => new Ar1Process(new KeyedRandom(seed, 'weather', quantity, name), phi, PERIOD_DAYS),
    );
    const days = new Float64Array(PERIOD_DAYS);
    this.#normals = new PeriodSeries((period) => {
      const normals = new Float64Array(PERIOD_DAYS * count);
      processes.forEach((process, location) => {
        process.block(period, days);
        for (let day = 0; day < PERIOD_DAYS; day++) normals[day * count + location] = days[day] as number;
      });
      return normals;
    });
  }

  /** The value at location `i` of the list on a day since 1970. */
  at(i: number, day: number): number {
    return this.#space.valueAt(i, this.#normals.around(day), dayInPeriod(day) * this.#count);
  }
}

/**
 * The fields that all locations share. Between European stations correlations fall to 1/e within 1,200 km for
 * temperatures and 450 km for wet days, and the ranges here give about these.
 */
export class Fields {
  readonly temperature: DailyField;
  readonly pressure: DailyField;
  /** Decides which days are wet: those of low values. */
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
