import type { ReadValue, ValueSpan } from '@datagen/core/writer';
import { type ColumnChunk, type FileMetaData, readColumnIndex, readOffsetIndex } from 'hyparquet';
import type { Storage } from '@datagen/core/writer';
import { PARSERS, readValueOf } from './read-values.ts';
import { statisticsIn, type TableColumn } from './table-columns.ts';
import type { OpenedFile } from './table-files.ts';

/** So many files draw a picture of where values lie; of fewer, the pages do. */
const ENOUGH_FILES = 100;
/** An index that is larger than this is not read. */
const MOST_INDEX_BYTES = 4 * 1024 * 1024;

/** Where the values of a number-like column lie, by the bounds of files or of their pages. */
export async function spansOf(
  storage: Storage,
  column: TableColumn,
  files: readonly OpenedFile[],
  metadataOf: (file: OpenedFile) => Promise<FileMetaData>,
): Promise<readonly ValueSpan[] | undefined> {
  if (!isNumberLike(column.type)) return undefined;
  const spans: ValueSpan[] = [];
  for (const file of files) {
    const name = column.nameIn(file);
    const whole = spanIn(column, file);
    if (whole === undefined) continue;
    const pages =
      files.length >= ENOUGH_FILES || name === undefined || whole.min === whole.max
        ? undefined
        : await pageSpans(storage, file.path, await metadataOf(file), name);
    spans.push(...(pages ?? [whole]));
  }
  return spans;
}

function isNumberLike(type: string): boolean {
  return /^(u?int|float|decimal|date|timestamp)/.test(type);
}

function spanIn(column: TableColumn, file: OpenedFile): ValueSpan | undefined {
  const { nullCount = 0, min, max } = statisticsIn(column, file);
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  return { min, max, count: file.rowCount - nullCount };
}

async function pageSpans(
  storage: Storage,
  path: string,
  { row_groups: groups, schema }: FileMetaData,
  name: string,
): Promise<readonly ValueSpan[] | undefined> {
  const element = schema.find((each, i) => i > 0 && each.name === name);
  const spans: ValueSpan[] = [];
  for (const { columns, num_rows: rowCount } of groups) {
    const chunk = columns.find(({ meta_data: data }) => data?.path_in_schema.join('.') === name);
    const [index, offsets] = chunk === undefined ? [] : await readIndexes(storage, path, chunk);
    if (element === undefined || index === undefined || offsets === undefined) return undefined;
    const {
      min_values: minima,
      max_values: maxima,
      null_pages: nullPages,
    } = readColumnIndex({ view: viewOf(index), offset: 0 }, element, PARSERS);
    const { page_locations: pages } = readOffsetIndex({ view: viewOf(offsets), offset: 0 });
    for (const [i, page] of pages.entries()) {
      if (nullPages[i] === true) continue;
      const end = pages[i + 1]?.first_row_index ?? rowCount;
      const [min, max] = [numberOf(minima[i]), numberOf(maxima[i])];
      if (min === undefined || max === undefined) return undefined;
      spans.push({ min, max, count: Number(end - page.first_row_index) });
    }
  }
  return spans;
}

async function readIndexes(
  storage: Storage,
  path: string,
  chunk: ColumnChunk,
): Promise<readonly [Uint8Array?, Uint8Array?]> {
  const read = (offset: bigint | undefined, length: number | undefined) =>
    offset === undefined || length === undefined || length > MOST_INDEX_BYTES
      ? undefined
      : storage.read(path, Number(offset), Number(offset) + length);
  return [
    await read(chunk.column_index_offset, chunk.column_index_length),
    await read(chunk.offset_index_offset, chunk.offset_index_length),
  ];
}

function numberOf(value: unknown): number | undefined {
  const read: ReadValue | null = readValueOf(value);
  return typeof read === 'number' ? read : undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
