import {
  AliasTable,
  type BatchBuilder,
  boolean,
  category,
  column,
  date,
  defineTable,
  int64,
  KeyedRandom,
  text,
  textDictionary,
} from '@datagen/core';
import { COUNTRIES, CURRENCIES, CURRENCY_OF_COUNTRY } from '../countries.ts';
import type { Place } from '../names.ts';
import type { Shop } from '../shop.ts';

export const customersTable = defineTable({
  name: 'customers',
  description: 'A person with an account at the shop.',
  primaryKey: ['customer_id'],
  sortedBy: ['customer_id'],
  columns: [
    column('customer_id', int64(), 'Number of the customer in the order of sign-up, from 1', {
      distinct: true,
    }),
    column('first_name', category(), 'First name, from the names of the country'),
    column('last_name', category(), 'Surname, from the names of the country'),
    column('email', text(), 'E-mail address in a domain reserved for examples; unique', { distinct: true }),
    column('birth_date', date(), 'Date of birth; at least 18 years before the sign-up'),
    column('city', category(), 'City of residence: one of the largest of the country, by inhabitants'),
    column('country', category(), 'Country of residence, ISO 3166 code'),
    column('currency', category(), 'Currency the customer pays in, ISO 4217 code'),
    column('signup_date', date(), 'UTC day of the sign-up'),
    column('is_vip', boolean(), 'Whether the customer is one of the 5 % who buy most often while active'),
  ],
});

const countryCodes = textDictionary(COUNTRIES.map(({ code }) => code));
const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));

const encoder = new TextEncoder();
const DOT = encoder.encode('.');
// RFC 2606, section 3: never anybody's address.
const DOMAINS = ['@example.com', '@example.org', '@example.net'].map((domain) => encoder.encode(domain));

const YOUNGEST = 18;
const YEAR_DAYS = 365.25;
/** Ages at sign-up from 18 to 84: a bell around 38. */
const AGES = new AliasTable(
  Array.from({ length: 67 }, (_, i) =>
    Math.exp(-0.5 * ((i + YOUNGEST - 38) / 14) * ((i + YOUNGEST - 38) / 14)),
  ),
);

/** Fills the rows from customer `firstRow` on. */
export function fillCustomers(shop: Shop, builder: BatchBuilder, firstRow: number): void {
  const { customers, names, signups, demand, config } = shop;
  const random = (name: string) => new KeyedRandom(config.seed, 'customers', name);
  const [region, first, last, domain, birth, town] = [
    random('region'),
    random('first_name'),
    random('last_name'),
    random('email'),
    random('birth_date'),
    random('city'),
  ];
  const vipRate = shop.vipRate;

  const customerId = builder.int64('customer_id');
  const firstName = builder.dictionary('first_name', names.firstNames);
  const lastName = builder.dictionary('last_name', names.lastNames);
  const email = builder.utf8('email');
  const birthDate = builder.date('birth_date');
  const city = builder.dictionary('city', names.cities);
  const country = builder.dictionary('country', countryCodes);
  const currency = builder.dictionary('currency', currencyCodes);
  const signupDate = builder.date('signup_date');
  const isVip = builder.boolean('is_vip');

  let day = signups.dayOf(firstRow);
  for (let i = 0; i < builder.length; i++) {
    const row = firstRow + i;
    while (signups.through(day) <= row) day++;
    const countryIndex = customers.countries[row] as number;
    const place = names.places[countryIndex] as Place;
    let regionIndex = 0;
    if (place.regions.length > 1) {
      const u = region.uniform(row);
      while (regionIndex < place.regions.length - 1 && u >= (place.cumulativeShares[regionIndex] as number))
        regionIndex++;
    }
    const people = place.regions[regionIndex] as Place['regions'][number];
    const isFemale = first.uniform(row, 2) < 0.5;
    const firstNames = isFemale ? people.female : people.male;
    const lastNames = isFemale ? people.lastFemale : people.last;
    const firstIndex = firstNames.table.pick(first.uniform(row), first.uniform(row, 1));
    const lastIndex = lastNames.table.pick(last.uniform(row), last.uniform(row, 1));

    customerId.set(i, row + 1);
    firstName.indexes[i] = firstNames.indexes[firstIndex] as number;
    lastName.indexes[i] = lastNames.indexes[lastIndex] as number;
    email.appendBytes(firstNames.ascii[firstIndex] as Uint8Array);
    email.appendBytes(DOT);
    email.appendBytes(lastNames.ascii[lastIndex] as Uint8Array);
    email.appendInteger(row + 1);
    email.appendBytes(DOMAINS[domain.uint32(row) % DOMAINS.length] as Uint8Array);
    email.endRow();
    const signupDay = demand.launchDay + day;
    const age = YOUNGEST + AGES.pick(birth.uniform(row), birth.uniform(row, 1)) + birth.uniform(row, 2);
    birthDate.values[i] = signupDay - Math.ceil(age * YEAR_DAYS);
    city.indexes[i] = place.firstCity + place.cityTable.pick(town.uniform(row), town.uniform(row, 1));
    country.indexes[i] = countryIndex;
    currency.indexes[i] = CURRENCY_OF_COUNTRY[countryIndex] as number;
    signupDate.values[i] = signupDay;
    if ((customers.rates[row] as number) > vipRate) isVip.setTrue(i);
  }
}
