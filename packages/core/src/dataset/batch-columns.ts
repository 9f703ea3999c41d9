import type { Data, Field, Schema } from 'apache-arrow';
import { columnKindOf } from '../arrow/column-kind.ts';
import { DatagenError } from '../support/errors.ts';
import { typeNameOf } from './table.ts';

/** Where the columns of `schema` are in a generator's batches; refuses batches that are not as the table declares. */
export function columnIndexes(schema: Schema, found: Schema): readonly number[] {
  return schema.fields.map((field) => {
    const index = found.fields.findIndex(({ name }) => name === field.name);
    const [expected, got] = [field, found.fields[index]].map((side) => side && checkedTypeOf(side));
    if (expected === got) return index;
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected batches with a column \`${field.name}\` of type ${String(expected)}, got ${got ?? 'none'}.`,
    );
  });
}

/** Refuses nulls in a column that is declared to have none. */
export function refuseNulls({ name, nullable }: Field, { nullCount }: Data): void {
  if (nullCount === 0 || nullable) return;
  throw new DatagenError('INVALID_PLUGIN', `Column \`${name}\` holds nulls and is not declared nullable.`);
}

/** Names are enough to compare, once both types are among those that a file can hold. */
function checkedTypeOf(field: Field): string {
  columnKindOf(field);
  return typeNameOf(field);
}
