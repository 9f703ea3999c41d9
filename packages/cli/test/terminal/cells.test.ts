import {
  BatchBuilder,
  boolean,
  category,
  column,
  date,
  decimal,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { cellRows, cellText } from '../../src/terminal/cells.ts';

const { schema } = defineTable({
  name: 'all',
  description: 'Every type',
  primaryKey: ['id'],
  columns: [
    column('id', int64(), ''),
    column('small', int32(), ''),
    column('ratio', float64(), ''),
    column('price', decimal(12, 2), ''),
    column('units', decimal(5, 0), ''),
    column('day', date(), ''),
    column('at', instant(), ''),
    column('flag', boolean(), ''),
    column('kind', category(), '', { nullable: true }),
    column('note', text(), ''),
  ],
});

function batchOfTwo() {
  const builder = new BatchBuilder(schema, 2);
  const id = builder.int64('id');
  const small = builder.int32('small');
  const ratio = builder.float64('ratio');
  const price = builder.decimal('price');
  const units = builder.decimal('units');
  const day = builder.date('day');
  const at = builder.int64('at');
  const flag = builder.boolean('flag');
  const kind = builder.dictionary('kind', textDictionary(['a', 'b']));
  const note = builder.utf8('note');
  id.set(0, 2 ** 53 - 1);
  id.set(1, -5);
  small.values.set([7, -7]);
  ratio.values.set([0.1, -2.5]);
  price.set(0, 1_999);
  price.set(1, -5);
  units.set(0, 12);
  units.set(1, -3);
  day.values.set([20_458, -1]);
  at.set(0, 1_767_571_200_123_456);
  at.set(1, -1);
  flag.setTrue(0);
  kind.indexes.set([1, 0]);
  kind.setNull(1);
  for (const words of ['größer', 'a\tb\nc']) {
    note.appendText(words);
    note.endRow();
  }
  return builder.finish();
}

describe('cells', () => {
  it('are values as people write them', () => {
    expect(cellRows(batchOfTwo(), 10)).toEqual([
      [2 ** 53 - 1, 7, 0.1, '19.99', '12', '2026-01-05', '2026-01-05T00:00:00.123456Z', true, 'b', 'größer'],
      [-5, -7, -2.5, '-0.05', '-3', '1969-12-31', '1969-12-31T23:59:59.999999Z', false, null, 'a\tb\nc'],
    ]);
  });

  it('stop at the limit', () => {
    expect(cellRows(batchOfTwo(), 1)).toHaveLength(1);
  });

  it('stay on their line in a text table', () => {
    expect([null, true, 1.5, 'a\tb\nc\u001B'].map(cellText)).toEqual([
      'null',
      'true',
      '1.5',
      'a\\tb\\nc\\u001b',
    ]);
  });
});
