import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ReadRow, textOf } from '@datagen/testkit';

/** The interpreter with pyarrow that `npm test` prepared; empty where there is no Python. */
export const python = process.env['DATAGEN_PYTHON'] ?? '';

/** A script of `tools/interop`. */
export const scriptAt = (name: string) =>
  fileURLToPath(new URL(`../../../../tools/interop/${name}`, import.meta.url));

/** All rows of the Parquet files below a folder, hive partitions included, as the conformance suite compares them. */
export function readParquet(folder: string, columns: readonly string[]): ReadRow[] {
  return readRows('pyarrow', folder, columns);
}

/** The same by any of the readers that tools/interop/files/read_parquet.py knows. */
export function readRows(
  reader: 'pyarrow' | 'polars' | 'fastparquet',
  folder: string,
  columns: readonly string[],
): ReadRow[] {
  // Whole numbers beyond 2^53 do not occur in the rows compared.
  return jsonLines('files/read_parquet.py', reader, folder, ...columns).map((line) =>
    (line as (string | number | boolean | null)[]).map(textOf),
  );
}

/** What each Parquet file below a folder says its rows are sorted by, and whether they are. */
export function sortedFiles(folder: string): { path: string; sortedBy: string[]; isInOrder: boolean }[] {
  return jsonLines('files/sorted_by.py', folder).map((line) => {
    const [path, sortedBy, isInOrder] = line as [string, string[], boolean];
    return { path, sortedBy, isInOrder };
  });
}

/** The lines that a script of `tools/interop` prints, each JSON. */
export function jsonLines(script: string, ...words: string[]): unknown[] {
  return jsonLinesIn({}, script, ...words);
}

/** The same with more in the environment, such as what makes a reader reach a bucket. */
export function jsonLinesIn(
  environment: Readonly<Record<string, string>>,
  script: string,
  ...words: string[]
): unknown[] {
  const lines = printedBy(script, words, environment).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}

/** What a script of `tools/interop` prints. */
export function printedBy(
  script: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  // The server is there before all tests (python-server.mjs).
  const server = process.env['DATAGEN_PYTHON_SERVER'] ?? '';
  return execFileSync(python, ['-I', '-S', scriptAt('server/ask.py'), server, scriptAt(script), ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, ...environment },
  });
}
