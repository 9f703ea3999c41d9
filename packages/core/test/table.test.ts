import { describe, expect, it } from '@jest/globals';
import { column, DatagenError, defineTable, instant, int64, type TableOptions } from '../src/index.ts';

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
