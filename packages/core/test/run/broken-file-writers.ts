import {
  type DataFile,
  DatagenError,
  option,
  type PlannedFile,
  sentence,
  type WriteDataFile,
} from '../../src/writer/index.ts';
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

/** Its storage has something to say. @public */
export const warns: WriteDataFile = async (options, file, batches) => ({
  ...(await countRows(options, file, batches)),
  warnings: ['The disk is old.'],
});

/** What `failsOnce` throws, by the name of the fault. */
const FAULTS: Record<string, () => Error> = {
  error: () =>
    new RangeError('the pen is empty', { cause: Object.assign(new Error('no ink'), { code: 'EINK' }) }),
  encoder: () =>
    new DatagenError('ENCODE_FAILED', sentence`The pen is empty. Choose another ${option('encoder')}.`, {
      cause: new RangeError('no ink'),
      details: { option: 'encoder' },
      retryable: true,
    }),
  named: () =>
    new DatagenError('ENCODE_FAILED', 'The pen of `events` is empty.', { details: { table: 'events' } }),
  storage: () =>
    new DatagenError('STORAGE_FAILED', 'Cannot write /out/x: it is full.', { details: { path: '/out/x' } }),
};

/** What goes wrong with the file that begins with `block`. */
export interface Fault {
  readonly block: string;
  /** One of `FAULTS`, or `skips` or `hides`. */
  readonly fault: string;
}

/** Fails on one file as its options say, a `Fault`; `hides` takes what the generator throws for its own. @public */
export const failsOnce: WriteDataFile = async (options, file, batches) => {
  const { block, fault } = options as Fault;
  if (file.firstBlock !== block) return countRows(options, file, batches);
  if (fault === 'skips') return skipsRows(options, file, batches);
  if (fault === 'hides') {
    return countRows(options, file, batches).catch((cause: unknown) => {
      throw new Error('The pen slipped.', { cause });
    });
  }
  throw FAULTS[fault]?.() ?? new Error(`There is no fault ${fault}.`);
};

function described({ table, partition, firstBlock, lastBlock }: PlannedFile, rowCount: number): DataFile {
  return { table, path: firstBlock, byteSize: 0, rowCount, partition, firstBlock, lastBlock };
}
