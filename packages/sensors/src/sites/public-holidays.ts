import { DAY_MS } from '@datagen/core/generator';

/** Countries, and their parts where these have days of their own (ISO 3166-2). */
export type HolidayRegion = keyof typeof HOLIDAYS;

interface Holidays {
  /** Days of the calendar as `MM-DD`. */
  readonly fixed: string;
  /** Days after Easter Sunday. */
  readonly easter: readonly number[];
  /** Weekdays that move in a span of seven days, as its first day and the weekday from Monday, 0. */
  readonly moving?: readonly { readonly from: string; readonly weekday: number }[];
}

/** Midsummer Eve, the Friday between 19 and 25 June. */
const MIDSUMMER_EVE = { from: '06-19', weekday: 4 };
/** Buß- und Bettag, the Wednesday before 23 November. */
const REPENTANCE_DAY = { from: '11-16', weekday: 2 };

/** Days without work by the law of 2025, which hold in all years here; those that are always Sundays are left out. */
const HOLIDAYS = {
  NL: { fixed: '01-01 04-27 12-25 12-26', easter: [1, 39, 50] },
  'DE-SN': {
    fixed: '01-01 05-01 10-03 10-31 12-25 12-26',
    easter: [-2, 1, 39, 50],
    moving: [REPENTANCE_DAY],
  },
  'DE-HH': { fixed: '01-01 05-01 10-03 10-31 12-25 12-26', easter: [-2, 1, 39, 50] },
  'DE-BW': { fixed: '01-01 01-06 05-01 10-03 11-01 12-25 12-26', easter: [-2, 1, 39, 50, 60] },
  FR: { fixed: '01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25', easter: [1, 39, 50] },
  IT: { fixed: '01-01 01-06 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26', easter: [1] },
  'ES-PV': { fixed: '01-01 01-06 05-01 07-25 08-15 10-12 11-01 12-06 12-08 12-25', easter: [-3, -2, 1] },
  'ES-AR': { fixed: '01-01 01-06 04-23 05-01 08-15 10-12 11-01 12-06 12-08 12-25', easter: [-3, -2] },
  PL: { fixed: '01-01 01-06 05-01 05-03 08-15 11-01 11-11 12-24 12-25 12-26', easter: [1, 60] },
  SE: {
    fixed: '01-01 01-06 05-01 06-06 12-24 12-25 12-26 12-31',
    easter: [-2, 1, 39],
    moving: [MIDSUMMER_EVE],
  },
  BE: { fixed: '01-01 05-01 07-21 08-15 11-01 11-11 12-25', easter: [1, 39, 50] },
  AT: { fixed: '01-01 01-06 05-01 08-15 10-26 11-01 12-08 12-25 12-26', easter: [1, 39, 50, 60] },
  'CH-BS': { fixed: '01-01 05-01 08-01 12-25 12-26', easter: [-2, 1, 39, 50] },
  FI: { fixed: '01-01 01-06 05-01 12-06 12-24 12-25 12-26', easter: [-2, 1, 39], moving: [MIDSUMMER_EVE] },
  CZ: { fixed: '01-01 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26', easter: [-2, 1] },
  PT: { fixed: '01-01 04-25 05-01 06-10 08-15 10-05 11-01 12-01 12-08 12-25', easter: [-2, 60] },
  HU: { fixed: '01-01 03-15 05-01 08-20 10-23 11-01 12-24 12-25 12-26', easter: [-2, 1, 50] },
  DK: { fixed: '01-01 12-24 12-25 12-26', easter: [-3, -2, 1, 39, 50] },
} as const satisfies Record<string, Holidays>;

/** The days since 1970 that are public holidays of a region in a year. */
export function publicHolidays(region: HolidayRegion, year: number): number[] {
  const { fixed, easter, moving = [] }: Holidays = HOLIDAYS[region];
  const easterDay = easterSunday(year);
  return [
    ...fixed.split(' ').map((monthDay) => dayOfYear(year, monthDay)),
    ...easter.map((offset) => easterDay + offset),
    ...moving.map(({ from, weekday }) => {
      const first = dayOfYear(year, from);
      return first + ((weekday - weekdayOf(first) + 7) % 7);
    }),
  ];
}

/** The weekday of a day since 1970, which began with a Thursday: 0 is Monday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

/** The day since 1970 of a day of the calendar, `MM-DD`. */
export function dayOfYear(year: number, monthDay: string): number {
  return Date.UTC(year, Number(monthDay.slice(0, 2)) - 1, Number(monthDay.slice(3))) / DAY_MS;
}

/** Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
function easterSunday(year: number): number {
  const { floor } = Math;
  const a = year % 19;
  const [b, c] = [floor(year / 100), year % 100];
  const moon = (19 * a + b - floor(b / 4) - floor((b - floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const sunday = (32 + 2 * (b % 4) + 2 * floor(c / 4) - moon - (c % 4)) % 7;
  const late = floor((a + 11 * moon + 22 * sunday) / 451);
  const position = moon + sunday - 7 * late + 114;
  return Date.UTC(year, floor(position / 31) - 1, (position % 31) + 1) / DAY_MS;
}
