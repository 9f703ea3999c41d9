import {
  type FolderTable,
  type ReadTable,
  type ReadTableOptions,
  type Storage,
  throwIfAborted,
} from '@datagen/core/writer';
import type { RowFormat } from '../rows/row-format.ts';
import { ColumnReader } from './column-reader.ts';
import { PieceRows } from './piece-rows.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { type Cell, csvFields, type RowSyntax, rowSyntax } from './row-syntax.ts';
import { layoutOf, type TableLayout, unreadable } from './table-layout.ts';

const READS_AT_ONCE = 8;

/**
 * Reads a table of text files: all rows of a small table, of a larger one those of pieces that are spread over it, from
 * whose bytes its rows are estimated.
 */
export async function readTextTable(
  storage: Storage,
  format: RowFormat['format'],
  table: FolderTable,
  { sampleRows, signal }: ReadTableOptions,
): Promise<ReadTable> {
  const { name, files } = table;
  const layout = await layoutOf(storage, format, table);
  const syntax = rowSyntax(
    layout.format,
    layout.columns.map((column) => column.name),
  );
  const { pieces, isWhole } = piecesOf(files);
  const read = await readPieces(storage, pieces, syntax, signal);
  takeHeaders(name, read, layout);
  const readRows = read.reduce((sum, { rowCount }) => sum + rowCount, 0);
  // Where a note says the types, all rows are of use; where values are to tell them, the sample is enough.
  const isOfAll = isWhole && layout.columns.every(({ type }) => type !== undefined);
  const columns = columnsOf(layout, table);
  const distance = Math.max(1, readRows / sampleRows);
  let row = 0;
  let sampled = 0;
  for (const rows of read) {
    throwIfAborted(signal);
    const { file } = rows.piece;
    const cellAt = columns.map((column, i) => cellReader(file.partition[column.name], i));
    for (let i = 0; i < rows.rowCount; i++, row++) {
      const isOfSample = row === Math.floor(sampled * distance);
      if (isOfSample) sampled++;
      else if (!isOfAll) continue;
      const cells = syntax.cells(rows.row(i));
      if (cells === undefined)
        throw unreadable(name, format, file.path, `rows of ${String(layout.columns.length)} columns`);
      for (const [c, column] of columns.entries()) {
        const cell = cellAt[c]?.(cells) ?? null;
        if (column.add(cell, isOfSample)) continue;
        const expected = `values of type ${column.type ?? 'text'} in the column \`${column.name}\``;
        throw unreadable(name, format, file.path, `${expected}, not ${JSON.stringify(cell)}`);
      }
    }
  }
  const byteSize = files.reduce((sum, file) => sum + file.byteSize, 0);
  const readBytes = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    name,
    rowCount: isWhole ? readRows : Math.round((readRows / readBytes) * byteSize),
    ...(!isWhole && { isEstimate: true }),
    fileCount: files.length,
    byteSize,
    columns: columns.map((column) => column.finish(format, isOfAll)),
    sampleRowCount: sampled,
    warnings: [],
  };
}

/** Takes the header of each file away. Columns are found by their place, so it must be the same in all. */
function takeHeaders(table: string, read: readonly PieceRows[], { format, columns }: TableLayout): void {
  if (format.format !== 'csv' || !format.header) return;
  const names = columns.map(({ name }) => name);
  for (const rows of read) {
    const { file, start } = rows.piece;
    const header = start === 0 ? rows.takeHeader() : undefined;
    if (header === undefined) continue;
    const found = csvFields(header, format.delimiter, undefined);
    if (found?.join('\n') === names.join('\n')) continue;
    throw unreadable(table, 'csv', file.path, `the columns ${names.join(', ')} in this order`);
  }
}

/** Those of the files, and after them those that only folders say. */
function columnsOf({ columns }: TableLayout, { files }: FolderTable): readonly ColumnReader[] {
  const partitioned = new Set(files.flatMap(({ partition }) => Object.keys(partition)));
  const inFiles = new Set(columns.map(({ name }) => name));
  return [
    ...columns.map(({ name, type }) => new ColumnReader(name, type)),
    ...[...partitioned].filter((name) => !inFiles.has(name)).map((name) => new ColumnReader(name, 'text')),
  ];
}

/** What a file's folders say wins over its rows. */
function cellReader(constant: string | null | undefined, index: number): (cells: readonly Cell[]) => Cell {
  return constant === undefined ? (cells) => cells[index] ?? null : () => constant;
}

async function readPieces(
  storage: Storage,
  pieces: readonly Piece[],
  syntax: RowSyntax,
  signal: AbortSignal | undefined,
): Promise<readonly PieceRows[]> {
  const read: PieceRows[] = [];
  let next = 0;
  const readNext = async () => {
    for (let i = next++; i < pieces.length; i = next++) {
      throwIfAborted(signal);
      read[i] = await PieceRows.read(storage, pieces[i] as Piece, syntax);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readNext));
  return read;
}
