import { KeyedRandom } from '@datagen/core/random';
import type { Utf8Column } from '@datagen/core/generator';
import type { Catalogue } from './catalogue.ts';
import type { ProductKind } from './kinds.ts';
import type { Category } from '../word-lists.ts';

// Standard normal bounds: a quarter of a kind's products are basic, a fifth premium.
const BASIC_BELOW = -0.7;
const PREMIUM_ABOVE = 0.85;

type Words = readonly Uint8Array[];

interface Phrases {
  readonly brands: Words;
  /** Words of product lines below, around and above the usual price. */
  readonly basic: Words;
  readonly standard: Words;
  readonly premium: Words;
}

interface KindPhrases {
  /** By size. */
  readonly nouns: Words;
  readonly variants: Words;
  readonly titles: readonly [Words, Words] | undefined;
}

const encoder = new TextEncoder();
const encode = (words: readonly string[]): Words => words.map((word) => encoder.encode(word));
const SPACE = encoder.encode(' ');
const COMMA = encoder.encode(', ');
const OPEN = encoder.encode(' (');
const CLOSE = encoder.encode(')');

/** Names products after what they are and cost: `Fjellkind Premium Wool Coat, Camel`, `The Glass Harbour (Paperback)`. */
export class ProductNamer {
  readonly #catalogue: Catalogue;
  readonly #brand: KeyedRandom;
  readonly #word: KeyedRandom;
  readonly #phrases: readonly Phrases[];
  readonly #kinds: readonly KindPhrases[];

  constructor(seed: number, catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#brand = new KeyedRandom(seed, 'products', 'brand');
    this.#word = new KeyedRandom(seed, 'products', 'name');
    this.#phrases = catalogue.categories.map(({ brands, basic, standard, premium }: Category) => ({
      brands: encode(brands),
      basic: encode(basic),
      standard: encode(standard),
      premium: encode(premium),
    }));
    this.#kinds = catalogue.kinds.map(({ sizes, subcategory: { variants, titles } }: ProductKind) => ({
      nouns: encode(sizes.map(({ noun }) => noun)),
      variants: encode(variants),
      titles: titles && [encode(titles[0]), encode(titles[1])],
    }));
  }

  /** Position of a product's brand among those of its category. */
  brandOf(row: number): number {
    const { brands } = this.#phrases[this.#catalogue.categoryOf[row] as number] as Phrases;
    return this.#brand.uint32(row) % brands.length;
  }

  /** Appends the name of a product to its row of a column. */
  appendName(column: Utf8Column, row: number): void {
    const phrases = this.#phrases[this.#catalogue.categoryOf[row] as number] as Phrases;
    const kind = this.#kinds[this.#catalogue.kindOf[row] as number] as KindPhrases;
    const noun = kind.nouns[this.#catalogue.sizeOf[row] as number] as Uint8Array;
    if (kind.titles) {
      column.appendBytes(this.#pick(kind.titles[0], row, 0));
      column.appendBytes(SPACE);
      column.appendBytes(this.#pick(kind.titles[1], row, 1));
      column.appendBytes(OPEN);
      column.appendBytes(noun);
      column.appendBytes(CLOSE);
      return;
    }
    const dearness = this.#catalogue.dearness[row] as number;
    const line =
      dearness < BASIC_BELOW ? phrases.basic : dearness > PREMIUM_ABOVE ? phrases.premium : phrases.standard;
    column.appendBytes(phrases.brands[this.brandOf(row)] as Uint8Array);
    column.appendBytes(SPACE);
    column.appendBytes(this.#pick(line, row, 0));
    column.appendBytes(SPACE);
    column.appendBytes(noun);
    if (kind.variants.length > 0) {
      column.appendBytes(COMMA);
      column.appendBytes(this.#pick(kind.variants, row, 1));
    }
  }

  #pick(words: Words, row: number, draw: number): Uint8Array {
    return words[this.#word.uint32(row, draw) % words.length] as Uint8Array;
  }
}
