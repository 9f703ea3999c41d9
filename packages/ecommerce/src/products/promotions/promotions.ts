import { DAY_MS } from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import { dayOfDate } from '../../geography/calendar.ts';
import { blackFridayOf } from '../../demand/seasonality.ts';

/** One rate for some products of a category, or for an order by a code, over some days. */
export interface Promotion {
  readonly name: string;
  /** What the customer enters; of coupons alone. */
  readonly code: string | undefined;
  /** Position in the catalogue's categories; of sales alone. */
  readonly category: number | undefined;
  readonly rate: number;
  /** Of the products of the category, those that take part. */
  readonly share: number;
  /** Days after launch, both inclusive; `lastDay` is infinite where no end is set. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Most rates of one category on one day. */
export const MAX_TIERS = 3;

const WEEKLY_RATES = [0.1, 0.1, 0.15, 0.15, 0.2, 0.2, 0.25, 0.3];
/** Rates of the sales of a season, and the shares of the products they are for; Black Week's are for many. */
const SEASON_TIERS = [
  [0.2, 0.14],
  [0.3, 0.1],
  [0.5, 0.05],
] as const;
const BLACK_WEEK_TIERS = [
  [0.15, 0.2],
  [0.25, 0.18],
  [0.4, 0.08],
] as const;
/** Categories with a winter and a summer sale. */
const SEASONAL = ['apparel', 'sports', 'home'];
/** Days from Black Friday: the Monday before to Cyber Monday. */
const BLACK_WEEK = { from: -4, to: 3 };
/** After the sign-up period promotions end, but for one without an end in each category. */
const LASTING = { rate: 0.2, share: 0.12 };
const WELCOME: Omit<Promotion, 'firstDay'> = {
  name: 'Welcome coupon',
  code: 'WELCOME10',
  category: undefined,
  rate: 0.1,
  share: 0,
  lastDay: Infinity,
};
/** Codes of the newsletter: name, month and day of the first day, and rate; each is valid for three weeks. */
const NEWSLETTERS = [
  ['SPRING', 3, 20, 0.1],
  ['SUMMER', 6, 20, 0.1],
  ['AUTUMN', 9, 20, 0.1],
  ['WINTER', 1, 10, 0.15],
] as const;
const NEWSLETTER_DAYS = 21;

/** The promotions of a day by category: places `MAX_TIERS · category` on hold its rates. */
export interface Offers {
  /** How many rates each category has. */
  readonly counts: Uint8Array;
  /** Shares of products up to and with each rate. */
  readonly shares: Float64Array;
  readonly rates: Float64Array;
  /** Position of the promotion in the list, or -1. */
  readonly positions: Int32Array;
  /** Position of the newsletter's coupon in the list, or -1. */
  readonly newsletter: number;
}

/**
 * All promotions of the sign-up period in the order in which they begin; a promotion's id is its position and one more.
 * The welcome coupon is the first.
 */
export class Promotions {
  readonly list: readonly Promotion[];
  readonly #categoryCount: number;
  /** Positions of those without an end. */
  readonly #lasting: readonly number[];
  readonly #longest: number;

