import { describe, expect, it } from '@jest/globals';
import { Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import {
  BatchBuilder,
  category,
  column,
  defineTable,
  docOf,
  instant,
  int64,
  type TableOptions,
  textDictionary,
} from '../../src/generator.ts';
import { DatagenError } from '../../src/index.ts';

const define = (more: Partial<TableOptions> = {}) =>
  defineTable({
    name: 'visits',
    description: 'A visit.',
    primaryKey: ['visit_id'],
    columns: [
      column('visit_id', int64(), 'Number'),
      column('ts', instant(), 'When it began'),
      column('left_ts', instant(), 'When it ended', { nullable: true }),
    ],
    ...more,
  });

describe('defineTable', () => {
  it('keeps the columns a table is sorted by, and says nothing of an order otherwise', () => {
    expect(define({ sortedBy: ['ts', 'visit_id'] }).sortedBy).toEqual(['ts', 'visit_id']);
    expect(define().sortedBy).toBeUndefined();
  });

  it('lets columns that share a dictionary type have different dictionaries', () => {
    const shared = category();
    const { schema } = define({
      columns: ['visit_id', 'ts', 'a', 'b', 'c'].map((name) =>
        column(name, name === 'visit_id' || name === 'ts' ? int64() : shared, `Doc of ${name}`),
      ),
    });
    const builder = new BatchBuilder(schema, 2);
    builder.int64('visit_id');
    builder.int64('ts');
    for (const name of ['a', 'b', 'c']) {
      const texts = textDictionary([`${name}0`, `${name}1`]);
      builder.dictionary(name, texts).indexes.set([1, 0]);
    }
    const read = tableFromIPC(tableToIPC(new Table([builder.finish()])));
    expect(['a', 'b', 'c'].map((name) => [...((read.getChild(name) ?? []) as Iterable<unknown>)])).toEqual([
      ['a1', 'a0'],
      ['b1', 'b0'],
      ['c1', 'c0'],
    ]);
    expect(schema.fields.map(docOf).at(-1)).toBe('Doc of c');
  });

  it.each([
    [{ primaryKey: ['id'] }, 'Table `visits` has no column `id`, which its keys name.'],
    [{ timeColumn: 'day' }, 'Table `visits` has no column `day`, which its keys name.'],
    [{ sortedBy: ['ts', 'day'] }, 'Table `visits` has no column `day`, which its `sortedBy` names.'],
    [
      { sortedBy: ['left_ts'] },
      'Table `visits` is `sortedBy` the nullable column `left_ts`: nulls have no place in an order.',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => define(options)).toThrow(new DatagenError('INVALID_PLUGIN', message));
  });
});
