import { describe, expect, it } from '@jest/globals';
import { FileCoverage } from '../../src/writer/index.ts';

const range = (firstBlock: string, lastBlock: string, partitionPath = '', digest = 'd') => ({
  digest,
  partitionPath,
  firstBlock,
  lastBlock,
});

const blockOf = (key: string) => ({ key, rowCount: 1, exact: true });

describe('FileCoverage', () => {
  it('covers the keys between the ends of a range, in its partition and dataset only', () => {
    const coverage = new FileCoverage([range('2026-01-05', '2026-01-07', 'site=a')]);
    const covers = (key: string, path = 'site=a', digest = 'd') =>
      coverage.covers(digest, path, blockOf(key));
    expect(
      ['2026-01-04', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'].map((key) => covers(key)),
    ).toEqual([false, true, true, true, false]);
    expect(covers('2026-01-06', 'site=b')).toBe(false);
    expect(covers('2026-01-06', 'site=a', 'other')).toBe(false);
  });

  it('handles ranges that are unordered, nested, overlapping and apart', () => {
    const coverage = new FileCoverage([
      range('k', 'm'),
      range('a', 'h'),
      range('b', 'c'),
      range('g', 'i'),
      range('x', 'x'),
    ]);
    const covered = Array.from('abcdefghijklmnopqrstuvwxyz')
      .filter((key) => coverage.covers('d', '', blockOf(key)))
      .join('');
    expect(covered).toBe('abcdefghiklmx');
  });

  it('lists the datasets it knows', () => {
    expect(new FileCoverage([range('a', 'b'), range('c', 'd'), range('a', 'b', '', 'e')]).digests).toEqual([
      'd',
      'e',
    ]);
    expect(new FileCoverage().digests).toEqual([]);
  });
});
