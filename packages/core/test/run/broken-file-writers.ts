import type { DataFile, PlannedFile, WriteDataFile } from '../../src/writer/index.ts';
import { countRows } from './counting-writer.ts';

/** Writers of data files that break their contract; named by references. @public */
export const skipsRows: WriteDataFile = async (_, file, batches) => {
  for await (const batch of batches) return described(file, batch.numRows);
  return described(file, 0);
};

/** @public */
export const countsWrong: WriteDataFile = async (_, file, batches) => {
  for await (const _ of batches);
  return described(file, 1);
};

/** @public */
export const namesOther: WriteDataFile = async (...args) => ({
  ...(await countRows(args[0], args[1], args[2])),
  table: 'elsewhere',
});

/** @public */
export const fails: WriteDataFile = () => Promise.reject(new RangeError('the pen is empty'));

function described({ table, partition, firstBlock, lastBlock }: PlannedFile, rowCount: number): DataFile {
  return { table, path: firstBlock, byteSize: 0, rowCount, partition, firstBlock, lastBlock };
}
