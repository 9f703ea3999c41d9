import { describe, expect, it } from '@jest/globals';
import { loadEncoder } from '../../src/index.ts';
import { readFooter } from '../../src/data-file/index.ts';
import { dataset, things, thingsBatches, writeThings } from '../all-types.ts';
import { metadataOf } from '../saved-file.ts';
import { TESTED_ENCODERS } from '../tested-encoders.ts';

const ROWS = 30_000;
const options = { rowGroupRows: 10_000, compression: 'zstd' } as const;

describe.each(TESTED_ENCODERS.filter((name) => name !== 'javascript'))(
  'a file of the %s encoder, by hyparquet',
  (encoder) => {
    it('has field ids by position, row groups, the codec, its maker and its dataset', async () => {
      const { bytes } = await writeThings(thingsBatches(ROWS, 4096), { ...options, encoder });
      const metadata = await metadataOf(bytes);
      const [, ...columns] = metadata.schema;
      expect(columns.map(({ name, field_id }) => [name, field_id])).toEqual(
        things.schema.fields.map(({ name }, i) => [name, i + 1]),
      );
      expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([10_000n, 10_000n, 10_000n]);
      const codecs = metadata.row_groups.flatMap((group) =>
        group.columns.map(({ meta_data }) => meta_data?.codec),
      );
      expect(new Set(codecs)).toEqual(new Set(['ZSTD']));
      expect(metadata.created_by).toBe(encoder === 'wasm' ? 'datagen (parquet-wasm)' : 'datagen (native)');
      expect(metadata.key_value_metadata?.map(({ key }) => key)).toEqual(['datagen.dataset', 'ARROW:schema']);
      expect(JSON.parse(metadata.key_value_metadata?.[0]?.value ?? '')).toEqual(dataset);
    });

    it('has dictionary pages except for distinct columns and differences, and a page index for all', async () => {
      const { bytes } = await writeThings(thingsBatches(ROWS, 4096), { ...options, encoder });
      const { row_groups } = await metadataOf(bytes);
      const columns = row_groups.flatMap((group) => group.columns);
      const withDictionary = columns.filter(
        ({ meta_data }) => meta_data?.dictionary_page_offset !== undefined,
      );
      const names = new Set(withDictionary.map(({ meta_data }) => meta_data?.path_in_schema[0]));
      // 64-bit integers and instants are written as differences; booleans and 128-bit decimals have no dictionary encoding in version 1 files.
      expect([...names]).toEqual(['small', 'ratio', 'price', 'day', 'kind', 'note']);
      const deltas = columns.filter(({ meta_data }) => meta_data?.encodings.includes('DELTA_BINARY_PACKED'));
      expect([...new Set(deltas.map(({ meta_data }) => meta_data?.path_in_schema[0]))]).toEqual([
        'id',
        'big',
        'ts',
      ]);
      for (const { column_index_length, offset_index_length } of columns) {
        expect(column_index_length).toBeGreaterThan(0);
        expect(offset_index_length).toBeGreaterThan(0);
      }
    });

    it('leaves out the columns that folders hold, and keeps the other ids', async () => {
      const { bytes } = await writeThings(thingsBatches(5, 5), { encoder, omittedColumns: ['big', 'kind'] });
      const [, ...columns] = (await metadataOf(bytes)).schema;
      expect(columns.map(({ name, field_id }) => [name, field_id])).toEqual([
        ['id', 1],
        ['small', 3],
        ['ratio', 4],
        ['price', 5],
        ['wide', 6],
        ['day', 7],
        ['ts', 8],
        ['flag', 9],
        ['note', 11],
      ]);
    });
  },
);

describe.each(TESTED_ENCODERS)('the order of rows in a file of the %s encoder, by hyparquet', (encoder) => {
  const table = { ...things, sortedBy: ['id', 'ts', 'kind'] };
  const orders = async (options: Parameters<typeof writeThings>[1]) => {
    const { bytes } = await writeThings(thingsBatches(ROWS, 4096), {
      rowGroupRows: 10_000,
      encoder,
      ...options,
    });
    return (await metadataOf(bytes)).row_groups.map(({ sorting_columns }) => sorting_columns);
  };
  const rising = (column_idx: number) => ({ column_idx, descending: false, nulls_first: false });

  it('is said by every row group where the encoder can, by the leading column alone', async () => {
    const { sortingColumns } = await loadEncoder(encoder);
    expect(sortingColumns).toBe(encoder === 'native');
    const said = sortingColumns ? [rising(0)] : undefined;
    expect(await orders({ table })).toEqual([said, said, said].slice(0, encoder === 'javascript' ? 1 : 3));
    expect((await orders({}))[0]).toBeUndefined();
  });

  it('leaves out the columns that folders hold, which are the same on all rows of a file', async () => {
    if (!(await loadEncoder(encoder)).sortingColumns) return;
    const [said] = await orders({ table, omittedColumns: ['id', 'big'] });
    expect(said).toEqual([rising(5)]);
    const [kind] = await orders({ table: { ...things, sortedBy: ['kind'] }, omittedColumns: ['big'] });
    expect(kind).toEqual([rising(8)]);
    expect((await orders({ table, omittedColumns: table.sortedBy }))[0]).toBeUndefined();
  });
});

