import { AliasTable, zipfMandelbrotWeights } from '@datagen/core/random';
import { textDictionary } from '@datagen/core/generator';
import { COUNTRIES } from './countries.ts';
import { readCities, readNames } from '../word-lists.ts';

type TextDictionary = ReturnType<typeof textDictionary>;

/** Names to draw from: where each lies in the dictionary of its column, and how it is spelt in an e-mail address. */
interface NameList {
  readonly table: AliasTable;
  readonly indexes: Int32Array;
  /** The name at a position as an e-mail address has it, found at the first call: a small run draws few of them. */
  readonly spellingOf: (position: number) => Spelling;
}

/** A name in the letters of an e-mail address. */
interface Spelling {
  readonly ascii: Uint8Array;
  /** Names that are spelt alike have one number, in whatever list they are. */
  readonly number: number;
}

/** What people of a language region are called. */
export interface Region {
  readonly female: NameList;
  readonly male: NameList;
  /** Two views of one list: women and men draw the same surname in their own form. */
  readonly last: NameList;
  readonly lastFemale: NameList;
}

/** The regions that the people of a city come from, with the share up to and including each. */
export interface Population {
  readonly regions: readonly Region[];
  readonly cumulativeShares: readonly number[];
}

/** A country's cities and who lives in them. */
export interface Place {
  readonly cityTable: AliasTable;
  /** By city. */
  readonly populations: readonly Population[];
  /** Position of its first city in the dictionary of cities. */
  readonly firstCity: number;
}

/** Names and cities of all countries, in the order of `COUNTRIES`. */
export interface NameBook {
  readonly places: readonly Place[];
  readonly firstNames: TextDictionary;
  readonly lastNames: TextDictionary;
  readonly cities: TextDictionary;
}

// Heads as flat as those of name statistics: the top first name near 5 %, the top surname near 2 % of a region.
const FIRST_NAMES = { flatness: 30, exponent: 2.5 };
const LAST_NAMES = { flatness: 12, exponent: 1.1 };

let nameBook: NameBook | undefined;

/** The names and cities, read at the first call. */
export function loadNameBook(): NameBook {
  return (nameBook ??= makeNameBook());
}

function makeNameBook(): NameBook {
  const firstNames = new Map<string, number>();
  const lastNames = new Map<string, number>();
  const spellings = new Map<string, Spelling>();
  const regions = new Map<string, Region>();
  for (const [key, lists] of readNames()) {
    const isGerman = key === 'de' || key === 'at' || key === 'de_CH';
    regions.set(key, {
      female: nameList(lists.female, spellings, firstNames, FIRST_NAMES, isGerman),
      male: nameList(lists.male, spellings, firstNames, FIRST_NAMES, isGerman),
      last: nameList(lists.last, spellings, lastNames, LAST_NAMES, isGerman),
      lastFemale: nameList(lists.lastFemale ?? lists.last, spellings, lastNames, LAST_NAMES, isGerman),
    });
  }
  const citiesOf = readCities();
  const cities: string[] = [];
  const places = COUNTRIES.map(({ code, languages, cityLanguages = {} }): Place => {
    const inhabitants = Object.entries(citiesOf[code] ?? {});
    const firstCity = cities.length;
    cities.push(...inhabitants.map(([city]) => city));
    const populationOf = (shares: Readonly<Record<string, number>>): Population => {
      let sum = 0;
      return {
        regions: Object.keys(shares).map((key) => regions.get(key) as Region),
        cumulativeShares: Object.values(shares).map((share) => (sum += share)),
      };
    };
    const usual = populationOf({ [languages[0] as string]: 1 });
    return {
      cityTable: new AliasTable(inhabitants.map(([, count]) => count)),
      populations: inhabitants.map(([city]) => {
        const shares = cityLanguages[city];
        return shares === undefined ? usual : populationOf(shares);
      }),
      firstCity,
    };
  });
  return {
    places,
    firstNames: textDictionary([...firstNames.keys()]),
    lastNames: textDictionary([...lastNames.keys()]),
    cities: textDictionary(cities),
  };
}

function nameList(
  names: readonly string[],
  spellings: Map<string, Spelling>,
  dictionary: Map<string, number>,
  { flatness, exponent }: typeof FIRST_NAMES,
  isGerman: boolean,
): NameList {
  for (const name of names) if (!dictionary.has(name)) dictionary.set(name, dictionary.size);
  const known: (Spelling | undefined)[] = new Array<undefined>(names.length).fill(undefined);
  return {
    table: new AliasTable(zipfMandelbrotWeights(names.length, flatness, exponent)),
    indexes: Int32Array.from(names, (name) => dictionary.get(name) as number),
    spellingOf: (position) =>
      (known[position] ??= spell(foldToAscii(names[position] as string, isGerman), spellings)),
  };
}

const encoder = new TextEncoder();

/** The one spelling of a text. */
function spell(text: string, spellings: Map<string, Spelling>): Spelling {
  const known = spellings.get(text) ?? { ascii: encoder.encode(text), number: spellings.size };
  spellings.set(text, known);
  return known;
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** A name in the letters of an e-mail address: `Jürgen` as juergen, `Östberg` as ostberg, `De Vries` as devries. */
function foldToAscii(name: string, isGerman: boolean): string {
  const lower = name.toLowerCase();
  const spelt = isGerman ? lower.replace(/[äöü]/g, (letter) => UMLAUTS[letter] as string) : lower;
  return spelt
    .replace(/[ßłøæœđðþ]/g, (letter) => LETTERS[letter] as string)
    .normalize('NFD')
    .replace(/[^a-z-]/g, '');
}
