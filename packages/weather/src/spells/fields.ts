import { Ar1Process, type GeoPoint, KeyedRandom, SpatialField } from '@datagen/core/random';
import { dayInPeriod, PERIOD_DAYS, PeriodSeries } from './period-series.ts';

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
    locations: readonly { readonly name: string }[],
    space: SpatialField,
    phi: number,
  ) {
    this.#space = space;
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

/** Correlation of a day's temperature with that of the day before, apart from months, winds and rain. */
export const SPELL_PHI = 0.79;
/** Correlation of a day's wind direction with that of the day before. */
export const WIND_PHI = 0.6;
/** The anomalies of months are drawn in steps of some days, between which they go straight. */
export const SLOW_STEP_DAYS = 10;
export const SLOW_PHI = 0.67;

/**
 * The fields that all locations share. Between European stations correlations fall to 1/e within 1,200 km for
 * temperatures and 450 km for wet days, and the ranges here give about these.
 */
export class Fields {
  /** Spells of warm and cold days. */
  readonly temperature: DailyField;
  /** Anomalies of months, in steps of `SLOW_STEP_DAYS` instead of days. */
  readonly slow: DailyField;
  readonly pressure: DailyField;
  /** Decides which days are wet: those of low values. */
  readonly dryness: DailyField;
  readonly rainAmount: DailyField;
  readonly cloud: DailyField;
  /** Decides where in its rose a day's wind is. */
  readonly wind: DailyField;
  /** How warm the air of heights is beside that of the lowlands. */
  readonly inversion: DailyField;
  /** Decides at what hour a front passes: early for high values. */
  readonly frontHour: DailyField;

  constructor(seed: number, locations: readonly (GeoPoint & { readonly name: string })[]) {
    const spaces = new Map<number, SpatialField>();
    const spaceOf = (rangeKm: number) => {
      const space = spaces.get(rangeKm) ?? new SpatialField(locations, rangeKm);
      spaces.set(rangeKm, space);
      return space;
    };
    /** Correlations fall to 1/e within `rangeKm`; `phi` is that of a day with the day before. */
    const field = (quantity: string, { rangeKm, phi }: { rangeKm: number; phi: number }) =>
      new DailyField(seed, quantity, locations, spaceOf(rangeKm), phi);
    this.temperature = field('temperature', { rangeKm: 1_650, phi: SPELL_PHI });
    this.slow = field('slow_temperature', { rangeKm: 2_500, phi: SLOW_PHI });
    this.pressure = field('pressure', { rangeKm: 1_650, phi: 0.8 });
    this.dryness = field('dryness', { rangeKm: 650, phi: 0 });
    this.rainAmount = field('rain', { rangeKm: 300, phi: 0 });
    this.cloud = field('cloud', { rangeKm: 650, phi: 0.5 });
    this.wind = field('wind_side', { rangeKm: 1_650, phi: WIND_PHI });
    this.inversion = field('inversion', { rangeKm: 650, phi: 0.75 });
    this.frontHour = field('front_hour', { rangeKm: 1_650, phi: 0 });
  }
}
