import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));

/** What `look --json` says of a column. */
interface LookedColumn {
  readonly name: string;
  readonly type: string;
  readonly doc?: string;
  readonly nullShare: { readonly value: number; readonly isExact: boolean };
  readonly distinct: { readonly value: number; readonly isExact: boolean };
  readonly min?: { readonly value: string | number | boolean; readonly isExact: boolean };
  readonly max?: { readonly value: string | number | boolean; readonly isExact: boolean };
}

export interface LookedTable {
  readonly name: string;
  readonly version?: string;
  readonly rowCount: number;
  readonly fileCount: number;
  readonly isSampleWhole: boolean;
  readonly warnings: readonly string[];
  readonly columns: readonly LookedColumn[];
}

export interface Looked {
  readonly format: string;
  readonly tables: readonly LookedTable[];
}

/** Runs `datagen look` in a process of its own, as users do. */
export function runLook(words: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(process.execPath, [bin, 'look', ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function lookJson(words: readonly string[], env: Readonly<Record<string, string>> = {}): Looked {
  return JSON.parse(runLook([...words, '--json'], env)) as Looked;
}

export function tableIn({ tables }: Looked, name: string): LookedTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`Expected the table ${name} among those looked at.`);
  return found;
}