  constructor(seed: number, launchDay: number, signupDays: number, categoryNames: readonly string[]) {
    this.#categoryCount = categoryNames.length;
    const years = yearsOf(launchDay, launchDay + signupDays - 1);
    const drawn = [
      ...categoryNames.flatMap((name, category) => [
        ...salesOf(seed, launchDay, signupDays, name, category),
        { ...LASTING, name: 'Outlet', code: undefined, category, firstDay: signupDays, lastDay: Infinity },
      ]),
      ...years.flatMap((year) => newslettersOf(year, launchDay)),
    ];
    const inside = drawn.filter(({ firstDay, lastDay }) => lastDay >= 0 && firstDay <= signupDays);
    // Sorting is stable, so promotions of a day are in the order of categories and rates.
    inside.sort((a, b) => a.firstDay - b.firstDay);
    this.list = [
      { ...WELCOME, firstDay: 0 },
      ...inside.map((promotion) => ({ ...promotion, firstDay: Math.max(0, promotion.firstDay) })),
    ];
    this.#lasting = [...this.list.keys()].filter(
      (position) => this.list[position]?.lastDay === Infinity && position > 0,
    );
    this.#longest = this.list.reduce(
      (longest, { firstDay, lastDay }) =>
        lastDay === Infinity ? longest : Math.max(longest, lastDay - firstDay),
      0,
    );
  }

  /** Number of promotions that have begun by a day after launch. */
  countThrough(day: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle] as Promotion).firstDay > day) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** What there is on a day after launch. */
  on(day: number): Offers {
    const offers = {
      counts: new Uint8Array(this.#categoryCount),
      shares: new Float64Array(MAX_TIERS * this.#categoryCount),
      rates: new Float64Array(MAX_TIERS * this.#categoryCount),
      positions: new Int32Array(MAX_TIERS * this.#categoryCount).fill(-1),
      newsletter: -1,
    };
    const end = this.countThrough(day);
    for (let position = end - 1; position > 0; position--) {
      const { firstDay, lastDay } = this.list[position] as Promotion;
      if (firstDay < day - this.#longest) break;
      if (lastDay !== Infinity) this.#add(position, day, offers);
    }
    for (const position of this.#lasting) if (position < end) this.#add(position, day, offers);
    return offers;
  }

  #add(position: number, day: number, offers: { -readonly [Name in keyof Offers]: Offers[Name] }): void {
    const { category, rate, share, firstDay, lastDay } = this.list[position] as Promotion;
    if (day < firstDay || day > lastDay) return;
    if (category === undefined) {
      offers.newsletter = position;
      return;
    }
    const tier = offers.counts[category] as number;
    if (tier === MAX_TIERS) return;
    const at = MAX_TIERS * category + tier;
    offers.counts[category] = tier + 1;
    offers.shares[at] = share + (tier === 0 ? 0 : (offers.shares[at - 1] as number));
    offers.rates[at] = rate;
    offers.positions[at] = position;
  }
}

type Sale = Promotion & { readonly category: number };

/** The sales of a category: those of seasons and Black Week, and between them some of a week or two. */
function salesOf(seed: number, launchDay: number, dayCount: number, name: string, category: number): Sale[] {
  const stream = new RandomStream(seed, 'promotions', name);
  const great = yearsOf(launchDay, launchDay + dayCount - 1).flatMap((year) =>
    greatSalesOf(year, launchDay, name, category),
  );
  const sales = great.flat();
  let day = 1 + stream.below(20);
  while (day < dayCount) {
    const firstDay = day;
    const lastDay = firstDay + 5 + stream.below(10);
    const [rate, share, pause] = [stream.below(WEEKLY_RATES.length), stream.uniform(), stream.below(20)];
    day = lastDay + 2 + pause;
    const meets = (sale: Sale) => firstDay <= sale.lastDay && lastDay >= sale.firstDay;
    if (great.some(([sale]) => sale !== undefined && meets(sale))) continue;
    sales.push({
      name: 'Offers of the week',
      code: undefined,
      category,
      rate: WEEKLY_RATES[rate] as number,
      share: 0.1 + 0.2 * share,
      firstDay,
      lastDay,
    });
  }
  return sales;
}

/** The great sales of a year, each with its rates. */
function greatSalesOf(year: number, launchDay: number, name: string, category: number): Sale[][] {
  const sale = (
    title: string,
    firstDay: number,
    lastDay: number,
    tiers: readonly (readonly [number, number])[],
  ) =>
    tiers.map(([rate, share]) => ({
      name: `${title} ${String(year)}`,
      code: undefined,
      category,
      rate,
      share,
      firstDay: firstDay - launchDay,
      lastDay: lastDay - launchDay,
    }));
  const blackFriday = blackFridayOf(year);
  const blackWeek = sale(
    'Black Week',
    blackFriday + BLACK_WEEK.from,
    blackFriday + BLACK_WEEK.to,
    BLACK_WEEK_TIERS,
  );
  if (!SEASONAL.includes(name)) return [blackWeek];
  return [
    blackWeek,
    sale('Winter sale', dayOfDate(year, 1, 8), dayOfDate(year, 1, 31), SEASON_TIERS),
    sale('Summer sale', dayOfDate(year, 7, 1), dayOfDate(year, 7, 28), SEASON_TIERS),
  ];
}

function newslettersOf(year: number, launchDay: number): Promotion[] {
  return NEWSLETTERS.map(([season, month, date, rate]) => {
    const firstDay = dayOfDate(year, month, date) - launchDay;
    return {
      name: 'Newsletter coupon',
      code: `${season}${String(year % 100).padStart(2, '0')}`,
      category: undefined,
      rate,
      share: 0,
      firstDay,
      lastDay: firstDay + NEWSLETTER_DAYS - 1,
    };
  });
}

/** The years of days since 1970. */
function yearsOf(firstDay: number, lastDay: number): number[] {
  const first = new Date(firstDay * DAY_MS).getUTCFullYear();
  const last = new Date(lastDay * DAY_MS).getUTCFullYear();
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
