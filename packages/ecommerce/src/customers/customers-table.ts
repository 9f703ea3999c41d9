import { AliasTable } from '@datagen/core/random';
import {
  type BatchBuilder,
  boolean,
  category,
  column,
  date,
  defineTable,
  firstRowOf,
  int64,
  rowBlocks,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { COUNTRIES, CURRENCIES, CURRENCY_OF_COUNTRY } from '../geography/countries.ts';
import { CUSTOMER_DRAWS } from '../draws.ts';
import type { DemandCurve, SignupCurve } from '../demand/signups.ts';
import type { NameBook, Place } from '../geography/names.ts';
import type { CustomerTraits } from './customer-traits.ts';

const customersTable = defineTable({
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

/** What customers are like, and when they sign up. */
interface CustomerModel {
  readonly traits: CustomerTraits;
  readonly names: NameBook;
  readonly signups: SignupCurve;
  readonly demand: DemandCurve;
}

/** The table `customers`, in the order of sign-up. */
export function customersSource(customerCount: number, model: () => CustomerModel): TableSource {
  return {
    table: customersTable,
    blocks: (_, wanted) => rowBlocks(customerCount, wanted),
    open: (block) => {
      const firstRow = firstRowOf(block);
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fillCustomers(model(), builder, firstRow + start);
        },
      };
    },
  };
}

/** Fills the rows from customer `firstRow` on. */
function fillCustomers(
  { traits, names, signups, demand }: CustomerModel,
  builder: BatchBuilder,
  firstRow: number,
): void {
  const { random, vipRate } = traits;

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
    const key = random.key(row);
    const draw = (number: number) => random.uniformOf(key, number);
    while (signups.through(day) <= row) day++;
    const countryIndex = traits.countryOf(key);
    const place = names.places[countryIndex] as Place;
    let regionIndex = 0;
    if (place.regions.length > 1) {
      const u = draw(CUSTOMER_DRAWS.region);
      while (regionIndex < place.regions.length - 1 && u >= (place.cumulativeShares[regionIndex] as number))
        regionIndex++;
    }
    const people = place.regions[regionIndex] as Place['regions'][number];
    const isFemale = draw(CUSTOMER_DRAWS.isFemale) < 0.5;
    const firstNames = isFemale ? people.female : people.male;
    const lastNames = isFemale ? people.lastFemale : people.last;
    const firstIndex = firstNames.table.pick(
      draw(CUSTOMER_DRAWS.firstName),
      draw(CUSTOMER_DRAWS.firstName + 1),
    );
    const lastIndex = lastNames.table.pick(draw(CUSTOMER_DRAWS.lastName), draw(CUSTOMER_DRAWS.lastName + 1));

    customerId.set(i, row + 1);
    firstName.indexes[i] = firstNames.indexes[firstIndex] as number;
    lastName.indexes[i] = lastNames.indexes[lastIndex] as number;
    email.appendBytes(firstNames.ascii[firstIndex] as Uint8Array);
    email.appendBytes(DOT);
    email.appendBytes(lastNames.ascii[lastIndex] as Uint8Array);
    email.appendInteger(row + 1);
    email.appendBytes(DOMAINS[(draw(CUSTOMER_DRAWS.domain) * DOMAINS.length) | 0] as Uint8Array);
    email.endRow();
    const signupDay = demand.launchDay + day;
    const age =
      YOUNGEST +
      AGES.pick(draw(CUSTOMER_DRAWS.age), draw(CUSTOMER_DRAWS.age + 1)) +
      draw(CUSTOMER_DRAWS.birthday);
    birthDate.values[i] = signupDay - Math.ceil(age * YEAR_DAYS);
    city.indexes[i] =
      place.firstCity + place.cityTable.pick(draw(CUSTOMER_DRAWS.city), draw(CUSTOMER_DRAWS.city + 1));
    country.indexes[i] = countryIndex;
    currency.indexes[i] = CURRENCY_OF_COUNTRY[countryIndex] as number;
    signupDate.values[i] = signupDay;
    if (traits.rateOf(key) > vipRate) isVip.setTrue(i);
  }
}
