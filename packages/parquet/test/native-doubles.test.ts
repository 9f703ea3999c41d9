import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BatchBuilder, float64 } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { Field, Schema, Table, tableToIPC } from 'apache-arrow';
import { buffersOf } from '../src/column-buffers.ts';
import { loadNativeBinding, type NativeBinding } from '../src/native-binding.ts';
import { readFileRows, readMetadata } from './hyparquet-reader.ts';
import { createPlace } from './place.ts';
import { hasNative } from './tested-encoders.ts';

const schema = new Schema([new Field('x', float64(), true)]);

/** A file of doubles, in batches of at most 7,000 rows; null where undefined. */
async function writeDoubles(doubles: readonly (number | undefined)[]) {
  const { FileEncoder } = loadNativeBinding() as NativeBinding;
  const encoder = new FileEncoder(tableToIPC(new Table(schema)), {
    compression: 'none',
    rowGroupRows: 1_000_000,
    withoutDictionary: [],
    deltas: [],
    sortedBy: [],
    key: 'k',
    value: 'v',
  });
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < doubles.length; from += 7_000) {
    const part = doubles.slice(from, from + 7_000);
    const builder = new BatchBuilder(schema, part.length);
    const x = builder.float64('x');
    for (const [row, value] of part.entries()) {
      if (value === undefined) x.setNull(row);
      else x.values[row] = value;
    }
    pieces.push(encoder.write(part.length, builder.finish().data.children.map(buffersOf)));
  }
  pieces.push(encoder.finish());
  const file = path.join(await createPlace(), 'doubles.parquet');
  await writeFile(file, Buffer.concat(pieces));
  const rows = await readFileRows(file);
  const { row_groups } = await readMetadata(file);
  return { rows: rows.map(({ x }) => x), column: row_groups[0]?.columns[0] };
}

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
    });
  });
} else {
  describe('doubles by the native encoder', () => {
    it.skip('need cargo to be built', () => undefined);
  });
}
