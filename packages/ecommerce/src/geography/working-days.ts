import { DAY_MS, HOUR_MS } from '@datagen/core/generator';
import { dayOfDate, easterSundayOf, isSummerTime, weekdayOf } from './calendar.ts';
import { COUNTRIES, type CountryCode } from './countries.ts';

// Days after Easter Sunday.
const GOOD_FRIDAY = -2;
const EASTER_MONDAY = 1;
const ASCENSION = 39;
const WHIT_MONDAY = 50;
const CORPUS_CHRISTI = 60;

/** Public holidays without delivery. */
interface Holidays {
  /** Dates as 100 · month + day. */
  readonly fixed: readonly number[];
  /** Days after Easter Sunday. */
  readonly moving: readonly number[];
}

/** Holidays of the whole country, by law of each; in Sweden with the eves on which parcels are not delivered. */
const HOLIDAYS: Readonly<Record<CountryCode, Holidays>> = {
  DE: { fixed: [101, 501, 1003, 1225, 1226], moving: [GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY] },
  FR: {
    fixed: [101, 501, 508, 714, 815, 1101, 1111, 1225],
    moving: [EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
  },
  ES: { fixed: [101, 106, 501, 815, 1012, 1101, 1206, 1208, 1225], moving: [GOOD_FRIDAY] },
  IT: { fixed: [101, 106, 425, 501, 602, 815, 1101, 1208, 1225, 1226], moving: [EASTER_MONDAY] },
  PL: {
    fixed: [101, 106, 501, 503, 815, 1101, 1111, 1225, 1226],
    moving: [EASTER_MONDAY, CORPUS_CHRISTI],
  },
  NL: { fixed: [101, 427, 1225, 1226], moving: [EASTER_MONDAY, ASCENSION, WHIT_MONDAY] },
  SE: {
    fixed: [101, 106, 501, 606, 1224, 1225, 1226, 1231],
    moving: [GOOD_FRIDAY, EASTER_MONDAY, ASCENSION],
  },
  BE: { fixed: [101, 501, 721, 815, 1101, 1111, 1225], moving: [EASTER_MONDAY, ASCENSION, WHIT_MONDAY] },
  CH: { fixed: [101, 801, 1225, 1226], moving: [GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY] },
  AT: {
    fixed: [101, 106, 501, 815, 1026, 1101, 1208, 1225, 1226],
    moving: [EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI],
  },
};
/** Days on which banks of the euro area settle no payments (TARGET closing days), besides weekends. */
const BANK_HOLIDAYS: Holidays = { fixed: [101, 501, 1225, 1226], moving: [GOOD_FRIDAY, EASTER_MONDAY] };

const DAY_SECONDS = DAY_MS / 1000;
const SUNDAY = 6;
const SATURDAY = 5;

/** Parcels leave from Germany and come back there. */
const WAREHOUSE_COUNTRY = 'DE';
/** Who works has a number: the carriers of each country its place in `COUNTRIES`, banks the one after. */
const BANKS = COUNTRIES.length;
/** Hours of work begin at this hour of local time. */
const OPENING_HOUR = 8;

/** The latest day that is asked for: orders end with the year 2250, and what becomes of them within the next one. */
const LAST_YEAR = 2252;

/**
 * On which days carriers, the warehouse and banks work, and when. Years are looked at when they are asked for; pages of
 * memory that nobody asks for cost nothing.
 */
export class WorkingDays {
  static readonly banks = BANKS;
  static readonly warehouse = numberOf(WAREHOUSE_COUNTRY);

  /** By number of who works, and by day since 1970: the first working day from it on. */
  readonly next: readonly Int32Array[];
  /** By day since 1970: when hours of work begin, in seconds since 1970. */
  readonly opening: Float64Array;
  readonly #isKnown = new Uint8Array(LAST_YEAR + 1);

  constructor() {
    const dayCount = dayOfDate(LAST_YEAR + 1, 1, 1);
    this.next = Array.from({ length: BANKS + 1 }, () => new Int32Array(dayCount));
    this.opening = new Float64Array(dayCount);
  }

  /** Fills the arrays from a day on, for a year at least. */
  prepare(day: number): void {
    const year = new Date(day * DAY_MS).getUTCFullYear();
    if (this.#isKnown[year] === 1) return;
    // Each year needs the beginning of the next one.
    for (const filled of [year + 1, year]) if (filled <= LAST_YEAR) this.#fillYear(filled);
    this.#isKnown[year] = 1;
  }

  #fillYear(year: number): void {
    const first = dayOfDate(year, 1, 1);
    const end = dayOfDate(year + 1, 1, 1);
    for (let day = first; day < end; day++) {
      const offset = isSummerTime(day * DAY_MS + 12 * HOUR_MS) ? 2 : 1;
      this.opening[day] = day * DAY_SECONDS + (OPENING_HOUR - offset) * 3_600;
    }
    for (const { code } of COUNTRIES)
      this.#fill(numberOf(code), closedDays(year, HOLIDAYS[code]), first, end, SUNDAY);
    this.#fill(BANKS, closedDays(year, BANK_HOLIDAYS), first, end, SATURDAY);
    // Midsummer's eve and day: the Friday and the Saturday from 20 June on.
    const june20 = dayOfDate(year, 6, 20);
    const midsummer = june20 + ((SATURDAY - weekdayOf(june20) + 7) % 7);
    const swedish = new Set([...closedDays(year, HOLIDAYS.SE), midsummer - 1, midsummer]);
    this.#fill(numberOf('SE'), swedish, first, end, SUNDAY);
  }

  /** Fills the next working days of a year, from its last day back; weekends begin with `weekend`. */
  #fill(number: number, closed: ReadonlySet<number>, first: number, end: number, weekend: number): void {
    const next = this.next[number] as Int32Array;
    // The first working day of the next year is one of its first days, where that is not known yet.
    let working = next[end] === undefined || next[end] === 0 ? end + 1 : next[end];
    for (let day = end - 1; day >= first; day--) {
      if (weekdayOf(day) < weekend && !closed.has(day)) working = day;
      next[day] = working;
    }
  }
}

/** The holidays of a year. */
function closedDays(year: number, { fixed, moving }: Holidays): ReadonlySet<number> {
  const easter = easterSundayOf(year);
  return new Set([
    ...fixed.map((date) => dayOfDate(year, Math.floor(date / 100), date % 100)),
    ...moving.map((distance) => easter + distance),
  ]);
}

function numberOf(country: CountryCode): number {
  return COUNTRIES.findIndex(({ code }) => code === country);
}
