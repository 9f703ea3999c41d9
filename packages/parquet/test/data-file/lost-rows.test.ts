import { BatchBuilder, column, defineTable, int64, text } from '@datagen/core/generator';
import { MemoryStorage } from '@datagen/core/writer';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Chunk } from '../../src/chunks/chunk-cutter.ts';
import { wasmEncoder } from '../../src/encoders/wasm.ts';
import { idsBatch, writeThings } from '../all-types.ts';

const tableOf = (...columns: ReturnType<typeof column>[]) =>
  defineTable({ name: 'things', description: 'x', primaryKey: [], columns });
const ids = tableOf(column('id', int64(), 'x'));
const notes = tableOf(column('note', text(), 'x'));

async function* batchesOf(count: number, rowCount: number) {
  for (let i = 0; i < count; i++) yield await Promise.resolve(idsBatch(rowCount));
}

/** One row of a text that is longer than any plan expects. */
async function* oneNote(length: number) {
  const builder = new BatchBuilder(notes.schema, 1);
  const note = builder.utf8('note');
  note.appendText('x'.repeat(length));
  note.endRow();
  yield await Promise.resolve(builder.finish());
}

/** Chunks without their last row. */
async function* shortened(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  for await (const { rowCount, columns } of chunks)
    yield { rowCount: rowCount - 1, columns: columns.map((data) => data.slice(0, rowCount - 1)) };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a file whose encoder loses rows', () => {
  const encode = wasmEncoder.encode.bind(wasmEncoder);
  const write = (rowGroupRows: number, storage: MemoryStorage) =>
    writeThings(batchesOf(4, 500), { table: ids, rowGroupRows, storage });

  // A footer of many row groups is longer than what is kept of a file's end, and read back from the storage.
  it.each([
    ['before it is in place', 262_144],
    ['by the footer in the storage', 2],
  ])('is noticed %s, and not kept', async (_, rowGroupRows) => {
    const storage = new MemoryStorage(`memory:lost-rows-${String(rowGroupRows)}`);
    const whole = await write(rowGroupRows, storage);
    expect(whole.file.rowCount).toBe(2_000);
    await storage.remove(whole.file.path);
    jest
      .spyOn(wasmEncoder, 'encode')
      .mockImplementation((schema, chunks, ...rest) => encode(schema, shortened(chunks), ...rest));
    await expect(write(rowGroupRows, storage)).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message: expect.stringMatching(
        /^The encoder was given 2000 rows of `things` and put 1\d{3} into things\/.*, which was not kept\./,
      ),
    });
    expect(await storage.list('')).toEqual([]);
  });
});

it('a file of more bytes than its encoder can count is not kept', async () => {
  jest.replaceProperty(wasmEncoder, 'limits', { ...wasmEncoder.limits, fileBytes: 50_000 });
  const write = (length: number, storage: MemoryStorage) =>
    writeThings(oneNote(length), { table: notes, compression: 'none', storage });
  const storage = new MemoryStorage('memory:more-bytes');
  const { file } = await write(10_000, storage);
  await storage.remove(file.path);
  await expect(write(50_001, storage)).rejects.toMatchObject({
    code: 'ENCODE_FAILED',
    message: expect.stringMatching(
      /^A file of `things` takes more than 50000 bytes, which its encoder cannot count\./,
    ),
  });
  expect(await storage.list('')).toEqual([]);
});
