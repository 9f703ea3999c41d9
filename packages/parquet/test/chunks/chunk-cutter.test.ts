import { BatchBuilder, int64 } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { type Data, Field, type RecordBatch, Schema } from 'apache-arrow';
import { type Chunk, ChunkCutter } from '../../src/chunks/chunk-cutter.ts';
import { TailKeeper } from '../../src/data-file/footer/tail-keeper.ts';

const schema = new Schema([new Field('id', int64(), false)]);

async function* idBatches(...sizes: number[]): AsyncGenerator<RecordBatch> {
  let next = 0;
  for (const size of sizes) {
    const builder = new BatchBuilder(schema, size);
    const id = builder.int64('id');
    for (let i = 0; i < size; i++) id.set(i, next++);
    yield await Promise.resolve(builder.finish());
  }
}

const idsOf = ({ columns }: Chunk): BigInt64Array => (columns[0] as Data).values as BigInt64Array;

describe('ChunkCutter', () => {
  it.each([
    [[23], [10, 10, 3]],
    [Array<number>(23).fill(1), [10, 10, 3]],
    [
      [7, 0, 7, 6],
      [10, 10],
    ],
    [[], [0]],
    [[0], [0]],
  ])('cuts batches of %j into chunks of %j', async (batches, chunks) => {
    const found: bigint[][] = [];
    for await (const chunk of new ChunkCutter(schema, { rows: 10 }).cut(idBatches(...batches))) {
      found.push([...idsOf(chunk)]);
    }
    expect(found.map((ids) => ids.length)).toEqual(chunks);
    expect(found.flat()).toEqual(found.flat().map((_, i) => BigInt(i)));
  });
});

describe('ChunkCutter for an encoder that takes large batches', () => {
  it('passes them as they are and gathers the others in between', async () => {
    const sizes: number[] = [];
    const ids: bigint[] = [];
    const passed: unknown[] = [];
    const batches: RecordBatch[] = [];
    const source = (async function* () {
      for await (const batch of idBatches(8, 3, 3, 9, 2, 12, 25)) {
        batches.push(batch);
        yield batch;
      }
    })();
    for await (const chunk of new ChunkCutter(schema, { rows: 5, passedFrom: 9 }).cut(source)) {
      sizes.push(chunk.rowCount);
      ids.push(...idsOf(chunk));
      passed.push(batches.findIndex((batch) => batch.data.children[0] === chunk.columns[0]));
    }
    expect(sizes).toEqual([5, 5, 4, 9, 2, 12, 25]);
    expect(passed).toEqual([-1, -1, -1, 3, -1, 5, 6]);
    expect(ids).toEqual(ids.map((_, i) => BigInt(i)));
  });

  it('gathers a batch that does not begin at its first value', async () => {
    const source = (async function* () {
      for await (const batch of idBatches(30)) yield batch.slice(10, 30);
    })();
    const sizes: number[] = [];
    const ids: bigint[] = [];
    for await (const chunk of new ChunkCutter(schema, { rows: 15, passedFrom: 9 }).cut(source)) {
      sizes.push(chunk.rowCount);
      ids.push(...idsOf(chunk));
    }
    expect(sizes).toEqual([15, 5]);
    expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => BigInt(i + 10)));
  });
});

describe('TailKeeper', () => {
  async function keep(capacity: number, ...pieces: number[][]) {
    const keeper = new TailKeeper(capacity);
    const source = (async function* () {
      for (const piece of pieces) yield await Promise.resolve(new Uint8Array(piece));
    })();
    const passed: number[] = [];
    for await (const piece of keeper.keep(source)) passed.push(...piece);
    return { passed, last: (count: number) => [...(keeper.last(count) ?? ['unknown'])] };
  }

  it('passes all bytes on and knows the last ones', async () => {
    const { passed, last } = await keep(4, [1], [2, 3], [4], [5, 6]);
    expect(passed).toEqual([1, 2, 3, 4, 5, 6]);
    expect([last(2), last(4), last(6)]).toEqual([[5, 6], [3, 4, 5, 6], ['unknown']]);
  });

  it('knows the end of a long piece, and all of a file that is shorter than asked for', async () => {
    expect((await keep(3, [1], [2, 3, 4, 5])).last(3)).toEqual([3, 4, 5]);
    expect((await keep(8, [1], [2, 3])).last(100)).toEqual([1, 2, 3]);
  });
});
