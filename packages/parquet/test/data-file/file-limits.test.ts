import { type DatasetGenerator, planDataset, writeDataset } from '@datagen/core';
import { column, defineTable, int64 } from '@datagen/core/generator';
import { MemoryStorage } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { makeData } from 'apache-arrow';
import { checkRowCount, limitBytes } from '../../src/data-file/checks.ts';
import { readFooter } from '../../src/data-file/index.ts';
import { fileRowsFor, rowGroupRowsFor } from '../../src/encoders/limits.ts';
import { loadEncoder, parquet } from '../../src/index.ts';
import { idsBatch, things, thingsBatches, writeThings } from '../all-types.ts';
import { TESTED_ENCODERS } from '../tested-encoders.ts';

const window = { startDate: '2026-01-05', endDate: '2026-01-05', tables: 'sites' };
/** Row groups of 1,024 rows, and their number in 16 bits. */
const MOST_ROWS = 32_767 * 1_024;
const ids = defineTable({
  name: 'things',
  description: 'x',
  primaryKey: [],
  columns: [column('id', int64(), 'x')],
});

describe('a plan', () => {
  const writer = () => parquet(new MemoryStorage('memory:limits'), { rowGroupRows: 1_024 });

  it('has files that hold no more row groups than Parquet can number', async () => {
    const generator = sampleGenerator({ nSites: 3 * MOST_ROWS });
    const { planned } = await planDataset(generator, writer(), { ...window, fileRowsTarget: 100_000_000 });
    const sizes = planned[0]?.plan.files.map(({ rowCount }) => rowCount) ?? [];
    expect(sizes.reduce((a, b) => a + b)).toBe(3 * MOST_ROWS);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_ROWS);
  });

  it('is refused, before a row is made, where a block is larger than a file can be', async () => {
    const sample = sampleGenerator({ nSites: 5 });
    const made: string[] = [];
    const large = (rowCount: number): DatasetGenerator => ({
      name: sample.name,
      version: sample.version,
      config: sample.config,
      tables: sample.tables,
      blocks: () => [{ key: 'r000000000000', rowCount, exact: true }],
      generate: (table, block) => {
        made.push(block.key);
        return sample.generate(table, block);
      },
    });
    await expect(writeDataset(large(MOST_ROWS + 1), writer(), window)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(
        /^Block r000000000000 of `sites` has 33553409 rows, and one file can hold 33553408: a file of the encoder "\w+" has at most 32,767 row groups of 1024 rows.*\. Choose larger `rowGroupRows`/,
      ),
    });
    expect(made).toEqual([]);
    await expect(planDataset(large(MOST_ROWS), writer(), window)).resolves.toBeDefined();
  });
});

// parquetjs takes too long for a test.
describe.each(TESTED_ENCODERS.filter((name) => name !== 'javascript'))(
  'a file of the %s encoder',
  (encoder) => {
    const written = (rowCount: number) =>
      writeThings(thingsBatches(rowCount, 5_000), {
        encoder,
        table: ids,
        rowGroupRows: 1,
        compression: 'none',
      });

    it('has up to 32,767 row groups, and is refused beyond, also if its plan did not know', async () => {
      const { file } = await written(32_767);
      expect(file.rowCount).toBe(32_767);
      expect(file.splitOffsets).toHaveLength(32_767);
      await expect(written(32_768)).rejects.toMatchObject({
        code: 'ENCODE_FAILED',
        message:
          'A file of `things` has more than 32767 rows, more than was estimated and more than it can hold. Choose a smaller `fileRowsTarget`.',
      });
    }, 60_000);
  },
);

