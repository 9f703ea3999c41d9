import { column, defineTable, instant, text } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { Field, makeData, RecordBatch, Schema, Struct, Utf8 } from 'apache-arrow';
import { columnStatistics } from '../../src/data-file/footer/statistics.ts';
import { ChunkCutter } from '../../src/chunks/chunk-cutter.ts';
import { things, thingsBatch, thingsBatches, writeThings } from '../all-types.ts';
import { TESTED_ENCODERS } from '../tested-encoders.ts';

/** Rows 0 to 9,999 of `things` with other numbers in `ratio`, where it is not null. */
async function* withRatios(ratioOf: (row: number) => number) {
  for (let start = 0; start < 10_000; start += 2_500) {
    const batch = thingsBatch(start, 2_500);
    const ratios = batch.getChild('ratio')?.data[0]?.values as Float64Array;
    // Also in the places of nulls, which count for nothing.
    for (let row = 0; row < 2_500; row++) ratios[row] = ratioOf(start + row);
    yield await Promise.resolve(batch);
  }
}

describe.each(TESTED_ENCODERS)('doubles in a file of the %s encoder', (encoder) => {
  const isBounded = encoder !== 'javascript';

  it('have their NaNs counted, outside of the bounds', async () => {
    const { file } = await writeThings(
      withRatios((row) => (row % 3 === 0 ? NaN : row)),
      { encoder, rowGroupRows: 4_000 },
    );
    const valid = Array.from({ length: 10_000 }, (_, row) => row).filter(
      (row) => row % 5 !== 1 && row % 5 !== 4,
    );
    const known = valid.filter((row) => row % 3 !== 0);
    expect(file.columns['ratio']).toMatchObject({
      nanCount: valid.length - known.length,
      ...(isBounded && { min: known[0], max: known.at(-1) }),
    });
    expect(file.columns['id']).not.toHaveProperty('nanCount');
  });

  it('have no bounds where all are NaN, and zeros of both signs for either', async () => {
    const { file } = await writeThings(
      withRatios(() => NaN),
      { encoder },
    );
    expect(file.columns['ratio']).toMatchObject({ nanCount: 6_000 });
    expect(file.columns['ratio']).not.toHaveProperty('min');
    expect(file.columns['ratio']).not.toHaveProperty('max');
    const { file: zero } = await writeThings(
      withRatios(() => 0),
      { encoder },
    );
    expect(zero.columns['ratio']).toMatchObject({ nanCount: 0, ...(isBounded && { min: -0, max: 0 }) });
  });
});

it.each(TESTED_ENCODERS.filter((name) => name !== 'javascript'))(
  'a file of the %s encoder says its first and its last instant or day',
  async (encoder) => {
    const timeOf = async (timeColumn: string) =>
      (await writeThings(thingsBatches(5, 5), { encoder, table: { ...things, timeColumn } })).file.time;
    expect(await timeOf('ts')).toEqual({ minMicros: -1n, maxMicros: 7_258_118_400_000_001n });
    expect(await timeOf('day')).toEqual({
      minMicros: -719_162n * 86_400_000_000n,
      maxMicros: 2_932_897n * 86_400_000_000n - 1n,
    });
    const rows = await writeThings(thingsBatches(0, 1), { encoder, table: { ...things, timeColumn: 'ts' } });
    expect(rows.file).not.toHaveProperty('time');
  },
);

describe('bounds of text', () => {
  const element = { field_1: 6, field_4: new Uint8Array(), field_6: 0 };
  const bytesOf = (value: string) => new TextEncoder().encode(value);
  const boundsOf = (...chunks: (readonly [min: Uint8Array, max: Uint8Array])[]) => {
    const { byteSize: _, ...bounds } = columnStatistics(
      element,
      chunks.map(([field_6, field_5]) => ({
        field_5: 1n,
        field_7: 0n,
        field_9: 0n,
        field_12: { field_3: 0n, field_5, field_6 },
      })),
      true,
    );
    return bounds;
  };

  it('keep a byte order mark', () => {
    const marked = bytesOf('\uFEFFa');
    expect(boundsOf([marked, marked])).toEqual({ nullCount: 0, min: '\uFEFFa', max: '\uFEFFa' });
  });

  it('that were cut in a character are shorter below, and not there above', () => {
    const cut = bytesOf('ab😀').subarray(0, 4);
    expect(boundsOf([cut, bytesOf('z')])).toEqual({ nullCount: 0, min: 'ab', max: 'z' });
    expect(boundsOf([bytesOf('a'), cut])).toEqual({ nullCount: 0, min: 'a' });
    expect(boundsOf([bytesOf('a'), bytesOf('b')], [bytesOf('a'), cut])).toEqual({ nullCount: 0, min: 'a' });
  });

  it('are in the order of UTF-8', () => {
    const [high, low] = [bytesOf('😀'), bytesOf('\uFF5E')];
    expect(boundsOf([low, low], [high, high])).toEqual({ nullCount: 0, min: '\uFF5E', max: '😀' });
  });

  it.each(TESTED_ENCODERS.filter((name) => name !== 'javascript'))(
    'of the %s encoder are texts, also where long ones were cut',
    async (encoder) => {
      const table = defineTable({
        name: 'things',
        description: 'x',
        primaryKey: [],
        timeColumn: 'ts',
        columns: [column('note', text(), 'x'), column('ts', instant(), 'x')],
      });
      const note = '😀'.repeat(40);
      async function* batches() {
        const type = new Utf8();
        const data = bytesOf(`\uFEFFa${note}`);
        const schema = new Schema([new Field('note', type), new Field('ts', instant())]);
        const children = [
          makeData({
            type,
            length: 1,
            nullCount: 0,
            valueOffsets: new Int32Array([0, data.byteLength]),
            data,
          }),
          makeData({ type: instant(), length: 1, nullCount: 0, data: new BigInt64Array([5n]) }),
        ];
        const struct = new Struct(schema.fields);
        yield await Promise.resolve(
          new RecordBatch(schema, makeData({ type: struct, length: 1, nullCount: 0, children })),
        );
      }
      const { file } = await writeThings(batches(), { encoder, table });
      const { min, max } = file.columns['note'] ?? {};
      expect(min).toMatch(/^\uFEFFa(😀)+$/u);
      expect(max).toMatch(/^\uFEFFa(😀)+[^\uFFFD]?$/u);
      expect(file.time).toEqual({ minMicros: 5n, maxMicros: 5n });
    },
  );
});

it('more text than a page can hold is refused before it is copied', async () => {
  const type = new Utf8();
  const schema = new Schema([new Field('note', type, false)]);
  const valueOffsets = new Int32Array([0, 2 ** 30 + 1]);
  async function* batches() {
    const children = [makeData({ type, length: 1, nullCount: 0, valueOffsets, data: new Uint8Array(1) })];
    const struct = new Struct(schema.fields);
    yield await Promise.resolve(
      new RecordBatch(schema, makeData({ type: struct, length: 1, nullCount: 0, children })),
    );
  }
  for (const shape of [{ rows: 10 }, { rows: 10, passedFrom: 1 }]) {
    await expect(new ChunkCutter(schema, shape).cut(batches()).next()).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message: expect.stringMatching(/^Column `note` brings 1073741825 bytes of text at once/),
    });
  }
});
