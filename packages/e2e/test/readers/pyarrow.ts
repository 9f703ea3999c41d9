import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ReadRow, textOf } from '@datagen/testkit';

/** The interpreter with pyarrow that `npm test` prepared; empty where there is no Python. */
export const python = process.env['DATAGEN_PYTHON'] ?? '';

const scriptAt = (name: string) =>
  fileURLToPath(new URL(`../../../../tools/interop/${name}`, import.meta.url));

/** All rows of the Parquet files below a folder, hive partitions included, as the conformance suite compares them. */
export function readParquet(folder: string, columns: readonly string[]): ReadRow[] {
  return readRows('pyarrow', folder, columns);
}

/** The same by any of the readers that tools/interop/read_parquet.py knows. */
export function readRows(
  reader: 'pyarrow' | 'polars' | 'fastparquet',
  folder: string,
  columns: readonly string[],
): ReadRow[] {
  // Whole numbers beyond 2^53 do not occur in the rows compared.
  return jsonLines('read_parquet.py', reader, folder, ...columns).map((line) =>
    (line as (string | number | boolean | null)[]).map(textOf),
  );
}

/** What each Parquet file below a folder says its rows are sorted by, and whether they are. */
export function sortedFiles(folder: string): { path: string; sortedBy: string[]; isInOrder: boolean }[] {
  return jsonLines('sorted_by.py', folder).map((line) => {
    const [path, sortedBy, isInOrder] = line as [string, string[], boolean];
    return { path, sortedBy, isInOrder };
  });
}

/** The lines that a script of `tools/interop` prints, each JSON. */
export function jsonLines(script: string, ...words: string[]): unknown[] {
  const output = execFileSync(python, [scriptAt(script), ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as unknown);
}