describe('rows that an encoder loses', () => {
  it('are noticed by the footer: parquet-wasm goes on after a row group that it cannot number', async () => {
    const wasm = await loadEncoder('wasm');
    const schema = idsBatch(0).schema;
    async function* chunks() {
      for (let i = 0; i < 33; i++) {
        const { numRows, data } = idsBatch(1_000);
        yield await Promise.resolve({ rowCount: numRows, columns: data.children });
      }
    }
    const settings = {
      compression: 'none',
      rowGroupRows: 1,
      withoutDictionary: ['id'],
      deltas: [],
      classic: false,
      keyValue: { key: 'a', value: 'b' },
    } as const;
    const pieces: Uint8Array[] = [];
    for await (const piece of wasm.encode(schema, chunks(), settings)) pieces.push(piece.slice());
    const bytes = Buffer.concat(pieces);
    const footer = await readFooter('x', (count) => Promise.resolve(bytes.subarray(-count)));
    const counts = { rowCount: 33_000, nanCounts: new Map() };
    expect(() => {
      checkRowCount(footer, counts, 'things', 'things/x.parquet');
    }).toThrow(
      expect.objectContaining({
        code: 'ENCODE_FAILED',
        message: `The encoder was given 33000 rows of \`things\` and put ${String(footer.rowCount)} into things/x.parquet, which was not kept. Choose another \`encoder\` or a smaller \`fileRowsTarget\`.`,
      }),
    );
    expect(() => {
      checkRowCount(footer, { ...counts, rowCount: footer.rowCount }, 'things', 'x');
    }).not.toThrow();
  }, 60_000);
});

describe('bytes that an encoder cannot count', () => {
  it('end the file, which is not kept', async () => {
    async function* pieces() {
      for (let i = 0; i < 5; i++) yield await Promise.resolve(new Uint8Array(100));
    }
    const storage = new MemoryStorage('memory:large');
    const put = (fileBytes: number) => storage.write('x', limitBytes('events', pieces(), { fileBytes }));
    expect(await put(500)).toBe(500);
    await storage.remove('x');
    await expect(put(499)).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message:
        'A file of `events` takes more than 499 bytes, which its encoder cannot count. Choose a smaller `fileRowsTarget`, or use encoder `native`.',
    });
    expect(await storage.list('')).toEqual([]);
  });

  it('are 4 GiB of a file and 1 GiB of a row group in the memory of WebAssembly', async () => {
    const { limits } = await loadEncoder('wasm');
    const { schema } = things;
    // 99 bytes and a text, each with a quarter more.
    const rows = fileRowsFor(schema, 2 ** 24, limits);
    expect(rows).toBeGreaterThan(20_000_000);
    expect(rows).toBeLessThan(2 ** 32 / 100);
    const [most, fewer] = [2 ** 24, 2 ** 20].map((asked) => rowGroupRowsFor(schema, asked, limits));
    expect(most).toBeLessThan(2 ** 30 / 100);
    expect(fewer).toBe(2 ** 20);
  });

  it('are refused of a row group whose text is longer than usual, before they fill that memory', async () => {
    const wasm = await loadEncoder('wasm');
    const { schema } = idsBatch(0);
    const length = 2 ** 27 + 1;
    // Memory that is never touched.
    const large = makeData({ type: int64(), length, nullCount: 0, data: new BigInt64Array(length) });
    async function* chunks() {
      yield await Promise.resolve({ rowCount: length, columns: [large] });
    }
    const settings = {
      compression: 'none',
      rowGroupRows: 2 ** 28,
      withoutDictionary: [],
      deltas: [],
      classic: false,
      keyValue: { key: 'a', value: 'b' },
    } as const;
    const encoded = (async () => {
      for await (const piece of wasm.encode(schema, chunks(), settings)) expect(piece.byteLength).toBe(-1);
    })();
    await expect(encoded).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message:
        'A row group of 268435456 rows takes more than 1 GiB, too much for the memory of the encoder "wasm". Choose a smaller `rowGroupRows`, or use encoder `native`.',
    });
  });
});

it('does not take row groups whose sizes would not fit the headers of pages', () => {
  expect(() => parquet('memory:x', { rowGroupRows: 2 ** 24 + 1 })).toThrow(
    'Option `rowGroupRows` of the writer "parquet": expected at most 16777216, got 16777217.',
  );
});
