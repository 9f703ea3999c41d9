import { describe, expect, it } from '@jest/globals';
import { column, defineTable, GeneratorConfig, int64 } from '../../src/generator.ts';
import {
  type DatasetGenerator,
  identifyDataset,
  parseOptions,
  rowsOf,
  selectTables,
} from '../../src/index.ts';

/** A generator of tables without rows. */
function generatorOf(...names: string[]): DatasetGenerator {
  return {
    name: 'shop',
    version: 1,
    config: { seed: 1, fileRowsTarget: 1, compression: 'snappy' },
    tables: names.map((name) =>
      defineTable({
        name,
        description: 'Rows',
        primaryKey: ['id'],
        columns: [column('id', int64(), 'Number')],
      }),
    ),
    blocks: () => [],
    generate: () => [],
  };
}

describe('selectTables', () => {
  it('gives tables in the order of the generator', () => {
    const generator = generatorOf('a', 'b c', 'größer');
    expect(selectTables(generator)).toBe(generator.tables);
    expect(selectTables(generator, ['größer', 'a']).map(({ name }) => name)).toEqual(['a', 'größer']);
    expect(() => selectTables(generator, ['d'])).toThrow(/^Unknown table of shop "d"/);
  });

  it('refuses two tables of one name', () => {
    for (const act of [
      () => selectTables(generatorOf('a', 'b', 'a')),
      () => rowsOf(generatorOf('a', 'b', 'a'), 'b'),
    ])
      expect(act).toThrow('Expected every table of generator shop to have a name of its own, got `a` twice.');
  });

  it.each(['', '.', '..', '.hidden', 'a/b', 'a\\b', 'a\nb'])('refuses the name %j', (name) => {
    expect(() => selectTables(generatorOf('a', name))).toThrow(
      `Expected the name of every table of generator shop to be one that a folder can have, got ${JSON.stringify(name)}.`,
    );
  });
});

describe('identifyDataset', () => {
  const digestOf = (options: object, version = 1) => {
    const config = parseOptions(GeneratorConfig, options, 'generator "shop"');
    return identifyDataset({ ...generatorOf('a'), version, config }).digest;
  };

  it('depends on name, version, options and seed, not on window or layout', () => {
    expect(digestOf({})).toBe(
      digestOf({ startDate: '2026-01-01', endDate: '2026-02-01', fileRowsTarget: 3, compression: 'gzip' }),
    );
    expect(digestOf({ seed: 1 })).not.toBe(digestOf({}));
    expect(digestOf({}, 2)).not.toBe(digestOf({}));
    expect(digestOf({})).toMatch(/^[0-9a-f]{12}$/);
  });
});
