import {
  type ReadColumn,
  type ReadTable,
  type ReadTableOptions,
  type ReadValue,
  type Storage,
  throwIfAborted,
} from '@datagen/core/writer';
import { createReadCache, DataFileRows } from './data-file-rows.ts';
import type { ListedTable } from './listed-table.ts';
import { partitionValueOf } from './read-values.ts';
import { sampleOf, type Stretch } from './sample.ts';
import { columnsOf, statisticsOf, type TableColumn } from './table-columns.ts';
import { type OpenedFile, openFiles } from './table-files.ts';
import { spansOf } from './value-spans.ts';

const STRETCHES_AT_ONCE = 4;

/** What `readParquetTable` does. */
export async function readTable(
  storage: Storage,
  listed: ListedTable,
  { sampleRows, signal }: ReadTableOptions,
): Promise<ReadTable> {
  const files = await openFiles(storage, listed, signal);
  const columns = columnsOf(listed, files);
  const openedRows = files.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const { stretches, isEven } = sampleOf(files, sampleRows);
  const rowsByPath = new Map<string, Promise<DataFileRows>>();
  const cache = createReadCache();
  const rowsOf = (file: OpenedFile) => {
    const rows = rowsByPath.get(file.path) ?? DataFileRows.open(storage, file, cache);
    rowsByPath.set(file.path, rows);
    return rows;
  };
  const samples = await readStretches(stretches, columns, rowsOf, signal);
  const isAll = files.length === listed.files.length;
  const read: ReadColumn[] = [];
  for (const [i, column] of columns.entries()) {
    throwIfAborted(signal);
    const { name, type, doc } = column;
    // A sample from everywhere needs no help.
    const spans = isEven
      ? undefined
      : await spansOf(storage, column, files, async (file) => (await rowsOf(file)).metadata);
    read.push({
      name,
      type,
      ...(doc !== undefined && { doc }),
      ...(isAll && statisticsOf(column, files)),
      ...(spans && { spans }),
      sample: samples[i] ?? [],
    });
  }
  const { name, version, committedMs, deletedRowCount = 0, warnings = [] } = listed;
  const counted = rowCountOf(listed, openedRows, files.length);
  return {
    name,
    ...(version !== undefined && { version }),
    ...(committedMs !== undefined && { committedMs }),
    rowCount: counted.rowCount - deletedRowCount,
    ...(counted.isEstimate && { isEstimate: true }),
    fileCount: listed.files.length,
    byteSize: listed.files.reduce((sum, { byteSize }) => sum + byteSize, 0),
    columns: read,
    sampleRowCount: stretches.reduce((sum, { rows }) => sum + rows.length, 0),
    warnings: isAll
      ? warnings
      : [...warnings, `Bounds and nulls of \`${name}\` are unknown: it has too many files to open all.`],
  };
}

/** Exact where a log says it or all files were opened. */
function rowCountOf(
  { files }: ListedTable,
  openedRows: number,
  openedCount: number,
): { readonly rowCount: number; readonly isEstimate: boolean } {
  if (openedCount === files.length) return { rowCount: openedRows, isEstimate: false };
  const counts = files.map(({ rowCount }) => rowCount).filter((count) => count !== undefined);
  if (counts.length === files.length)
    return { rowCount: counts.reduce((a, b) => a + b, 0), isEstimate: false };
  return { rowCount: Math.round((openedRows / openedCount) * files.length), isEstimate: true };
}

/** The values of each column in all stretches, in their order. */
async function readStretches(
  stretches: readonly Stretch[],
  columns: readonly TableColumn[],
  rowsOf: (file: OpenedFile) => Promise<DataFileRows>,
  signal: AbortSignal | undefined,
): Promise<readonly (readonly (ReadValue | null)[])[]> {
  const parts: (readonly (ReadValue | null)[])[][] = columns.map(() => []);
  let next = 0;
  const readNext = async () => {
    for (let i = next++; i < stretches.length; i = next++) {
      throwIfAborted(signal);
      const stretch = stretches[i] as Stretch;
      const rows = await rowsOf(stretch.file);
      const values = await Promise.all(columns.map((column) => valuesOf(column, stretch, rows)));
      for (const [c, found] of values.entries()) (parts[c] as (readonly (ReadValue | null)[])[])[i] = found;
    }
  };
  await Promise.all(Array.from({ length: STRETCHES_AT_ONCE }, readNext));
  return parts.map((found) => found.flat());
}

function valuesOf(
  column: TableColumn,
  { file, rows }: Stretch,
  fileRows: DataFileRows,
): Promise<(ReadValue | null)[]> {
  const text = file.partition?.[column.name];
  const constant = (value: ReadValue | null) =>
    Promise.resolve(new Array<ReadValue | null>(rows.length).fill(value));
  if (text !== undefined) return constant(partitionValueOf(column.type, text));
  const name = column.nameIn(file);
  return name === undefined ? constant(null) : fileRows.values(name, rows);
}
