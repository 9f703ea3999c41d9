import { BoundedCache } from '@datagen/core/generator';
import { DAY_PLACES } from '../config.ts';
import { siteAt } from './site.ts';
import { makeSiteDay, type SiteDay, Weather } from './site-day.ts';
import type { WorkCalendars } from './work-calendar.ts';

/** A block of readings needs its own day, and the day before where a sensor got stuck on it. */
const KEPT_DAYS = 2;

/** The days of sites, of which the last ones are kept: all devices of a site share them. */
export class SiteDays {
  readonly #seed: number;
  readonly #stepsPerDay: number;
  readonly #weather: Weather;
  readonly #calendars: WorkCalendars;
  readonly #days = new BoundedCache<number, SiteDay>(KEPT_DAYS);

  constructor(seed: number, calendars: WorkCalendars, stepsPerDay: number) {
    this.#seed = seed;
    this.#calendars = calendars;
    this.#stepsPerDay = stepsPerDay;
    this.#weather = new Weather(seed);
  }

  /** What the devices of a site share on a day since 1970. */
  at(site: number, day: number): SiteDay {
    return this.#days.get(site * DAY_PLACES + day, () =>
      makeSiteDay(this.#weather, this.#calendars.of(site), siteAt(this.#seed, site), day, this.#stepsPerDay),
    );
  }
}
