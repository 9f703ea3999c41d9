import type { DataFile } from '@datagen/core/writer';
import { type Bounds, type ColumnSummary, widened } from '../statistics.ts';
import type { LakeColumn } from '../schema.ts';
import { sql, type SqlTransaction } from '@datagen/sql';
import type { LakeTable } from '../catalog/lake-table.ts';
import type { Snapshot } from './snapshot.ts';
import { TABLES } from '../catalog/tables.ts';

/** Counts of a table over all its life: what was deleted or replaced is still counted. */
export interface TableCounts {
  readonly rowCount: number;
  readonly nextRowId: number;
  readonly byteSize: number;
}

/** Undefined where nothing was ever put into it. */
export async function tableCounts(
  transaction: SqlTransaction,
  { id }: LakeTable,
): Promise<TableCounts | undefined> {
  const [found] = await transaction.select(
    { record_count: 'integer', next_row_id: 'integer', file_size_bytes: 'integer' },
    sql`FROM ducklake_table_stats WHERE table_id = ${id}`,
  );
  return (
    found && {
      rowCount: found.record_count,
      nextRowId: found.next_row_id,
      byteSize: found.file_size_bytes,
    }
  );
}

/**
 * Brings the statistics of a table up to date with files that are added. DuckDB answers MIN, MAX and filters from them
 * alone, so a row that says too little is a wrong answer and not a slow one. Hence:
 *
 * - counts only grow, whatever is removed: DuckDB takes bounds for exact just where they equal what is live;
 * - bounds are widened, never narrowed;
 * - a column without a row in a table that has rows gets none, since nothing is known of the rows that are there;
 * - where bounds are not known, of what is there or of what is added, the row goes.
 */
export async function updateStatistics(
  transaction: SqlTransaction,
  snapshot: Snapshot,
  { id, columns }: LakeTable,
  counts: TableCounts | undefined,
  files: readonly DataFile[],
  added: ReadonlyMap<number, readonly (ColumnSummary | undefined)[]>,
): Promise<void> {
  if (files.length === 0) return;
  const rowCount = files.reduce((sum, file) => sum + file.rowCount, 0);
  const byteSize = files.reduce((sum, file) => sum + file.byteSize, 0);
  if (counts === undefined) {
    snapshot.add(TABLES.tableStats, {
      table_id: id,
      record_count: rowCount,
      next_row_id: rowCount,
      file_size_bytes: byteSize,
    });
  } else {
    snapshot.run(
      sql`UPDATE ducklake_table_stats SET record_count = ${counts.rowCount + rowCount}, next_row_id = ${counts.nextRowId + rowCount}, file_size_bytes = ${counts.byteSize + byteSize} WHERE table_id = ${id}`,
    );
  }
  const present = await presentStatistics(transaction, id);
  const hasRows = (counts?.rowCount ?? 0) > 0;
  for (const column of columns) {
    const own = summaryOfFiles(column, added.get(column.id) ?? []);
    const before = present.get(column.id);
    const after = hasRows ? before && own && joined(column, before, own) : own;
    if (before !== undefined)
      snapshot.run(
        sql`DELETE FROM ducklake_table_column_stats WHERE table_id = ${id} AND column_id = ${column.id}`,
      );
    if (after === undefined) continue;
    snapshot.add(TABLES.tableColumnStats, {
      table_id: id,
      column_id: column.id,
      contains_null: after.hasNull,
      contains_nan: after.hasNan,
      min_value: after.bounds?.min ?? null,
      max_value: after.bounds?.max ?? null,
    });
  }
}

/** What is known of a column of a table; without bounds all its values are null. */
interface ColumnRow {
  readonly hasNull: boolean;
  readonly hasNan: boolean | null;
  readonly bounds?: Bounds;
}

async function presentStatistics(
  transaction: SqlTransaction,
  tableId: number,
): Promise<ReadonlyMap<number, ColumnRow>> {
  const rows = await transaction.select(
    {
      column_id: 'integer',
      contains_null: 'boolean?',
      contains_nan: 'boolean?',
      min_value: 'text?',
      max_value: 'text?',
    },
    sql`FROM ducklake_table_column_stats WHERE table_id = ${tableId}`,
  );
  return new Map(
    rows.map(({ column_id, contains_null, contains_nan, min_value, max_value }) => [
      column_id,
      {
        hasNull: contains_null ?? true,
        hasNan: contains_nan,
        ...(min_value !== null && max_value !== null && { bounds: { min: min_value, max: max_value } }),
      },
    ]),
  );
}

function summaryOfFiles(
  { type }: LakeColumn,
  summaries: readonly (ColumnSummary | undefined)[],
): ColumnRow | undefined {
  let bounds: Bounds | undefined;
  let hasNull = false;
  let hasNan: boolean | null = null;
  for (const summary of summaries) {
    if (summary === undefined) return undefined;
    hasNull ||= summary.nullCount > 0;
    if (summary.hasNan !== undefined) hasNan = hasNan === true || summary.hasNan;
    if (summary.bounds === undefined) continue;
    bounds = bounds === undefined ? summary.bounds : widened(type, bounds, summary.bounds);
    if (bounds === undefined) return undefined;
  }
  return { hasNull, hasNan, ...(bounds && { bounds }) };
}

/** Undefined where bounds are not known: a row without any may be of values that nobody has bounded. */
function joined({ type }: LakeColumn, before: ColumnRow, own: ColumnRow): ColumnRow | undefined {
  if (before.bounds === undefined) return undefined;
  const bounds = own.bounds === undefined ? before.bounds : widened(type, before.bounds, own.bounds);
  if (bounds === undefined) return undefined;
  const hasNan = before.hasNan === null ? null : before.hasNan || own.hasNan;
  return { hasNull: before.hasNull || own.hasNull, hasNan, bounds };
}
