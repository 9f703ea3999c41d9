import { decimalText } from '@datagen/parquet/data-files';
import type { PartitionSpec } from '../metadata/index.ts';
import { type PrimitiveValue, primitiveType } from './primitive.ts';

const DAY_MS = 86_400_000;

/**
 * The folders that Java and pyiceberg put the files of a partition into: `ts_day=2026-01-05/group=a+b`, each part
 * encoded as a form is. `types` are those of the columns the fields are taken of, `values` those of the partition, both
 * in the order of the spec's fields. Nothing reads a value from there: a manifest says it.
 */
export function partitionPath(
  { fields }: PartitionSpec,
  types: readonly string[],
  values: readonly (PrimitiveValue | null)[],
): string {
  return fields
    .map(({ name, transform }, i) => {
      const text = partitionText(transform, types[i] ?? '', values[i] ?? null);
      return `${formEncoded(name)}=${formEncoded(text)}`;
    })
    .join('/');
}

/** A partition value as people read it: `2026-01` for the month 672. */
export function partitionText(transform: string, type: string, value: PrimitiveValue | null): string {
  if (value === null) return 'null';
  const number = Number(value);
  switch (transform) {
    case 'year':
      return padded(1970 + number, 4);
    case 'month':
      return `${padded(1970 + Math.floor(number / 12), 4)}-${padded((((number % 12) + 12) % 12) + 1, 2)}`;
    case 'day':
      return isoDay(number);
    case 'hour':
      return `${isoDay(Math.floor(number / 24))}-${padded(((number % 24) + 24) % 24, 2)}`;
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const { name, scale } = primitiveType(type);
  if (name === 'date') return isoDay(number);
  if (name === 'decimal') return decimalText(value as bigint, scale);
  if (name === 'timestamp' || name === 'timestamptz') return isoInstant(value as bigint, name);
  return String(value);
}

/** As Java prints it: `2026-01-05T13:00:00.5`, with `+00:00` where it has a zone; digits that are zero are left out. */
function isoInstant(micros: bigint, type: string): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const ms = Number((micros - fraction) / 1000n);
  const digits = fraction === 0n ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  const text = new Date(ms).toISOString().slice(0, 19);
  return `${text}${digits}${type === 'timestamptz' ? '+00:00' : ''}`;
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** As `application/x-www-form-urlencoded`. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
