import type { CommitReceipt, TableCommit } from './table-writer.ts';

/** What a commit added, counted from its files, and what the writer says beside: what it removed, and warnings. */
export function receiptOf(
  { opened, files }: TableCommit,
  { removed, warnings }: Pick<CommitReceipt, 'removed' | 'warnings'> = {},
): CommitReceipt {
  let rowCount = 0;
  let byteSize = 0;
  for (const file of files) {
    rowCount += file.rowCount;
    byteSize += file.byteSize;
  }
  return {
    table: opened.table.name,
    fileCount: files.length,
    rowCount,
    byteSize,
    ...(removed && { removed }),
    ...(warnings && { warnings }),
  };
}
