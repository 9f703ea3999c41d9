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
  once,
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
import { EmailNumbers } from './email-numbers.ts';
import { Person } from './person.ts';

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
    column(
      'email',
      text(),
      'E-mail address in a domain reserved for examples; with a number where it was taken; unique',
      { distinct: true },
    ),
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
  /** Days after launch from which nothing is known; infinite where all is. */
  readonly observedDays: number;
}

/** The table `customers`, in the order of sign-up, up to the last customer that is known. */
export function customersSource(model: () => CustomerModel): TableSource {
  const emailNumbers = once(() => {
    const { traits, names } = model();
    return new EmailNumbers(traits, names);
  });
  return {
    table: customersTable,
    blocks: (_, wanted) => {
      const { signups, observedDays } = model();
      return rowBlocks(signups.through(observedDays - 1), wanted);
    },
    open: (block) => {
      const firstRow = firstRowOf(block);
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fillCustomers(model(), emailNumbers(), builder, firstRow + start);
        },
      };
    },
  };
}

/** Fills the rows from customer `firstRow` on. */
function fillCustomers(
  { traits, names, signups, demand }: CustomerModel,
  emailNumbers: EmailNumbers,
  builder: BatchBuilder,
  firstRow: number,
): void {
  const { random, vipRate } = traits;
  const person = new Person(traits, names);
  const numbers = emailNumbers.through(firstRow + builder.length);

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
    while (signups.through(day) <= row) day++;
    person.draw(key);
    customerId.set(i, row + 1);
    firstName.indexes[i] = person.firstNames.indexes[person.firstName] as number;
    lastName.indexes[i] = person.lastNames.indexes[person.lastName] as number;
    email.appendBytes(person.firstNames.spellingOf(person.firstName).ascii);
    email.appendBytes(DOT);
    email.appendBytes(person.lastNames.spellingOf(person.lastName).ascii);
    const number = numbers[row] as number;
    if (number > 1) email.appendInteger(number);
    email.appendBytes(DOMAINS[person.domain] as Uint8Array);
    email.endRow();
    const signupDay = demand.launchDay + day;
    const age =
      YOUNGEST +
      AGES.pick(random.uniformOf(key, CUSTOMER_DRAWS.age), random.uniformOf(key, CUSTOMER_DRAWS.age + 1)) +
      random.uniformOf(key, CUSTOMER_DRAWS.birthday);
    birthDate.values[i] = signupDay - Math.ceil(age * YEAR_DAYS);
    city.indexes[i] = (names.places[person.country] as Place).firstCity + person.city;
    country.indexes[i] = person.country;
    currency.indexes[i] = CURRENCY_OF_COUNTRY[person.country] as number;
    signupDate.values[i] = signupDay;
    if (traits.rateOf(key) > vipRate) isVip.setTrue(i);
  }
}
