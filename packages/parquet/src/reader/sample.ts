import { type OpenedFile, spread } from './table-files.ts';

/** A sample is read in so many places, each of which costs the pages that it lies in. */
const STRETCHES = 25;
/** Rows of a page, as Arrow writes them: a stretch that begins with a page costs one page of each column. */
const STRETCH_ROWS = 20_000;
/** More rows are not held in memory at once. */
const MOST_ROWS_AT_ONCE = 65_536;

/** Rows of a file that are in the sample, numbered from 0 in the file. */
export interface Stretch {
  readonly file: OpenedFile;
  readonly rows: readonly number[];
}

/**
 * Which rows to look at: all of a small table; of others rows at even distances, of the whole table (`isEven`) or, where
 * that would be too much to read, of stretches that are spread over it.
 */
export function sampleOf(
  files: readonly OpenedFile[],
  sampleRows: number,
): { readonly stretches: readonly Stretch[]; readonly isEven: boolean } {
  const rowCount = files.reduce((sum, file) => sum + file.rowCount, 0);
  const stretchRows = Math.max(STRETCH_ROWS, Math.ceil(sampleRows / STRETCHES));
  const isEven = rowCount <= STRETCHES * stretchRows;
  const ranges = isEven ? wholeFiles(files) : spreadRanges(files, rowCount, stretchRows);
  const readRows = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const distance = Math.max(1, readRows / sampleRows);
  const stretches: Stretch[] = [];
  let before = 0;
  for (const { file, start, end } of ranges) {
    const rows: number[] = [];
    // The rows i * distance of all that is read.
    for (let i = Math.ceil(before / distance); Math.floor(i * distance) < before + end - start; i++) {
      if (i * distance >= before) rows.push(start + Math.floor(i * distance) - before);
    }
    if (rows.length > 0) stretches.push({ file, rows });
    before += end - start;
  }
  return { stretches, isEven };
}

interface Range {
  readonly file: OpenedFile;
  readonly start: number;
  readonly end: number;
}

function wholeFiles(files: readonly OpenedFile[]): readonly Range[] {
  return files.flatMap((file) => {
    const count = Math.ceil(file.rowCount / MOST_ROWS_AT_ONCE);
    return Array.from({ length: count }, (_, i) => ({
      file,
      start: i * MOST_ROWS_AT_ONCE,
      end: Math.min(file.rowCount, (i + 1) * MOST_ROWS_AT_ONCE),
    }));
  });
}

function spreadRanges(files: readonly OpenedFile[], rowCount: number, length: number): readonly Range[] {
  const places = spread(rowCount, STRETCHES);
  const ranges = new Map<string, Range>();
  let firstRow = 0;
  for (const file of files) {
    const nextFile = firstRow + file.rowCount;
    for (const place of places) {
      if (place < firstRow || place >= nextFile) continue;
      const start = Math.floor((place - firstRow) / length) * length;
      ranges.set(`${file.path} ${String(start)}`, {
        file,
        start,
        end: Math.min(file.rowCount, start + length),
      });
    }
    firstRow = nextFile;
  }
  return [...ranges.values()];
}
