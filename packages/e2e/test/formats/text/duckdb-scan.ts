import { typeNameOf } from '@datagen/core/generator';
import type { TableDefinition } from '@datagen/core';

/** DuckDB's names for our types; text says none of them itself. */
const TYPES: Readonly<Record<string, string>> = {
  int32: 'INTEGER',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMPTZ',
};

/** A table's folder of CSV or JSON Lines as DuckDB reads it, with the types that the table declares. */
export function textScan(
  format: 'csv' | 'jsonl',
  folder: string,
  { schema }: TableDefinition,
  partitionBy: readonly string[] = [],
): string {
  const named = (keep: (name: string) => boolean) =>
    schema.fields
      .filter(({ name }) => keep(name))
      .map((field) => {
        const type = typeNameOf(field);
        return `'${field.name}': '${TYPES[type] ?? type.toUpperCase()}'`;
      })
      .join(', ');
  const hive = `hive_partitioning = ${String(partitionBy.length > 0)}, hive_types_autocast = false`;
  const columns = `columns = {${named((name) => !partitionBy.includes(name))}}`;
  const glob = `'${folder.replaceAll("'", "''")}/**/*.${format}*'`;
  return format === 'csv'
    ? `read_csv(${glob}, ${hive}, ${columns}, header = true, auto_detect = false, quote = '"', escape = '"', allow_quoted_nulls = false)`
    : `read_json(${glob}, ${hive}, ${columns}, format = 'newline_delimited')`;
}
