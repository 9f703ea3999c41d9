import type { Block, TableDefinition } from '@datagen/core/generator';
import { PartitionSpec } from '@datagen/core';
import type { RecordBatch } from 'apache-arrow';
import { expect, it } from '@jest/globals';
import { ecommerce } from '../../src/index.ts';

// Some 250,000 lines a day: a shop keeps 1,000,000 of them, and makes the next days in the memory of the oldest.
const options = { nCustomers: 1_000, nProducts: 100, ordersPerDay: 100_000, annualGrowth: 0, seed: 5 };
const { window } = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-24' });

function productsOf(batch: RecordBatch): Buffer {
  const { buffer, byteOffset, byteLength } = batch.getChild('product_id')?.data[0]?.values as BigInt64Array;
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

it('keeps a day that is being read, however many others are made meanwhile', () => {
  const shop = ecommerce(options);
  const table = shop.tables.find(({ name }) => name === 'order_items') as TableDefinition;
  const days = [...shop.blocks(table, window)];
  const readAll = (some: readonly Block[]) => {
    for (const day of some)
      for (const batch of shop.generate(table, day)) expect(batch.numRows).toBeGreaterThan(0);
  };
  const [from, to] = [8, 12];
  const middle = days.slice(from, to);
  readAll(days.slice(0, from));
  const readers = middle.map((day) => shop.generate(table, day)[Symbol.iterator]());
  const begun = readers.map((reader) => productsOf(reader.next().value as RecordBatch));
  readAll(days.slice(to));
  for (const [i, day] of middle.entries()) {
    const rest = Array.from({ [Symbol.iterator]: () => readers[i] as Iterator<RecordBatch> }, productsOf);
    const expected = Array.from(ecommerce(options).generate(table, day), productsOf);
    expect(rest.length).toBeGreaterThan(0);
    expect(Buffer.concat([begun[i] as Buffer, ...rest]).equals(Buffer.concat(expected))).toBe(true);
  }
});
