import type { DataFile } from '@datagen/core/writer';
import { partitionValuesOf } from '../partitioning.ts';
import { type ColumnSummary, summaryOf } from '../statistics.ts';
import type { LakeTable } from '../catalog/lake-table.ts';
import type { Snapshot } from './snapshot.ts';
import { TABLES } from '../catalog/tables.ts';

/** Adds data files to a table; gives what is known of each column over all of them, or nothing where one file is silent. */
export function addFiles(
  snapshot: Snapshot,
  { id, columns, partitioning }: LakeTable,
  files: readonly DataFile[],
  { folder, firstRowId }: { readonly folder: string; readonly firstRowId: number },
): ReadonlyMap<number, readonly (ColumnSummary | undefined)[]> {
  const summaries = new Map(columns.map((column) => [column.id, [] as (ColumnSummary | undefined)[]]));
  let rowId = firstRowId;
  for (const { path, rowCount, byteSize, footerSize, partition, columns: statistics = {} } of files) {
    const fileId = snapshot.nextFileId();
    // Rows are written out: spreading what they share takes ten times as long, and there are hundreds of thousands.
    snapshot.add(TABLES.dataFile, {
      data_file_id: fileId,
      table_id: id,
      begin_snapshot: snapshot.id,
      path: path.slice(folder.length),
      path_is_relative: true,
      file_format: 'parquet',
      record_count: rowCount,
      file_size_bytes: byteSize,
      footer_size: footerSize ?? null,
      row_id_start: rowId,
      partition_id: partitioning?.id ?? null,
    });
    rowId += rowCount;
    for (const { id: columnId, name, type } of columns) {
      const found = statistics[name];
      const summary = found && summaryOf(type, rowCount, found);
      summaries.get(columnId)?.push(summary);
      // Of a column without a row nothing is known, and every reader looks into the file.
      if (summary === undefined) continue;
      snapshot.add(TABLES.fileColumnStats, {
        data_file_id: fileId,
        table_id: id,
        column_id: columnId,
        column_size_bytes: summary.byteSize,
        value_count: summary.valueCount,
        null_count: summary.nullCount,
        min_value: summary.bounds?.min ?? null,
        max_value: summary.bounds?.max ?? null,
        contains_nan: summary.hasNan ?? null,
      });
    }
    if (partitioning === undefined) continue;
    for (const [i, value] of partitionValuesOf(partition).entries())
      snapshot.add(TABLES.filePartitionValue, {
        data_file_id: fileId,
        table_id: id,
        partition_key_index: i,
        partition_value: value,
      });
  }
  return summaries;
}
