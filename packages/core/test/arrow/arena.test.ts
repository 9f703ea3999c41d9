import { describe, expect, it } from '@jest/globals';
import { Arena, BatchBuilder, column, decimal, int32 } from '../../src/generator.ts';
import { Schema } from 'apache-arrow';

describe('Arena', () => {
  it('gives zeros, in the same memory again after the first batches', () => {
    const memory = new Arena();
    const taken = [1, 2, 3].map(() => {
      memory.reset();
      const numbers = memory.int32s(100);
      expect(numbers).toEqual(new Int32Array(100));
      return numbers.fill(7).buffer;
    });
    expect(taken[1]).toBe(taken[2]);
  });

  it('leaves what lay there to those who set every value anyway', () => {
    const memory = new Arena();
    memory.reset(400);
    memory.int32s(100).fill(7);
    memory.reset();
    expect(memory.int32s(50, false)).toEqual(new Int32Array(50).fill(7));
    expect(memory.int32s(50)).toEqual(new Int32Array(50));
  });

  it('makes room for as many bytes as it is told, and tells how many were taken', () => {
    const memory = new Arena();
    memory.int32s(100);
    expect(memory.takenBytes).toBe(448);
    const other = new Arena();
    other.reset(memory.takenBytes);
    const [first, second] = [other.int32s(50), other.int32s(50)];
    expect(second.buffer).toBe(first.buffer);
  });

  it('lays columns at multiples of 16 bytes, where the native encoder can read decimals without a copy', () => {
    const schema = new Schema([
      column('n', int32(), 'n', { nullable: true }),
      column('price', decimal(12, 2), 'price', { nullable: true }),
      column('total', decimal(12, 2), 'total'),
    ]);
    const memory = new Arena();
    for (const length of [1_001, 997, 1_001]) {
      const builder = new BatchBuilder(schema, length, memory);
      builder.int32('n').setNull(3);
      builder.decimal('price').setNull(4);
      builder.decimal('total').set(5, 6);
      for (const { values } of builder.finish().data.children)
        expect((values as Uint32Array).byteOffset % 16).toBe(0);
    }
  });
});
