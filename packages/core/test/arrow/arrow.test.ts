import { describe, expect, it } from '@jest/globals';
import { type Data, type Int64, Schema, tableFromIPC, tableToIPC, Table } from 'apache-arrow';
import {
  BatchBuilder,
  boolean,
  category,
  column,
  date,
  decimal,
  float64,
  instant,
  int32,
  int64,
  text,
  textDictionary,
} from '../../src/generator.ts';

const schema = new Schema([
  column('id', int64(), 'id'),
  column('ts', instant(), 'time'),
  column('n', int32(), 'n', { nullable: true }),
  column('x', float64(), 'x', { nullable: true }),
  column('day', date(), 'day'),
  column('price', decimal(12, 2), 'price', { nullable: true }),
  column('flag', boolean(), 'flag', { nullable: true }),
  column('name', text(), 'name', { nullable: true }),
  column('kind', category(), 'kind', { nullable: true }),
]);
const kinds = textDictionary(['alpha', '', 'größe']);
const IDS = [0, 1, -1, 2 ** 31, 2 ** 32, -(2 ** 32), 2 ** 52 + 1, -(2 ** 53 - 1), 2 ** 53 - 1];

function build() {
  const builder = new BatchBuilder(schema, IDS.length);
  const [id, ts, n, x, day] = [
    builder.int64('id'),
    builder.int64('ts'),
    builder.int32('n'),
    builder.float64('x'),
    builder.date('day'),
  ];
  const [price, flag, name, kind] = [
    builder.decimal('price'),
    builder.boolean('flag'),
    builder.utf8('name'),
    builder.dictionary('kind', kinds),
  ];
  IDS.forEach((value, row) => {
    id.set(row, value);
    ts.set(row, 1_767_225_600_000_000 + row);
    n.values[row] = -row;
    x.values[row] = row / 3;
    day.values[row] = 20_000 + row;
    price.set(row, value);
    if (row % 2 === 1) flag.setTrue(row);
    kind.indexes[row] = row % 3;
    if (row === 4) {
      name.endNull();
      for (const nullable of [n, x, price, flag, kind]) nullable.setNull(row);
    } else {
      name.appendText('ÄÖ');
      name.appendInteger(row * 999, 3);
      name.appendBytes(new TextEncoder().encode('€'));
      name.endRow();
    }
  });
  return builder.finish();
}

