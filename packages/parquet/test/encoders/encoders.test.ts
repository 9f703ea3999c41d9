import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { COMPRESSIONS } from '@datagen/core/writer';
import { textDictionary } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { dataset, KINDS, thingAt, thingsBatch, thingsBatches, writeThings } from '../all-types.ts';
import { readFileRows } from '../hyparquet-reader.ts';
import { createPlace } from '../place.ts';
import { metadataOf } from '../saved-file.ts';
import { TESTED_ENCODERS } from '../tested-encoders.ts';

async function saved(bytes: Uint8Array): Promise<string> {
  const file = path.join(await createPlace(), 'things.parquet');
  await writeFile(file, bytes);
  return file;
}

/** Rows by hyparquet, which gives wide decimals as doubles: left to DuckDB. */
async function hyparquetRows(bytes: Uint8Array) {
  return (await readFileRows(await saved(bytes))).map(({ wide: _, ...row }) => row);
}

function expectedRow(i: number) {
  const { wide: _, big, ts, ...thing } = thingAt(i);
  const bigintOf = (value: number | null) => (value === null ? null : BigInt(value));
  return { ...thing, id: BigInt(i), big: bigintOf(big), ts: bigintOf(ts) };
}

/** Numbers as DuckDB casts them to text, so that neither side rounds. */
async function duckdbRows(bytes: Uint8Array): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const sql = `SELECT id, big, small, ratio, (price * 100)::BIGINT, (wide * 1000000)::HUGEINT, day - DATE '1970-01-01',
      epoch_us(ts), flag, kind, note FROM '${await saved(bytes)}' ORDER BY id`;
  const rows = (await connection.runAndReadAll(sql)).getRows();
  connection.closeSync();
  return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
}

function expectedTexts(i: number) {
  const { big, small, ratio, price, wide, day, ts, flag, kind, note } = thingAt(i);
  const values = [i, big, small, ratio, price, wide, day, ts, flag, kind, note];
  return values.map((value) => (value === null ? null : String(value)));
}

describe.each(TESTED_ENCODERS)('the %s encoder', (encoder) => {
  it.each(COMPRESSIONS.filter((codec) => encoder !== 'javascript' || codec !== 'zstd'))(
    'writes every type, its ends and nulls for DuckDB, compressed with %s',
    async (compression) => {
      const { bytes } = await writeThings(thingsBatches(23, 10), { encoder, compression });
      expect(await duckdbRows(bytes)).toEqual(Array.from({ length: 23 }, (_, i) => expectedTexts(i)));
    },
  );

  it.each(['snappy', 'gzip', 'none'] as const)(
    'writes them for hyparquet, compressed with %s',
    async (compression) => {
      const { bytes } = await writeThings(thingsBatches(23, 10), { encoder, compression });
      expect(await hyparquetRows(bytes)).toEqual(Array.from({ length: 23 }, (_, i) => expectedRow(i)));
    },
  );

  it('writes a file with the schema and no rows', async () => {
    const { bytes, file } = await writeThings(thingsBatches(0, 1), { encoder });
    expect(file).toMatchObject({ rowCount: 0, splitOffsets: [] });
    expect(await duckdbRows(bytes)).toEqual([]);
  });

  it('takes slices of batches and dictionaries that differ', async () => {
    async function* odd() {
      yield thingsBatch(0, 20).slice(0, 3);
      yield await Promise.resolve(thingsBatch(0, 20).slice(3, 14));
      yield thingsBatch(14, 0);
      yield thingsBatch(14, 9, textDictionary([...KINDS].reverse()));
    }
    const { bytes } = await writeThings(odd(), { encoder });
    expect(await hyparquetRows(bytes)).toEqual(Array.from({ length: 23 }, (_, i) => expectedRow(i)));
  });

  it('gives the same bytes again, however the rows come in batches', async () => {
    const written = [];
    for (const batchRows of [1, 7, 1000, 5000]) {
      written.push((await writeThings(thingsBatches(5000, batchRows), { encoder })).bytes);
    }
    for (const bytes of written) expect(Buffer.compare(bytes, written[0] as Uint8Array)).toBe(0);
  });

  it('keeps rows in order over chunks and row groups', async () => {
    const [rowCount, rowGroupRows] = encoder !== 'javascript' ? [140_000, 50_000] : [14_000, 5_000];
    const { bytes, file } = await writeThings(thingsBatches(rowCount, 33_333), {
      encoder,
      rowGroupRows,
    });
    expect(file.splitOffsets).toHaveLength(3);
    const rows = await hyparquetRows(bytes);
    expect(rows).toHaveLength(rowCount);
    const wrong = rows.findIndex(
      (row, i) =>
        row['id'] !== BigInt(i) || row['note'] !== thingAt(i).note || row['flag'] !== thingAt(i).flag,
    );
    expect(wrong).toBe(-1);
  });

  it('writes instants that are UTC for every reader, whatever its time zone', async () => {
    const { bytes } = await writeThings(thingsBatches(5, 5), { encoder });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET TimeZone = 'Asia/Tokyo'");
    const sql = `SELECT typeof(ts), epoch_us(ts) FROM '${await saved(bytes)}' ORDER BY id`;
    const rows = (await connection.runAndReadAll(sql)).getRows();
    connection.closeSync();
    const expected = Array.from({ length: 5 }, (_, i) => thingAt(i).ts);
    expect(rows.map(([type]) => type)).toEqual(Array(5).fill('TIMESTAMP WITH TIME ZONE'));
    expect(rows.map(([, us]) => (us === null ? null : String(us)))).toEqual(
      expected.map((us) => (us === null ? null : String(us))),
    );
  });

  it('writes the same rows with classic encodings, in plain values and dictionaries alone', async () => {
    const { bytes } = await writeThings(thingsBatches(5_000, 500), { encoder, encodings: 'classic' });
    const { row_groups, version } = await metadataOf(bytes);
    const encodings = row_groups.flatMap(({ columns }) =>
      columns.flatMap((c) => c.meta_data?.encodings ?? []),
    );
    expect(new Set(encodings)).toEqual(
      new Set(
        encodings.filter((name) => ['PLAIN', 'RLE', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY'].includes(name)),
      ),
    );
    expect(version).toBe(1);
    expect(await hyparquetRows(bytes)).toEqual(Array.from({ length: 5_000 }, (_, i) => expectedRow(i)));
  });

  it('says which dataset the rows belong to', async () => {
    const { bytes } = await writeThings(thingsBatches(5, 5), { encoder });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const sql = `SELECT decode(value) FROM parquet_kv_metadata('${await saved(bytes)}') WHERE decode(key) = 'datagen.dataset'`;
    const rows = (await connection.runAndReadAll(sql)).getRows();
    connection.closeSync();
    expect(rows.map(([json]) => JSON.parse(String(json)) as unknown)).toEqual([dataset]);
  });
});
