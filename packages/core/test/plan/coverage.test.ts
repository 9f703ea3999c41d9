import { describe, expect, it } from '@jest/globals';
import { Coverage } from '../../src/writer/index.ts';

const range = (firstBlock: string, lastBlock: string, partitionPath = '', digest = 'd') => ({
  digest,
  partitionPath,
  firstBlock,
  lastBlock,
});

describe('Coverage', () => {
  it('covers the keys between the ends of a range, in its partition and dataset only', () => {
    const coverage = new Coverage([range('2026-01-05', '2026-01-07', 'site=a')]);
    const covers = (key: string, path = 'site=a', digest = 'd') => coverage.covers(digest, path, key);
    expect(
      ['2026-01-04', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'].map((key) => covers(key)),
    ).toEqual([false, true, true, true, false]);
    expect(covers('2026-01-06', 'site=b')).toBe(false);
    expect(covers('2026-01-06', 'site=a', 'other')).toBe(false);
  });

  it('handles ranges that are unordered, nested, overlapping and apart', () => {
    const coverage = new Coverage([
      range('k', 'm'),
      range('a', 'h'),
      range('b', 'c'),
      range('g', 'i'),
      range('x', 'x'),
    ]);
    const covered = Array.from('abcdefghijklmnopqrstuvwxyz')
      .filter((key) => coverage.covers('d', '', key))
      .join('');
    expect(covered).toBe('abcdefghiklmx');
  });

  it('lists the datasets it knows', () => {
    expect(new Coverage([range('a', 'b'), range('c', 'd'), range('a', 'b', '', 'e')]).digests).toEqual([
      'd',
      'e',
    ]);
    expect(new Coverage().digests).toEqual([]);
  });
});
