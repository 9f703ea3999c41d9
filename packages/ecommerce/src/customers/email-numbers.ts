import type { NameBook } from '../geography/names.ts';
import type { CustomerTraits } from './customer-traits.ts';
import { DOMAIN_COUNT, Person } from './person.ts';

/** Names that are spelt differently: far more than the lists have. */
const MAX_SPELLINGS = 1 << 14;
const FIRST_CAPACITY = 1 << 12;
/** No address has this code, which is above 0. */
const FREE = 0;

/**
 * The number in each customer's e-mail address: none for the first of that name and domain to sign up, 2 for the second,
 * and so on. Customers are looked at once, in the order of rows and as far as asked for, some 100 ns each; 2 bytes a
 * customer stay, and 6 to 12 bytes an address.
 */
export class EmailNumbers {
  readonly #traits: CustomerTraits;
  readonly #person: Person;
  /** By row, from 1; up to `#through` so far. */
  #numbers = new Uint16Array(0);
  #through = 0;
  /** Codes of addresses that are taken, by open addressing, and how many customers have each. */
  #taken = new Int32Array(FIRST_CAPACITY);
  #counts = new Uint16Array(FIRST_CAPACITY);
  #takenCount = 0;

  constructor(traits: CustomerTraits, names: NameBook) {
    this.#traits = traits;
    this.#person = new Person(traits, names);
  }

  /** The numbers of all rows below `end` at least, from row 0 on: 1 for an address without a number. */
  through(end: number): Uint16Array {
    if (end > this.#numbers.length) {
      const grown = new Uint16Array(Math.max(end, 2 * this.#numbers.length));
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    for (; this.#through < end; this.#through++) {
      this.#person.draw(this.#traits.random.key(this.#through));
      this.#numbers[this.#through] = this.#take(codeOf(this.#person));
    }
    return this.#numbers;
  }

  /** Takes the address for one more customer; returns how many have it now. */
  #take(code: number): number {
    if (2 * this.#takenCount >= this.#taken.length) this.#grow();
    const at = placeOf(code, this.#taken);
    if (this.#taken[at] === FREE) {
      this.#taken[at] = code;
      this.#takenCount++;
    }
    return (this.#counts[at] = (this.#counts[at] as number) + 1);
  }

  #grow(): void {
    const [taken, counts] = [this.#taken, this.#counts];
    this.#taken = new Int32Array(2 * taken.length);
    this.#counts = new Uint16Array(2 * taken.length);
    for (let at = 0; at < taken.length; at++) {
      const code = taken[at] as number;
      if (code === FREE) continue;
      const place = placeOf(code, this.#taken);
      this.#taken[place] = code;
      this.#counts[place] = counts[at] as number;
    }
  }
}

/** A whole number above 0 for each pair of spellings and domain. */
function codeOf({ firstNames, firstName, lastNames, lastName, domain }: Person): number {
  const first = firstNames.spellingOf(firstName).number;
  const last = lastNames.spellingOf(lastName).number;
  return 1 + domain + DOMAIN_COUNT * (first * MAX_SPELLINGS + last);
}

/** Where a code lies, or the free place where it would. */
function placeOf(code: number, taken: Int32Array): number {
  const mask = taken.length - 1;
  const mixed = Math.imul(code, 0x9e3779b1);
  let at = (mixed ^ (mixed >>> 15)) & mask;
  while (taken[at] !== FREE && taken[at] !== code) at = (at + 1) & mask;
  return at;
}
