import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { countDifferences, sharesOf, sumBy, totalVariation } from '@datagen/testkit';
import { COUNTRIES } from '../../src/geography/countries.ts';
import { readNames } from '../../src/word-lists.ts';
import { SEEDS, tableOf } from '../realism-shop.ts';

const CURRENCY_OF: Readonly<Record<string, string>> = {
  DE: 'EUR',
  AT: 'EUR',
  FR: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
  IT: 'EUR',
  ES: 'EUR',
  CH: 'CHF',
  PL: 'PLN',
  SE: 'SEK',
};
const names = readNames();

function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

describe.each(SEEDS)('customers of seed %i', (seed) => {
  const customers = tableOf('customers', seed);
  const countries = customers.texts('country');

  it('E16: sign-ups follow growth and season, not a straight line', () => {
    const days = customers.numbers('signup_date');
    expect(countDifferences(days, days.slice().sort())).toBe(0);
    expect(new Date((days[0] as number) * DAY_MS).toISOString().slice(0, 10)).toBe('2022-01-01');
    const years = sumBy(days.map((day) => new Date(day * DAY_MS).getUTCFullYear()));
    const counts = [2022, 2023, 2024, 2025, 2026].map((year) => years.get(year) as number);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(60_000);
    const expected = sharesOf([0, 1, 2, 3, 4].map((year) => 1.1 ** year));
    sharesOf(counts).forEach((share, i) =>
      expect(Math.abs(share / (expected[i] as number) - 1)).toBeLessThan(0.05),
    );
    const months = sumBy(days.map((day) => new Date(day * DAY_MS).getUTCMonth()));
    expect((months.get(10) as number) / (60_000 / 12)).toBeGreaterThan(1.3);
  });

  it('E19: countries have their shares, each country one currency', () => {
    const counts = countTexts(countries);
    const shares = sharesOf(COUNTRIES.map(({ code }) => counts.get(code) ?? 0));
    const expected = COUNTRIES.map(({ share }) => share);
    expect(totalVariation(shares, expected)).toBeLessThanOrEqual(0.01);
    const currencies = customers.texts('currency');
    expect(Object.fromEntries(countries.map((country, i) => [country, currencies[i]]))).toEqual(CURRENCY_OF);
  });

  it('E20: e-mail addresses are unique, plain ASCII and at nobody’s domain', () => {
    const emails = customers.texts('email');
    expect(new Set(emails).size).toBe(customers.rowCount);
    const pattern = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*([2-9]|[1-9]\d+)?@example\.(com|org|net)$/;
    expect(emails.filter((email) => !pattern.test(email))).toEqual([]);
  });

  it('E20: an e-mail address has a number only where those before it are taken', () => {
    const taken = new Map<string, number>();
    const wrong = customers.texts('email').filter((email) => {
      const [, name = '', number = '1', domain = ''] = /^([a-z.-]+)(\d*)@(.+)$/.exec(email) ?? [];
      const before = taken.get(`${name}@${domain}`) ?? 0;
      taken.set(`${name}@${domain}`, before + 1);
      return Number(number === '' ? 1 : number) !== before + 1;
    });
    expect(wrong).toEqual([]);
    expect(taken.size / customers.rowCount).toBeGreaterThan(0.6);
  });

  it('E20: people of a country of several languages have names of the language of their city', () => {
    const shares = (region: string, cities: readonly string[]) => {
      const own = names.get(region);
      const lasts = new Set([...(own?.last ?? []), ...(own?.lastFemale ?? [])]);
      const lastNames = customers.texts('last_name');
      const people = customers
        .texts('city')
        .flatMap((city, i) => (cities.includes(city) ? [lastNames[i] as string] : []));
      expect(people.length).toBeGreaterThan(10);
      return people.filter((name) => lasts.has(name)).length / people.length;
    };
    expect(shares('fr_BE', ['Liège', 'Charleroi', 'Namur', 'Mons'])).toBe(1);
    expect(shares('nl_BE', ['Antwerpen', 'Gent', 'Brugge', 'Leuven'])).toBe(1);
    expect(shares('de_CH', ['Zürich', 'Bern', 'Basel', 'Luzern'])).toBe(1);
    expect(shares('fr_CH', ['Genève', 'Lausanne', 'Neuchâtel'])).toBe(1);
    expect(shares('it', ['Lugano', 'Bellinzona'])).toBe(1);
    // Both languages live in Brussels.
    expect(shares('nl_BE', ['Bruxelles'])).toBeGreaterThan(0.05);
    expect(shares('fr_BE', ['Bruxelles'])).toBeGreaterThan(0.6);
  });

  it('E20: people have names of their country, and e-mail addresses of their name', () => {
    const known = new Map<string, { first: Set<string>; last: Set<string> }>(
      COUNTRIES.map(({ code, languages }) => {
        const lists = languages.map((region) => names.get(region));
        const first = lists.flatMap((list) => [...(list?.female ?? []), ...(list?.male ?? [])]);
        const last = lists.flatMap((list) => [...(list?.last ?? []), ...(list?.lastFemale ?? [])]);
        return [code, { first: new Set(first), last: new Set(last) }];
      }),
    );
    const firstNames = customers.texts('first_name');
    const lastNames = customers.texts('last_name');
    const emails = customers.texts('email');
    const initial = (name: string) => name.normalize('NFD').charAt(0).toLowerCase().replace('ł', 'l');
    const strangers = countries.filter((country, i) => {
      const lists = known.get(country);
      const [first, last, email] = [firstNames[i] as string, lastNames[i] as string, emails[i] as string];
      const fits =
        email.startsWith(initial(first)) && email.split('.')[1]?.startsWith(initial(last)) === true;
      return !(lists?.first.has(first) === true && lists.last.has(last) && fits);
    });
    expect(strangers).toEqual([]);
  });

  it('E20: the most common surname has .3 to 3 % of the people', () => {
    const share = Math.max(...countTexts(customers.texts('last_name')).values()) / customers.rowCount;
    expect(share).toBeGreaterThanOrEqual(0.003);
    expect(share).toBeLessThanOrEqual(0.03);
  });

  it('customers are adults when they sign up, and 5 % are VIPs who order more', () => {
    const births = customers.numbers('birth_date');
    const ages = customers.numbers('signup_date').map((day, i) => (day - (births[i] as number)) / 365.25);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(18);
    expect(Math.max(...ages)).toBeLessThan(86);
    const vips = customers.numbers('is_vip');
    const vipShare = vips.reduce((a, b) => a + b, 0) / customers.rowCount;
    expect(Math.abs(vipShare - 0.05)).toBeLessThan(0.005);
    const orders = tableOf('orders', seed).numbers('customer_id');
    const vipOrders = orders.reduce((sum, id) => sum + (vips[id - 1] as number), 0) / orders.length;
    expect(vipOrders).toBeGreaterThan(0.15);
  });
});
