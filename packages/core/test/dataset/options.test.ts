import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BaseConfig } from '../../src/generator.ts';
import { DatagenError, describeOptions, nearestName, parseOptions } from '../../src/index.ts';
import { GeneratorConfig } from '../../src/generator.ts';

const Config = GeneratorConfig.extend({
  nRows: z.int().min(0).default(10).describe('Rows'),
  rate: z.number().min(0).max(1).default(0.5).describe('A share'),
  names: z.array(z.string()).optional().describe('Names'),
  fast: z.boolean().default(true).describe('Fast'),
});

const problemsOf = (input: unknown) => {
  try {
    parseOptions(Config, input, 'generator "test"');
  } catch (error) {
    expect(error).toBeInstanceOf(DatagenError);
    return (error as DatagenError).message.split('\n');
  }
  return [];
};

describe('parseOptions', () => {
  it('applies defaults', () => {
    expect(parseOptions(Config, undefined, 'generator "test"')).toEqual({
      seed: 42,
      fileRowsTarget: 250_000,
      compression: 'snappy',
      nRows: 10,
      rate: 0.5,
      fast: true,
    });
  });

  it.each([
    [{ nRows: -5 }, 'Option `nRows` of the generator "test": expected at least 0, got -5.'],
    [{ nRows: 1.5 }, 'Option `nRows` of the generator "test": expected a whole number, got 1.5.'],
    [{ nRows: '7' }, 'Option `nRows` of the generator "test": expected a value of type number, got "7".'],
    [{ rate: 1.2 }, 'Option `rate` of the generator "test": expected at most 1, got 1.2.'],
    [
      { names: ['a', 3] },
      'Option `names.1` of the generator "test": expected a value of type string, got 3.',
    ],
    [
      { compression: 'lzo' },
      'Option `compression` of the generator "test": expected one of snappy, zstd, gzip, none, got "lzo".',
    ],
    [
      { startDate: 'soon' },
      'Option `startDate` of the generator "test": expected a day as YYYY-MM-DD, got "soon".',
    ],
    [
      { nRow: 1 },
      'Option `nRow` of the generator "test": there is no such option. Did you mean `nRows`? Known: seed, fileRowsTarget, compression, startDate, endDate, nRows, rate, names, fast.',
    ],
  ])('refuses %j in one sentence', (input, message) => {
    expect(problemsOf(input)).toEqual([message]);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ nRows: -1, rate: 7 })).toHaveLength(2);
  });
});

describe('describeOptions', () => {
  it('gives name, type, default, choices and description in the schema’s order', () => {
    expect(describeOptions(BaseConfig)[2]).toEqual({
      name: 'compression',
      type: 'snappy | zstd | gzip | none',
      description: 'Compression codec of the data files',
      choices: ['snappy', 'zstd', 'gzip', 'none'],
      default: 'snappy',
    });
    expect(describeOptions(Config).map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'seed: integer',
      'fileRowsTarget: integer',
      'compression: snappy | zstd | gzip | none',
      'startDate: string',
      'endDate: string',
      'nRows: integer',
      'rate: number',
      'names: string[]',
      'fast: boolean',
    ]);
  });
});

describe('nearestName', () => {
  it.each([
    ['detla', 'delta'],
    ['parket', 'parquet'],
    ['icberg', 'iceberg'],
    ['zzz', undefined],
  ])('%s -> %s', (typed, nearest) => {
    expect(nearestName(typed, ['delta', 'iceberg', 'parquet'])).toBe(nearest);
  });
});
