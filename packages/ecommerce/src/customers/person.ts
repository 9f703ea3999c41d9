import { CUSTOMER_DRAWS } from '../draws.ts';
import type { NameBook, Place, Population, Region } from '../geography/names.ts';
import type { CustomerTraits } from './customer-traits.ts';

/** Number of the domains of e-mail addresses. */
export const DOMAIN_COUNT = 3;

/**
 * Who a customer is: where they live and what they are called. One object is moved from customer to customer by `draw`,
 * so that no object is made per row.
 */
export class Person {
  readonly #traits: CustomerTraits;
  readonly #names: NameBook;
  /** Position in `COUNTRIES`. */
  country = 0;
  /** Position among the cities of the country. */
  city = 0;
  firstNames: Region['male'];
  /** Position in `firstNames`. */
  firstName = 0;
  lastNames: Region['last'];
  /** Position in `lastNames`. */
  lastName = 0;
  /** Position among the domains of e-mail addresses. */
  domain = 0;

  constructor(traits: CustomerTraits, names: NameBook) {
    this.#traits = traits;
    this.#names = names;
    const { regions } = (names.places[0] as Place).populations[0] as Population;
    this.firstNames = (regions[0] as Region).male;
    this.lastNames = (regions[0] as Region).last;
  }

  /** Becomes the customer of a key. */
  draw(key: number): void {
    const { random } = this.#traits;
    this.country = this.#traits.countryOf(key);
    const place = this.#names.places[this.country] as Place;
    this.city = place.cityTable.pick(
      random.uniformOf(key, CUSTOMER_DRAWS.city),
      random.uniformOf(key, CUSTOMER_DRAWS.city + 1),
    );
    const { regions, cumulativeShares } = place.populations[this.city] as Population;
    let region = 0;
    if (regions.length > 1) {
      const u = random.uniformOf(key, CUSTOMER_DRAWS.region);
      while (region < regions.length - 1 && u >= (cumulativeShares[region] as number)) region++;
    }
    const people = regions[region] as Region;
    const isFemale = random.uniformOf(key, CUSTOMER_DRAWS.isFemale) < 0.5;
    this.firstNames = isFemale ? people.female : people.male;
    this.lastNames = isFemale ? people.lastFemale : people.last;
    this.firstName = this.firstNames.table.pick(
      random.uniformOf(key, CUSTOMER_DRAWS.firstName),
      random.uniformOf(key, CUSTOMER_DRAWS.firstName + 1),
    );
    this.lastName = this.lastNames.table.pick(
      random.uniformOf(key, CUSTOMER_DRAWS.lastName),
      random.uniformOf(key, CUSTOMER_DRAWS.lastName + 1),
    );
    this.domain = (random.uniformOf(key, CUSTOMER_DRAWS.domain) * DOMAIN_COUNT) | 0;
  }
}
