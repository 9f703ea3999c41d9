import { DAY_MS, HOUR_MS } from '@datagen/core/generator';
import { dayOfYear, type HolidayRegion, publicHolidays, weekdayOf } from './public-holidays.ts';
import { type Town, townIndexOf, TOWNS } from './towns.ts';

/** What a plant does on a local day. Closures are holidays of the plant, when technicians work on the machines. */
export const WORKDAY = 0;
export const SATURDAY = 1;
export const DAY_OFF = 2;
export const CLOSURE = 3;

/** Plants close in summer for `weeks` from the Monday on or before `from` on, where that is the custom. */
const SUMMER_CLOSURES: Readonly<Partial<Record<string, { from: string; weeks: number }>>> = {
  ES: { from: '08-10', weeks: 2 },
  FI: { from: '07-10', weeks: 3 },
  FR: { from: '08-10', weeks: 2 },
  IT: { from: '08-10', weeks: 2 },
  PT: { from: '08-10', weeks: 2 },
  SE: { from: '07-10', weeks: 3 },
};

/** One year of a town: what is done on each day, and when its summer time begins and ends. */
interface CalendarYear {
  /** Days since 1970 of its first day, and of the first day of the next year. */
  readonly start: number;
  readonly end: number;
  readonly kinds: Uint8Array;
  /** The days since 1970 on which the clocks change, by directive 2000/84/EC in all years, at 1 h UTC. */
  readonly summerStart: number;
  readonly summerEnd: number;
}

/** The days of a town's plants, and its clock. All plants rest from 24 December to 1 January. */
export class WorkCalendar {
  readonly #region: HolidayRegion;
  readonly #country: string;
  readonly #utcOffset: number;
  /** By year since 1970, those that were asked for: 180 at most. */
  readonly #years: CalendarYear[] = [];
  /** The year that was asked for last. */
  #year: CalendarYear = { start: 0, end: 0, kinds: new Uint8Array(0), summerStart: 0, summerEnd: 0 };

  constructor({ region, country, utcOffset }: Town) {
    this.#region = region;
    this.#country = country;
    this.#utcOffset = utcOffset;
  }

  /** What the plants do on a local day since 1970: `WORKDAY`, `SATURDAY`, `DAY_OFF` or `CLOSURE`. */
  kindOf(localDay: number): number {
    const { kinds, start } = this.#yearOf(localDay);
    return kinds[localDay - start] as number;
  }

  /** The first local day from one on that a technician works on: no weekend and no public holiday. */
  nextVisitDay(localDay: number): number {
    let day = localDay;
    while (weekdayOf(day) > 4 || this.kindOf(day) === DAY_OFF) day++;
    return day;
  }

  /** Hours that the local clock is ahead of UTC in an hour since 1970 in UTC. */
  utcOffsetAt(utcHour: number): number {
    const day = Math.floor(utcHour / 24);
    const { summerStart, summerEnd } = this.#yearOf(day);
    const isSummer = utcHour >= summerStart * 24 + 1 && utcHour < summerEnd * 24 + 1;
    return this.#utcOffset + (isSummer ? 1 : 0);
  }

  /** The moment in milliseconds since 1970 at which clocks show `hour`, some hour of the working day, on a local day. */
  momentOf(localDay: number, hour: number): number {
    return Math.floor((localDay * 24 + hour - this.utcOffsetAt(localDay * 24 + 12)) * HOUR_MS);
  }

  #yearOf(day: number): CalendarYear {
    if (day >= this.#year.start && day < this.#year.end) return this.#year;
    const year = new Date(day * DAY_MS).getUTCFullYear();
    this.#year = this.#years[year - 1970] ??= calendarYear(this.#region, this.#country, year);
    return this.#year;
  }
}

/** The calendars of all towns. */
export class WorkCalendars {
  readonly #calendars = TOWNS.map((town) => new WorkCalendar(town));

  /** The calendar of the town that a site is in. */
  of(site: number): WorkCalendar {
    return this.#calendars[townIndexOf(site)] as WorkCalendar;
  }
}

function calendarYear(region: HolidayRegion, country: string, year: number): CalendarYear {
  const [start, end] = [dayOfYear(year, '01-01'), dayOfYear(year + 1, '01-01')];
  const kinds = Uint8Array.from({ length: end - start }, (_, i) => {
    const weekday = weekdayOf(start + i);
    return weekday === 6 ? DAY_OFF : weekday === 5 ? SATURDAY : WORKDAY;
  });
  const summer = SUMMER_CLOSURES[country];
  if (summer !== undefined) {
    const from = dayOfYear(year, summer.from);
    const monday = from - weekdayOf(from);
    kinds.fill(CLOSURE, monday - start, monday + 7 * summer.weeks - start);
  }
  for (const day of publicHolidays(region, year)) kinds[day - start] = DAY_OFF;
  kinds.fill(DAY_OFF, dayOfYear(year, '12-24') - start);
  return {
    start,
    end,
    kinds,
    summerStart: lastSundayUntil(dayOfYear(year, '03-31')),
    summerEnd: lastSundayUntil(dayOfYear(year, '10-31')),
  };
}

function lastSundayUntil(day: number): number {
  return day - ((weekdayOf(day) + 1) % 7);
}
