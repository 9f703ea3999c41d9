import type { RecordBatch } from 'apache-arrow';
import {
  type Coverage,
  type DataFile,
  FileCoverage,
  receiptOf,
  type TableCommit,
} from '../../src/writer/index.ts';
import type { PlannedFile, TableWriter, WriteMode } from '../../src/index.ts';

/** Named by the writer's file reference: reads the batches to their end and keeps only their count. @public */
export async function countRows(
  _: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
): Promise<DataFile> {
  let rowCount = 0;
  for await (const batch of batches) rowCount += batch.numRows;
  const { table, partition, firstBlock, lastBlock } = file;
  return { table, path: firstBlock, byteSize: rowCount, rowCount, partition, firstBlock, lastBlock };
}

/** A table format that keeps nothing, to look at the calls a run makes. */
export function countingWriter(coverage: Coverage = new FileCoverage()): TableWriter & {
  readonly opened: [string, WriteMode][];
  readonly commits: TableCommit[][];
} {
  const opened: [string, WriteMode][] = [];
  const commits: TableCommit[][] = [];
  return {
    outputUri: 'nowhere',
    opened,
    commits,
    openTable: (table, { mode }) => {
      opened.push([table.name, mode]);
      const fileWriter = { module: import.meta.url, export: 'countRows', options: null };
      return Promise.resolve({ table, coverage, fileWriter });
    },
    commit: (tables) => {
      commits.push([...tables]);
      return Promise.resolve(tables.map((commit) => ({ receipt: receiptOf(commit) })));
    },
  };
}
