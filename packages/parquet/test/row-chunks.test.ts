import { BatchBuilder, int64 } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { Field, type RecordBatch, Schema } from 'apache-arrow';
import { cutChunks } from '../src/row-chunks.ts';
import { TailKeeper } from '../src/tail-keeper.ts';

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

describe('cutChunks', () => {
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
    for await (const chunk of cutChunks(schema, idBatches(...batches), 10)) {
      found.push([...(chunk.getChildAt(0) as Iterable<bigint>)]);
    }
    expect(found.map((ids) => ids.length)).toEqual(chunks);
    expect(found.flat()).toEqual(found.flat().map((_, i) => BigInt(i)));
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
