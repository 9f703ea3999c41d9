import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BatchBuilder, float64, int64, Int64Column } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { describe, expect, it } from '@jest/globals';
import { Field, Float64, type Int64, Schema, Table, tableToIPC } from 'apache-arrow';
import { buffersOf } from '../../src/encoders/native/column-buffers.ts';
import { loadNativeBinding, type NativeBinding } from '../../src/encoders/native/native-binding.ts';
import { finishedPieces } from '../../src/encoders/native/native-encoder.ts';
import { readFileRows, readMetadata } from '../hyparquet-reader.ts';
import { createPlace } from '../place.ts';
import { hasNative } from '../tested-encoders.ts';

/** A file of one column, in batches of at most 7,000 rows; null where undefined. */
async function writeNumbers(type: Float64 | Int64, numbers: readonly (number | undefined)[]) {
  const { FileEncoder } = loadNativeBinding() as NativeBinding;
  const schema = new Schema([new Field('x', type, true)]);
  const encoder = new FileEncoder(tableToIPC(new Table(schema)), {
    compression: 'none',
    rowGroupRows: 1_000_000,
    withoutDictionary: [],
    deltas: [],
    classic: false,
    sortedBy: [],
    key: 'k',
    value: 'v',
  });
  for (let from = 0; from < numbers.length; from += 7_000) {
    const part = numbers.slice(from, from + 7_000);
    const builder = new BatchBuilder(schema, part.length);
    const x = type instanceof Float64 ? builder.float64('x') : builder.int64('x');
    for (const [row, value] of part.entries()) {
      if (value === undefined) x.setNull(row);
      else if (x instanceof Int64Column) x.set(row, value);
      else x.values[row] = value;
    }
    encoder.write(part.length, builder.finish().data.children.map(buffersOf));
  }
  encoder.finish();
  const file = path.join(await createPlace(), 'numbers.parquet');
  await writeFile(file, finishedPieces(encoder));
  const rows = await readFileRows(file);
  const { row_groups } = await readMetadata(file);
  return { rows: rows.map(({ x }) => x), column: row_groups[0]?.columns[0] };
}

const writeDoubles = (doubles: readonly (number | undefined)[]) => writeNumbers(float64(), doubles);

const SPECIAL = [1.5, -0, undefined, 0, -2.5e-308, Infinity, Number.MIN_VALUE, -Infinity, -7.25];

if (hasNative) {
  describe('doubles by the native encoder', () => {
    it.each([
      ['that repeat, as a dictionary', Array.from({ length: 45_000 }, (_, i) => SPECIAL[i % 9]), true],
      [
        'that do not, as they are',
        Array.from({ length: 45_000 }, (_, i) => Math.sin(i) * 10 ** (i % 40)),
        false,
      ],
      [
        'that repeat on the first page only, both ways',
        Array.from({ length: 45_000 }, (_, i) => (i < 20_000 ? SPECIAL[i % 9] : Math.sin(i))),
        true,
      ],
    ])('%s', async (_, doubles, hasDictionary) => {
      const { rows, column } = await writeDoubles(doubles);
      const differing = doubles.filter((value, i) => !Object.is(rows[i] ?? undefined, value));
      expect(differing).toEqual([]);
      expect(rows).toHaveLength(doubles.length);
      expect(column?.meta_data?.dictionary_page_offset !== undefined).toBe(hasDictionary);
      const known = doubles.filter((value) => value !== undefined);
      expect(column?.meta_data?.statistics).toMatchObject({
        min_value: known.reduce((a, b) => Math.min(a, b)),
        max_value: known.reduce((a, b) => Math.max(a, b)),
        null_count: BigInt(doubles.length - known.length),
      });
      expect(column?.column_index_length).toBeGreaterThan(0);
    });

    it('have bounds that leave out NaN, and zeros of both signs for either', async () => {
      const { rows, column } = await writeDoubles([NaN, 0, 3, NaN, undefined]);
      expect(rows).toEqual([NaN, 0, 3, NaN, null]);
      const { min_value, max_value } = column?.meta_data?.statistics ?? {};
      expect([min_value, max_value]).toEqual([-0, 3]);
      const negative = await writeDoubles([-4, -NaN, -0]);
      expect(negative.column?.meta_data?.statistics).toMatchObject({ min_value: -4, max_value: 0 });
    });

    it('have no bounds and no page index where a page is NaN throughout', async () => {
      const { rows, column } = await writeDoubles([NaN, NaN, undefined]);
      expect(rows).toEqual([NaN, NaN, null]);
      expect(column?.meta_data?.statistics?.min_value).toBeUndefined();
      expect(column?.column_index_length).toBeUndefined();
      const nulls = await writeDoubles([undefined, undefined]);
      expect(nulls.column?.column_index_length).toBeGreaterThan(0);
      // pyarrow refuses indexes of a dictionary where there is none.
      expect(nulls.column?.meta_data?.encodings).not.toContain('RLE_DICTIONARY');
      expect(nulls.rows).toEqual([null, null]);
    });
  });

  describe('integers by the native encoder', () => {
    const random = new KeyedRandom('integers');
    let price = 10_000_000;
    it.each([
      [
        'that stay near each other as they wander off, as differences after a page',
        Array.from({ length: 60_000 }, (_, i) => (price += 100 * Math.round(30 * random.normal(i)))),
        ['DELTA_BINARY_PACKED', 'RLE_DICTIONARY'],
      ],
      [
        'that rise, as differences from the first page on',
        Array.from({ length: 60_000 }, (_, i) => (i >> 2) * 3),
        ['DELTA_BINARY_PACKED'],
      ],
      [
        'of some thousand values in any order, as a dictionary',
        Array.from({ length: 60_000 }, (_, i) => Math.floor(random.uniform(i) * 5_000) * 977),
        ['RLE_DICTIONARY'],
      ],
      [
        'of few values near each other, as a dictionary all the same',
        Array.from({ length: 60_000 }, (_, i) => Math.floor(random.uniform(i) * 20)),
        ['RLE_DICTIONARY'],
      ],
    ])('%s', async (_, integers, encodings) => {
      const { rows, column } = await writeNumbers(int64(), integers);
      expect(rows.map(Number).filter((value, i) => value !== integers[i])).toEqual([]);
      expect(rows).toHaveLength(integers.length);
      const used = column?.meta_data?.encodings.filter((encoding) => !['PLAIN', 'RLE'].includes(encoding));
      expect([...(used ?? [])].sort()).toEqual(encodings);
    });
  });
} else {
  describe('numbers by the native encoder', () => {
    it.skip('need cargo to be built', () => undefined);
  });
}
