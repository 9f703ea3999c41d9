import { type FileDays, isReplaced, type RemovedFiles, type TableChange } from '@datagen/core/writer';
import { daysInName } from '@datagen/parquet/data-files';
import { sql, type SqlTransaction } from '@datagen/sql';
import type { LakeTable } from '../catalog/lake-table.ts';
import type { Snapshot } from './snapshot.ts';
import { TABLES } from '../catalog/tables.ts';

interface LiveFile {
  readonly id: number;
  readonly path: string;
  readonly rowCount: number;
  readonly byteSize: number;
}

/** A statement has a length that every database takes. */
const IDS_PER_STATEMENT = 1000;

/** Ends the live files that go with a change, and what was deleted of them; gives what that removes. */
export async function endReplacedFiles(
  transaction: SqlTransaction,
  snapshot: Snapshot,
  { id, columns }: LakeTable,
  change: TableChange,
): Promise<RemovedFiles> {
  const live = await liveFiles(transaction, id);
  const timeColumn = columns.find(({ name }) => name === change.table.timeColumn);
  const days =
    change.replaces === 'window' && timeColumn !== undefined
      ? await daysInStatistics(transaction, id, timeColumn.id)
      : new Map<number, FileDays>();
  const replaced = live.filter((file) =>
    isReplaced(file.path, () => daysInName(file.path) ?? days.get(file.id), change),
  );
  for (let i = 0; i < replaced.length; i += IDS_PER_STATEMENT) {
    const ids = replaced.slice(i, i + IDS_PER_STATEMENT).map((file) => file.id);
    const where = sql`table_id = ${id} AND data_file_id IN (${ids})`;
    snapshot.end(TABLES.dataFile, where);
    snapshot.end(TABLES.deleteFile, where);
  }
  const rowCount = await deletedRows(transaction, id, new Set(replaced.map((file) => file.id)));
  return {
    fileCount: replaced.length,
    byteSize: replaced.reduce((sum, file) => sum + file.byteSize, 0),
    ...(rowCount !== undefined && {
      rowCount: replaced.reduce((sum, file) => sum + file.rowCount, 0) - rowCount,
    }),
  };
}

async function liveFiles(transaction: SqlTransaction, tableId: number): Promise<readonly LiveFile[]> {
  const rows = await transaction.select(
    { data_file_id: 'integer', path: 'text', record_count: 'integer', file_size_bytes: 'integer' },
    sql`FROM ducklake_data_file WHERE table_id = ${tableId} AND end_snapshot IS NULL ORDER BY data_file_id`,
  );
  return rows.map((row) => ({
    id: row.data_file_id,
    path: row.path,
    rowCount: row.record_count,
    byteSize: row.file_size_bytes,
  }));
}

/** The days of files that another engine has written or merged, whose names say none. */
async function daysInStatistics(
  transaction: SqlTransaction,
  tableId: number,
  columnId: number,
): Promise<ReadonlyMap<number, FileDays>> {
  const rows = await transaction.select(
    { data_file_id: 'integer', min_value: 'text?', max_value: 'text?' },
    sql`FROM ducklake_file_column_stats WHERE table_id = ${tableId} AND column_id = ${columnId}`,
  );
  return new Map(
    rows.flatMap(({ data_file_id, min_value, max_value }) =>
      min_value === null || max_value === null
        ? []
        : [[data_file_id, [min_value.slice(0, 10), max_value.slice(0, 10)]] as const],
    ),
  );
}

/** How many rows of some files were deleted before; undefined where the catalog itself keeps some of them by number. */
async function deletedRows(
  transaction: SqlTransaction,
  tableId: number,
  ids: ReadonlySet<number>,
): Promise<number | undefined> {
  if (await transaction.hasTable(`ducklake_inlined_delete_${String(tableId)}`)) return undefined;
  const rows = await transaction.select(
    { data_file_id: 'integer', delete_count: 'integer' },
    sql`FROM ducklake_delete_file WHERE table_id = ${tableId} AND end_snapshot IS NULL`,
  );
  return rows
    .filter(({ data_file_id }) => ids.has(data_file_id))
    .reduce((sum, { delete_count }) => sum + delete_count, 0);
}
