import { once } from '@datagen/core/generator';
import type { Location } from '../locations/locations.ts';
import { Fields } from '../spells/fields.ts';
import { HourlyValues, HOURS } from './hourly-values.ts';
import { LocationHours } from './location-hours.ts';

/** Makes the hours of days, in memory of days before. */
export class WeatherHours {
  readonly #hours: () => readonly LocationHours[];
  /** Of a block that is written. */
  #spare: HourlyValues | undefined;

  constructor(seed: number, locations: readonly Location[]) {
    this.#hours = once(() => {
      const fields = new Fields(seed, locations);
      return locations.map((location) => new LocationHours(seed, location, fields));
    });
  }

  /** The 24 hours of a UTC day since 1970 at each location, one location after the other. */
  make(day: number, locations: readonly Location[]): HourlyValues {
    const values = this.#takeValues(locations.length * HOURS);
    const hours = this.#hours();
    locations.forEach(({ id }, i) => {
      (hours[id - 1] as LocationHours).fill(day, values, i * HOURS);
    });
    return values;
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
