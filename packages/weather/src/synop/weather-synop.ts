import { once } from '@datagen/core/generator';
import { HourlyValues, HOURS_PER_DAY } from '../hours/hourly-values.ts';
import type { DayMaker, WeatherHours } from '../hours/weather-hours.ts';
import type { Location } from '../locations/locations.ts';
import { LocationSynop } from './location-synop.ts';
import { SynopValues } from './synop-values.ts';

const { min } = Math;

/** Makes the reports of days, in memory that is used again once it is given back. */
export class WeatherSynop implements DayMaker<SynopValues> {
  readonly #hours: WeatherHours;
  readonly #stations: () => readonly LocationSynop[];
  /** One day of one location. */
  readonly #scratch = new HourlyValues(HOURS_PER_DAY);
  #spare: SynopValues | undefined;

  constructor(seed: number, locations: readonly Location[], hours: WeatherHours) {
    this.#hours = hours;
    this.#stations = once(() =>
      locations.map((location) => new LocationSynop(seed, location, hours.of(location))),
    );
  }

  make(day: number, locations: readonly Location[]): SynopValues {
    const length = locations.length * HOURS_PER_DAY;
    const values = this.#spare?.length === length ? this.#spare : new SynopValues(length);
    this.#spare = undefined;
    const stations = locations.map(({ id }) => this.#stations()[id - 1] as LocationSynop);
    this.#addSnowBefore(day, stations);
    const hours = this.#hours.make(day, locations);
    stations.forEach((station, i) => {
      station.fill(day, hours, values, i * HOURS_PER_DAY, this.#scratch);
    });
    this.#hours.giveBack(hours);
    return values;
  }

  /** Brings the snow of stations to the beginning of a day, all of them day by day, since they share their weather. */
  #addSnowBefore(day: number, stations: readonly LocationSynop[]): void {
    const firsts = stations.map(({ snowCover }) => snowCover.firstMissing(day));
    for (let at = firsts.reduce((a, b) => min(a, b), day); at < day; at++) {
      stations.forEach(({ snowCover }, i) => {
        if (at >= (firsts[i] as number)) snowCover.add(at, this.#scratch);
      });
    }
  }

  giveBack(values: SynopValues): void {
    this.#spare = values;
  }
}
