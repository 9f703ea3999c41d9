import type { KeyedRandom } from '@datagen/core/random';

const DIGITS = '0123456789';
const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** A FIGI has no vowels, so that it is never a word. */
const CONSONANTS_AND_DIGITS = '0123456789BCDFGHJKLMNPQRSTVWXYZ';
/** Draws of a listing that identifiers are made of. */
const [CUSIP_DRAW, FIGI_DRAW] = [100, 200] as const;

/**
 * An invented International Securities Identification Number (ISO 6166) with a valid check digit: of a CUSIP, which has
 * one of its own, in New York, of a German security number in Frankfurt.
 */
export function inventedIsin(random: KeyedRandom, exchange: string): string {
  if (exchange === 'XETR') {
    const number = `DE000${characters(random, CUSIP_DRAW, 6, LETTERS_AND_DIGITS)}`;
    return number + isinCheckDigit(number);
  }
  const issuer =
    characters(random, CUSIP_DRAW, 5, DIGITS) + characters(random, CUSIP_DRAW + 5, 1, LETTERS_AND_DIGITS);
  // Issue 10 is the first common share of an issuer.
  const cusip = `${issuer}10`;
  const number = `US${cusip}${addDoubled(Array.from(cusip, valueOf), 1)}`;
  return number + isinCheckDigit(number);
}

/** An invented Financial Instrument Global Identifier with a valid check digit. */
export function inventedFigi(random: KeyedRandom): string {
  const figi = `BBG${characters(random, FIGI_DRAW, 8, CONSONANTS_AND_DIGITS)}`;
  return figi + addDoubled(Array.from(figi, valueOf), 1);
}

function characters(random: KeyedRandom, draw: number, count: number, alphabet: string): string {
  let text = '';
  for (let i = 0; i < count; i++) text += alphabet.charAt(random.uint32(0, draw + i) % alphabet.length);
  return text;
}

/** 0 to 9, then A is 10. */
function valueOf(character: string): number {
  return LETTERS_AND_DIGITS.indexOf(character);
}

/** Luhn's check digit over the digits of a number whose letters are two digits each. */
function isinCheckDigit(number: string): string {
  const digits = Array.from(number, (character) => String(valueOf(character))).join('');
  return addDoubled(Array.from(digits, valueOf), digits.length % 2 === 0 ? 1 : 0);
}

/** The digit that the digits of the values, every second one doubled from the position `from` on, lack of a ten. */
function addDoubled(values: readonly number[], from: 0 | 1): string {
  let sum = 0;
  values.forEach((value, i) => {
    const weighed = i % 2 === from ? 2 * value : value;
    sum += Math.floor(weighed / 10) + (weighed % 10);
  });
  return String((10 - (sum % 10)) % 10);
}
