import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ReadRow, textOf } from '@datagen/testkit';

/** The interpreter with pyarrow that `npm test` prepared; empty where there is no Python. */
export const python = process.env['DATAGEN_PYTHON'] ?? '';

const script = fileURLToPath(new URL('../../../../tools/interop/read_parquet.py', import.meta.url));

/** All rows of the Parquet files below a folder, hive partitions included, as the conformance suite compares them. */
export function readParquet(folder: string, columns: readonly string[]): ReadRow[] {
  const output = execFileSync(python, [script, folder, ...columns], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const lines = output.split('\n').filter((line) => line !== '');
  // Whole numbers beyond 2^53 do not occur in the rows compared.
  return lines.map((line) => (JSON.parse(line) as (string | number | boolean | null)[]).map(textOf));
}
