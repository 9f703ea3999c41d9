import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { typeNameOf } from '@datagen/core/generator';
import type { TableDefinition } from '@datagen/core/writer';
import { type ReadRow } from '@datagen/testkit';
import { filesBelow } from '../place.ts';

/** All rows of a table's folder of JSON Lines, with what its hive folders say, as the conformance suite compares them. */
export async function readRows(place: string, table: TableDefinition): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for (const file of await filesBelow(path.join(place, table.name))) {
    const folders = path.relative(place, file).split(path.sep).slice(1, -1);
    const partition = Object.fromEntries(
      folders.map((folder) => folder.split('=').map(decodeURIComponent) as [string, string]),
    );
    const bytes = await readFile(file);
    const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n').slice(0, -1);
    for (const line of lines) {
      const row = { ...partition, ...(JSON.parse(line) as Record<string, string | number | boolean | null>) };
      rows.push(table.schema.fields.map((field) => compared(row[field.name], typeNameOf(field))));
    }
  }
  return rows;
}

/** Days, microseconds and units of the last digit, as `textOf` of the testkit has them. */
function compared(value: string | number | boolean | null | undefined, type: string): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (type === 'date') return String(Date.parse(text) / 86_400_000);
  if (type === 'timestamp')
    return String(BigInt(Date.parse(text.slice(0, 19) + 'Z')) * 1000n + BigInt(text.slice(20, 26)));
  if (type.startsWith('decimal')) return String(Math.round(Number(value) * 100));
  return text;
}
