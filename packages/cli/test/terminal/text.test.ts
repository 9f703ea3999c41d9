import { describe, expect, it } from '@jest/globals';
import { durationText, rateText, shellWord } from '../../src/terminal/text.ts';

describe('numbers in reports', () => {
  it('give times in the unit one would say', () => {
    expect(
      [0, 1_240, 9_960, 59_400, 59_600, 125_000, 3_599_700, 3_780_000, 11_070_000_000].map(durationText),
    ).toEqual([
      '0.0 s',
      '1.2 s',
      '10 s',
      '59 s',
      '1 min 00 s',
      '2 min 05 s',
      '1 h 00 min',
      '1 h 03 min',
      '128 days',
    ]);
  });

  it('give rates three digits', () => {
    expect([rateText(1_234_567, 1_000), rateText(5, 0)]).toEqual(['1,230,000 rows/s', '5,000 rows/s']);
  });
});

describe('words for a shell', () => {
  it.each([
    ['./out/2026-01', './out/2026-01'],
    ['a b', `'a b'`],
    ["it's", `"it's"`],
    ["it's $5", `'it'\\''s $5'`],
    ['', `''`],
    ['*', `'*'`],
    ['[ab]', `'[ab]'`],
    ['=ls', `'=ls'`],
    ['~/x', `'~/x'`],
    ['a=b', 'a=b'],
    ['history!', `'history!'`],
  ])('quotes %j as %s', (word, quoted) => {
    expect(shellWord(word)).toBe(quoted);
  });
});
