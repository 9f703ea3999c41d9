import type { DeltaContents } from '../../readers/delta-readers.ts';
import type { TrinoServer, TrinoValue } from '../servers/trino.ts';

/** Trino's types by the names that `typeNameOf` has for them. */
const TYPES: Readonly<Record<string, string>> = {
  bigint: 'int64',
  integer: 'int32',
  double: 'float64',
  varchar: 'text',
  'timestamp(6) with time zone': 'timestamp',
};

/**
 * What Trino finds in a table, as `contentsOf` says it of a generator: types, and digests of rows and columns that its
 * SQL computes as `RowsDigest` does. `columns` are those to digest, all unless some are named; `where` says of which rows.
 */
export async function contentsIn(
  trino: TrinoServer,
  table: string,
  { columns, where = 'true' }: { readonly columns?: readonly string[]; readonly where?: string } = {},
): Promise<DeltaContents> {
  const described = (await trino.query(`DESCRIBE ${table}`)).map(
    ([name, type]) => [name, type] as [string, string],
  );
  const digested = described.filter(([name]) => columns?.includes(name) ?? true);
  const hashes = digested.map(([name, type], i) => `${hashOf(bytesOf(quoted(name), type))} AS h${String(i)}`);
  const names = digested.map((_, i) => `h${String(i)}`);
  const sums = [hashOf(names.length === 1 ? 'h0' : names.join(' || ')), ...names].map(
    (hash) => `sum(CAST(from_big_endian_64(${hash}) AS decimal(38, 0)))`,
  );
  const [[count, ...digests] = []] = await trino.query(
    `SELECT count(*), ${sums.join(', ')} FROM (SELECT ${hashes.join(', ')} FROM ${table} WHERE ${where})`,
  );
  const [rows = '', ...ofColumns] = digests.map(hexOf);
  return {
    schema: Object.fromEntries(
      described.map(([name, type]) => [name, TYPES[type] ?? type.replace(', ', ',')]),
    ),
    rowCount: Number(count),
    digest: { rows, columns: Object.fromEntries(digested.map(([name], i) => [name, ofColumns[i] ?? ''])) },
  };
}

/** The number of rows that Trino's scan reads of a table for those that a condition holds for. */
export async function rowsRead(trino: TrinoServer, table: string, where: string): Promise<number> {
  const plan = await trino.query(`EXPLAIN ANALYZE SELECT * FROM ${table} WHERE ${where}`);
  // That of the scan, which is the last one.
  return Number([...String(plan[0]?.[0]).matchAll(/ Input: (\d+) rows? /g)].at(-1)?.[1]);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The first eight bytes of the SHA-256 of a value's text; no text in UTF-8 has the byte that stands for null. */
function hashOf(bytes: string): string {
  return `substr(sha256(coalesce(${bytes}, X'FF')), 1, 8)`;
}

/** A value's text in bytes: what `textOf` of @datagen/testkit writes, and the bits of a double. */
function bytesOf(column: string, type: string): string {
  const text = (expression: string) => `to_utf8(CAST(${expression} AS varchar))`;
  if (type === 'varchar') return `to_utf8(${column})`;
  if (type === 'date') return text(`date_diff('day', DATE '1970-01-01', ${column})`);
  if (type === 'double')
    return `to_utf8(if(is_nan(${column}), 'nan', lower(to_hex(to_ieee754_64(${column})))))`;
  const [, scale] = /^decimal\(\d+, ?(\d+)\)$/.exec(type) ?? [];
  if (scale !== undefined)
    return text(`CAST(${column} * DECIMAL '1${'0'.repeat(Number(scale))}' AS decimal(38, 0))`);
  if (type.startsWith('timestamp(6)')) {
    const seconds = `date_diff('second', TIMESTAMP '1970-01-01 00:00:00 UTC', date_trunc('second', ${column}))`;
    const micros = `CAST(substr(CAST(${column} AT TIME ZONE 'UTC' AS varchar), 21, 6) AS bigint)`;
    return text(`${seconds} * 1000000 + ${micros}`);
  }
  return text(column);
}

function hexOf(sum: TrinoValue): string {
  return sum === null
    ? ''
    : BigInt.asUintN(64, BigInt(String(sum)))
        .toString(16)
        .padStart(16, '0');
}