describe('BatchBuilder', () => {
  it('makes batches that survive Arrow IPC with every value of every type', () => {
    const read = tableFromIPC(tableToIPC(new Table([build()])));
    const column = (name: string) =>
      Array.from({ length: IDS.length }, (_, row) => read.getChild(name)?.get(row) as unknown);
    expect(column('id')).toEqual(IDS.map(BigInt));
    expect((read.getChild('ts')?.data[0]?.values as BigInt64Array)[3]).toBe(1_767_225_600_000_003n);
    expect(column('n')).toEqual([-0, -1, -2, -3, null, -5, -6, -7, -8].map((v) => (v === 0 ? 0 : v)));
    expect(column('x')).toEqual(IDS.map((_, row) => (row === 4 ? null : row / 3)));
    // Arrow pads what it reads back to 64 bytes.
    expect([...(read.getChild('day')?.data[0]?.values as Int32Array).subarray(0, IDS.length)]).toEqual(
      IDS.map((_, row) => 20_000 + row),
    );
    expect(column('price').map((v) => (v === null ? null : `${v as bigint}`))).toEqual(
      IDS.map((v, row) => (row === 4 ? null : String(v))),
    );
    expect(column('flag')).toEqual(IDS.map((_, row) => (row === 4 ? null : row % 2 === 1)));
    expect(column('name')).toEqual(
      IDS.map((_, row) => (row === 4 ? null : `ÄÖ${String(row * 999).padStart(3, '0')}€`)),
    );
    expect(column('kind')).toEqual(IDS.map((_, row) => (row === 4 ? null : ['alpha', '', 'größe'][row % 3])));
  });

  it('sets instants at once, rounded to microseconds, with nulls where seconds are NaN', () => {
    const one = new Schema([column('t', instant(), 't', { nullable: true })]);
    const seconds = [0, NaN, 1.5, -1.5, 1_767_225_600.123_456_7, NaN, 0.000_000_5, -86_400.000_001, NaN, 12];
    const builder = new BatchBuilder(one, 1 + seconds.length);
    const t = builder.int64('t');
    t.set(0, 7);
    t.setSeconds(1, Float64Array.from(seconds));
    const { values, nullCount } = builder.finish().getChild('t')?.data[0] as unknown as Data<Int64>;
    const expected = seconds.map((x) => BigInt(Number.isNaN(x) ? 0 : Math.round(x * 1e6)));
    expect([...values]).toEqual([7n, ...expected]);
    expect(nullCount).toBe(3);
  });

  it('knows which rows are null by either way', () => {
    const one = new Schema([column('t', instant(), 't', { nullable: true })]);
    const builder = new BatchBuilder(one, 20);
    const t = builder.int64('t');
    t.setNull(2);
    t.setSeconds(
      3,
      Float64Array.from({ length: 15 }, (_, i) => (i % 4 === 0 ? NaN : i)),
    );
    const column_ = builder.finish().getChild('t');
    const nulls = Array.from({ length: 20 }, (_, row) => row).filter((row) => !column_?.isValid(row));
    expect(nulls).toEqual([2, 3, 7, 11, 15]);
  });

  it.each([
    [3, 5],
    [3, 8],
    [0, 24],
    [5, 19],
    [7, 30],
    [9, 9],
  ])('sets rows %d to %d to null at once', (start, end) => {
    const one = new Schema([column('t', instant(), 't', { nullable: true })]);
    const builder = new BatchBuilder(one, 40);
    const t = builder.int64('t');
    t.setNull(39);
    t.setNulls(start, end);
    const { nullCount } = builder.finish().getChild('t')?.data[0] as Data<Int64>;
    const column_ = builder.finish().getChild('t');
    const nulls = Array.from({ length: 40 }, (_, row) => row).filter((row) => !column_?.isValid(row));
    expect(nulls).toEqual([...Array.from({ length: end - start }, (_, i) => start + i), 39]);
    expect(nullCount).toBe(nulls.length);
  });

  it('sets rows to one whole number at once', () => {
    const one = new Schema([column('id', int64(), 'id')]);
    const builder = new BatchBuilder(one, IDS.length * 3);
    const id = builder.int64('id');
    IDS.forEach((value, i) => {
      id.fill(3 * i, 3 * i + 3, value);
    });
    const values = builder.finish().getChild('id')?.data[0]?.values as BigInt64Array;
    expect([...values]).toEqual(IDS.flatMap((value) => Array.from({ length: 3 }, () => BigInt(value))));
  });

  it('sets whole numbers at once', () => {
    const builder = new BatchBuilder(
      new Schema([column('id', int64(), 'id'), column('n', int64(), 'n'), column('d', decimal(10, 2), 'd')]),
      5,
    );
    const values = Int32Array.from([9, 0, -1, 2_147_483_646, -2_147_483_648, 5]);
    builder.int64('id').setSequence(0, 5, 2 ** 32 - 2);
    builder.int64('n').setIntegers(0, values, 1, 6, 1);
    builder.decimal('d').setIntegers(0, values, 1, 6);
    const batch = builder.finish();
    expect([...(batch.getChild('id') as Iterable<bigint>)]).toEqual(
      Array.from({ length: 5 }, (_, i) => 2n ** 32n - 2n + BigInt(i)),
    );
    expect([...(batch.getChild('n') as Iterable<bigint>)]).toEqual([1n, 0n, 2147483647n, -2147483647n, 6n]);
    const words = new BigInt64Array((batch.getChild('d')?.data[0]?.values as Uint32Array).slice().buffer);
    expect([...words].filter((_, i) => i % 2 === 0)).toEqual([0n, -1n, 2147483646n, -2147483648n, 5n]);
    expect([...words].filter((_, i) => i % 2 === 1)).toEqual([0n, -1n, 0n, -1n, 0n]);
  });

  it.each([
    [0, 24],
    [3, 5],
    [5, 26],
  ])('sets rows %d to %d by codes and flags at once', (start, end) => {
    const coded = new Schema([
      column('n', int64(), 'n', { nullable: true }),
      column('kind', category(), 'kind', { nullable: true }),
      column('flag', boolean(), 'flag'),
    ]);
    const builder = new BatchBuilder(coded, 30);
    const codes = Uint8Array.from({ length: 40 }, (_, i) => (i * 7) % 3);
    const flags = codes.map((code) => Number(code === 1));
    const [n, kind, flag] = [builder.int64('n'), builder.dictionary('kind', kinds), builder.boolean('flag')];
    n.setCodes(start, codes, Int32Array.of(99, -5, 2 ** 31 - 1), 4, 4 + end - start);
    kind.setCodes(start, codes, Int32Array.of(1, 2, 0), 4, 4 + end - start);
    flag.setFlags(start, flags, 4, 4 + end - start);
    const batch = builder.finish();
    const rows = Array.from({ length: end - start }, (_, i) => start + i);
    const codeOf = (row: number) => codes[row - start + 4] as number;
    expect(rows.map((row) => batch.getChild('n')?.get(row) as unknown)).toEqual(
      rows.map((row) => [null, -5n, 2n ** 31n - 1n][codeOf(row)]),
    );
    expect(rows.map((row) => batch.getChild('kind')?.get(row) as unknown)).toEqual(
      rows.map((row) => [null, 'größe', 'alpha'][codeOf(row)]),
    );
    const isTrue = (_: unknown, row: number) => row >= start && row < end && codeOf(row) === 1;
    expect(Array.from({ length: 30 }, (_, row) => batch.getChild('flag')?.get(row) as unknown)).toEqual(
      Array.from({ length: 30 }, isTrue),
    );
    expect(batch.getChild('n')?.nullCount).toBe(rows.filter((row) => codeOf(row) === 0).length);
    expect(batch.getChild('kind')?.nullCount).toBe(batch.getChild('n')?.nullCount);
  });

  it('grows text beyond what was reserved', () => {
    const one = new Schema([column('t', text(), 't')]);
    const builder = new BatchBuilder(one, 2);
    const t = builder.utf8('t');
    const long = 'x'.repeat(10_000);
    for (let i = 0; i < 2; i++) {
      t.appendText(long);
      t.endRow();
    }
    expect(builder.finish().getChild('t')?.toArray()).toEqual([long, long]);
  });

  it('refuses columns that are missing, unknown, doubled or of another type', () => {
    const builder = new BatchBuilder(schema, 1);
    builder.int64('id');
    expect(() => builder.int64('id')).toThrow('Cannot build a batch: column `id` was asked for twice.');
    expect(() => builder.int64('nope')).toThrow('the schema has no column `nope`');
    expect(() => builder.int32('x')).toThrow('column `x` is x: Float64 and was filled as another type');
    expect(() => builder.finish()).toThrow('column `ts` was never filled');
    const short = new BatchBuilder(new Schema([column('t', text(), 't')]), 2);
    short.utf8('t').endRow();
    expect(() => short.finish()).toThrow('Expected 2 texts in a column, got 1.');
  });
});
