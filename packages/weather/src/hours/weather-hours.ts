import { once } from '@datagen/core/generator';
import type { Location } from '../locations/locations.ts';
import { Fields } from '../spells/fields.ts';
import { HourlyValues, HOURS_PER_DAY } from './hourly-values.ts';
import { LocationHours } from './location-hours.ts';

/** Makes what the rows of a day are written from, in memory that is used again once it is given back. */
export interface DayMaker<Values> {
  /** The values of a UTC day since 1970 at each location, one location after the other. */
  make(day: number, locations: readonly Location[]): Values;
  giveBack(values: Values): void;
}

/** Makes the hours of days, in memory that is used again once it is given back. */
export class WeatherHours implements DayMaker<HourlyValues> {
  /** Made when the first hour is: a plan needs none. */
  readonly #hours: () => readonly LocationHours[];
  /** Memory that was given back. */
  #spare: HourlyValues | undefined;

  constructor(seed: number, locations: readonly Location[]) {
    this.#hours = once(() => {
      const fields = new Fields(seed, locations);
      return locations.map((location) => new LocationHours(seed, location, fields));
    });
  }

  /** The 24 hours of a UTC day since 1970 at each location, one location after the other. */
  make(day: number, locations: readonly Location[]): HourlyValues {
    const values = this.#takeValues(locations.length * HOURS_PER_DAY);
    locations.forEach((location, i) => {
      this.of(location).fill(day, values, i * HOURS_PER_DAY);
    });
    return values;
  }

  /** The hours of one location. */
  of({ id }: Location): LocationHours {
    return this.#hours()[id - 1] as LocationHours;
  }

  /** Gives back the memory of values that are not needed any more. */
  giveBack(values: HourlyValues): void {
    this.#spare = values;
  }

  #takeValues(length: number): HourlyValues {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare?.length !== length) return new HourlyValues(length);
    spare.clear();
    return spare;
  }
}
