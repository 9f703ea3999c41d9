import { describe, expect, it } from '@jest/globals';
import { CURRENCIES, type Currency } from '../../../src/geography/countries.ts';
import { euroPrice, localPrice } from '../../../src/products/prices/price-tags.ts';

const currencyOf = (code: string) => CURRENCIES.find((currency) => currency.code === code) as Currency;

describe('euroPrice', () => {
  it('stays near the value and above nothing, whatever the ending', () => {
    for (const euros of [0.2, 0.7, 1.3, 4.4, 9.97, 12.3, 49.5, 99.4, 104, 333, 999, 1_234, 4_990]) {
      for (let i = 0; i < 50; i++) {
        const cents = euroPrice(euros, (i + 0.5) / 50);
        expect(cents).toBeGreaterThanOrEqual(25);
        expect(Math.abs(cents - euros * 100)).toBeLessThanOrEqual(Math.max(80, euros * 6));
      }
    }
  });

  it.each([
    [37.2, 0.1, 3_699],
    [37.2, 0.7, 3_749],
    [37.2, 0.8, 3_695],
    [123, 0.5, 11_999],
    [123, 0.8, 11_900],
    [1_234, 0.5, 124_999],
    [2.31, 0.7, 229],
  ])('tags %d with %d as %i cents', (euros, u, cents) => {
    expect(euroPrice(euros, u)).toBe(cents);
  });
});

describe('localPrice', () => {
  it.each([
    ['EUR', 3_699, 3_699],
    ['SEK', 3_699, 41_900],
    ['SEK', 24_900, 279_900],
    ['CHF', 3_699, 3_590],
    ['CHF', 249, 240],
    ['CHF', 24_900, 23_900],
    ['PLN', 3_699, 16_299],
    ['PLN', 29, 99],
  ])('in %s of %i euro cents is %i', (code, euroCents, expected) => {
    expect(localPrice(euroCents, currencyOf(code))).toBe(expected);
  });
});