describe('the data file', () => {
  it('carries what the footer says, merged over row groups', async () => {
    const { file, bytes } = await writeThings(thingsBatches(ROWS, 4096), options);
    const metadata = await metadataOf(bytes);
    expect(file).toMatchObject({
      table: 'things',
      path: 'things/things-0123456789ab-r000000000000_r000000000000.parquet',
      byteSize: bytes.byteLength,
      rowCount: ROWS,
      footerSize: metadata.metadata_length,
      partition: [],
      firstBlock: 'r000000000000',
      lastBlock: 'r000000000000',
    });
    expect(file.splitOffsets[0]).toBe(4);
    expect(file.splitOffsets).toHaveLength(3);
    const sizes = metadata.row_groups.flatMap((group) =>
      group.columns.map((column) => Number(column.meta_data?.total_compressed_size)),
    );
    expect(Object.values(file.columns).reduce((sum, { byteSize }) => sum + byteSize, 0)).toBe(
      sizes.reduce((a, b) => a + b),
    );
    const bounds = Object.fromEntries(
      Object.entries(file.columns).map(([name, { byteSize: _, ...rest }]) => [name, rest]),
    );
    const nulls = (2 * ROWS) / 5;
    expect(bounds).toEqual({
      id: { nullCount: 0, min: 0n, max: 29_999n },
      big: { nullCount: nulls, min: BigInt(Number.MIN_SAFE_INTEGER), max: BigInt(Number.MAX_SAFE_INTEGER) },
      small: { nullCount: ROWS / 5, min: -2147483648, max: 2147483647 },
      ratio: { nullCount: nulls, nanCount: 0, min: -1.5e300, max: 0.1 },
      price: { nullCount: nulls, min: -29n, max: 999_999_999_999n },
      wide: { nullCount: nulls, min: -1n, max: BigInt(Number.MAX_SAFE_INTEGER) },
      day: { nullCount: nulls, min: -719162, max: 2932896 },
      ts: { nullCount: nulls, min: -1n, max: 7_258_118_400_000_001n },
      flag: { nullCount: ROWS / 5, min: false, max: true },
      kind: {
        nullCount: ROWS / 5,
        min: '',
        max: 'long text long text long text long text long text long text lonh',
      },
      note: { nullCount: nulls, min: '', max: '😀 line\nbreak' },
    });
  });

  it('claims no bounds for a column that is null throughout, or whose order the file does not define', async () => {
    const { file } = await writeThings(
      (async function* () {
        for await (const batch of thingsBatches(2, 2)) yield batch.slice(1, 2);
      })(),
    );
    expect(file.columns['ratio']).toEqual({ byteSize: expect.any(Number), nullCount: 1, nanCount: 0 });
    const { file: plain } = await writeThings(thingsBatches(5, 5), { encoder: 'javascript' });
    expect(plain.columns['price']).toEqual({ byteSize: expect.any(Number), nullCount: 2 });
    expect(plain.columns['note']).toEqual({ byteSize: expect.any(Number) });
  });
});

describe('readFooter', () => {
  it('reads once more when the footer is longer than the first read', async () => {
    const { bytes } = await writeThings(thingsBatches(ROWS, 4096), { rowGroupRows: 512 });
    const reads: number[] = [];
    const readTail = (count: number) => {
      reads.push(count);
      return Promise.resolve(bytes.subarray(-Math.min(count, bytes.byteLength)));
    };
    const footer = await readFooter('things', readTail);
    expect(footer.rowCount).toBe(ROWS);
    expect(footer.splitOffsets).toHaveLength(59);
    expect(footer.columnTypes).toEqual([
      ['id', 'int64'],
      ['big', 'int64'],
      ['small', 'int32'],
      ['ratio', 'float64'],
      ['price', 'decimal(12,2)'],
      ['wide', 'decimal(38,6)'],
      ['day', 'date'],
      ['ts', 'timestamp'],
      ['flag', 'boolean'],
      ['kind', 'text'],
      ['note', 'text'],
    ]);
    expect(reads).toEqual([65_536, footer.footerSize + 8]);
  });

  it.each([
    ['text', new TextEncoder().encode('this is not a Parquet file')],
    ['nothing', new Uint8Array(0)],
    [
      'a footer of nonsense',
      new Uint8Array([...Array<number>(20).fill(0x7d), 12, 0, 0, 0, 0x50, 0x41, 0x52, 0x31]),
    ],
  ])('refuses %s', async (_, bytes) => {
    await expect(readFooter('x.parquet', () => Promise.resolve(bytes))).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message: expect.stringMatching(/^Cannot read the footer of x\.parquet: /),
    });
  });
});
