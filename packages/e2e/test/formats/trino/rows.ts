import { type ReadRow, textOf } from '@datagen/testkit';
import type { TrinoServer, TrinoValue } from '../servers/trino.ts';

/** Trino's types by the names that `typeNameOf` has for them. */
const TYPES: Readonly<Record<string, string>> = {
  bigint: 'int64',
  integer: 'int32',
  double: 'float64',
  varchar: 'text',
  'timestamp(6) with time zone': 'timestamp',
  'timestamp(3) with time zone': 'timestamp',
};

/** What Trino finds in columns of a table: their types as `typeNameOf` names them, and rows as `generatedRows` has them. */
export async function readRows(
  trino: TrinoServer,
  table: string,
  columns: readonly string[],
  where = 'true',
): Promise<{ readonly types: readonly string[]; readonly rows: readonly ReadRow[] }> {
  const names = columns.map((name) => `"${name}"`).join(', ');
  const result = await trino.query(`SELECT ${names} FROM ${table} WHERE ${where}`);
  const types = result.columns.map(({ type }) => TYPES[type] ?? type.replace(', ', ','));
  const rows = result.rows.map((row) => row.map((value, i) => cellText(value, types[i] ?? '')));
  return { types, rows };
}

/** The number of rows that Trino's scan reads of a table for those that a condition holds for. */
export async function rowsScanned(trino: TrinoServer, table: string, where: string): Promise<number> {
  const { rows } = await trino.query(`EXPLAIN ANALYZE SELECT * FROM ${table} WHERE ${where}`);
  // The plan ends with what its leaf has read.
  return Number([...String(rows[0]?.[0]).matchAll(/ Input: (\d+) rows? /g)].at(-1)?.[1]);
}

/** A value as the conformance suite compares it. */
function cellText(value: TrinoValue, type: string): string | null {
  if (value === null) return null;
  const text = String(value);
  if (type === 'date') return textOf(Date.parse(text) / 86_400_000);
  if (type.startsWith('decimal')) return textOf(BigInt(text.replace('.', '')));
  // 2026-01-31 12:00:00.000000 UTC
  if (type === 'timestamp') {
    const milliseconds = Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
    return textOf(BigInt(milliseconds) * 1_000n + BigInt(text.slice(23).replace(' UTC', '')));
  }
  return text;
}
