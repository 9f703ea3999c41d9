import { describe, expect, it } from '@jest/globals';
import { bytesText, countOf, countText } from '../src/text.ts';

describe('numbers in reports', () => {
  it('group digits', () => {
    expect([0, 999, 1_000, 1_234_567.6].map(countText)).toEqual(['0', '999', '1,000', '1,234,568']);
  });

  it('give sizes two or three digits', () => {
    expect([0, 999, 1_000, 9_949, 9_960, 999_499, 999_500, 1.5e9, 2e18].map(bytesText)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '9.9 kB',
      '10 kB',
      '999 kB',
      '1.0 MB',
      '1.5 GB',
      '2000 PB',
    ]);
  });

  it('are counts of things', () => {
    expect([0, 1, 1_000].map((count) => countOf(count, 'file'))).toEqual([
      '0 files',
      '1 file',
      '1,000 files',
    ]);
  });
});
