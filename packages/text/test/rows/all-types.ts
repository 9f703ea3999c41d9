import {
  BatchBuilder,
  boolean,
  category,
  column,
  date,
  decimal,
  float64,
  instant,
  int32,
  int64,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { type RecordBatch, Schema } from 'apache-arrow';
import { encodeRows } from '../../src/rows/encode-rows.ts';
import type { RowFormat } from '../../src/rows/row-format.ts';

/** Values of one column of the type that the name says, null where it is null. */
export interface Values {
  readonly int32?: readonly (number | null)[];
  readonly int64?: readonly (bigint | null)[];
  readonly float64?: readonly (number | null)[];
  readonly boolean?: readonly (boolean | null)[];
  /** Days since 1970. */
  readonly date?: readonly (number | null)[];
  /** Microseconds since 1970. */
  readonly instant?: readonly (bigint | null)[];
  /** Units of the last of six digits. */
  readonly decimal?: readonly (bigint | null)[];
  /** Money, in cents. */
  readonly money?: readonly (bigint | null)[];
  readonly text?: readonly (string | null)[];
  readonly category?: readonly (string | null)[];
}

const TYPES = {
  int32: int32(),
  int64: int64(),
  float64: float64(),
  boolean: boolean(),
  date: date(),
  instant: instant(),
  decimal: decimal(38, 6),
  money: decimal(12, 2),
  text: text(),
  category: category(),
};

/** A batch of the given columns. */
export function batchOf(values: Values): RecordBatch {
  const names = Object.keys(values) as (keyof Values)[];
  const schema = new Schema(names.map((name) => column(name, TYPES[name], '', { nullable: true })));
  const length = Math.max(...names.map((name) => values[name]?.length ?? 0));
  const builder = new BatchBuilder(schema, length);
  for (const name of names) fill(builder, name, values[name] ?? []);
  return builder.finish();
}

function fill(builder: BatchBuilder, name: keyof Values, values: readonly unknown[]): void {
  if (name === 'text') {
    const note = builder.utf8(name);
    for (const value of values as (string | null)[]) {
      if (value === null) note.endNull();
      else {
        note.appendText(value);
        note.endRow();
      }
    }
    return;
  }
  if (name === 'category') {
    const texts = [...new Set((values as (string | null)[]).filter((value) => value !== null))];
    const kind = builder.dictionary(name, textDictionary(texts));
    for (const [row, value] of (values as (string | null)[]).entries()) {
      if (value === null) kind.setNull(row);
      else kind.indexes[row] = texts.indexOf(value);
    }
    return;
  }
  if (name === 'boolean') {
    const flag = builder.boolean(name);
    for (const [row, value] of values.entries()) {
      if (value === null) flag.setNull(row);
      else if (value === true) flag.setTrue(row);
    }
    return;
  }
  if (name === 'int32' || name === 'float64' || name === 'date') {
    const numbers = builder[name](name);
    for (const [row, value] of values.entries()) {
      if (value === null) numbers.setNull(row);
      else numbers.values[row] = value as number;
    }
    return;
  }
  const isDecimal = name === 'decimal' || name === 'money';
  const numbers = isDecimal ? builder.decimal(name) : builder.int64(name);
  for (const [row, value] of values.entries()) if (value === null) numbers.setNull(row);
  const data = numbers.finish().values as Uint32Array | BigInt64Array;
  // Written as they lie, since the builder's own setters take doubles.
  const words = new BigUint64Array(data.buffer, data.byteOffset, data.byteLength / 8);
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    const at = isDecimal ? 2 * row : row;
    words[at] = BigInt.asUintN(64, value as bigint);
    if (isDecimal) words[at + 1] = BigInt.asUintN(64, (value as bigint) >> 64n);
  }
}

/** What `encodeRows` makes of batches, as one text. */
export async function textOfRows(format: RowFormat, ...batches: readonly RecordBatch[]): Promise<string> {
  const schema = (batches[0] as RecordBatch).schema;
  const pieces: Buffer[] = [];
  const source = (async function* () {
    for (const batch of batches) yield await Promise.resolve(batch);
  })();
  for await (const piece of encodeRows(schema, format, source)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}
