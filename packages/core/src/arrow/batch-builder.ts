import { type DataType, type RecordBatch, type Schema, Type, type Utf8, type Vector } from 'apache-arrow';
import { DatagenError } from '../support/errors.ts';
import { Arena } from './arena.ts';
import { type BatchLayout, layoutOf, recordBatchOf } from './batch-layout.ts';
import { BooleanColumn, type ColumnBuffer, DecimalColumn, Int64Column, NumberColumn } from './columns.ts';
import { DictionaryColumn, Utf8Column } from './text-columns.ts';

/**
 * Fills one Arrow record batch column by column, into the buffers Arrow will hold: nothing is allocated per row.
 * Ask for each column of the schema once, by the method of its type, write rows 0 to `length - 1`, then `finish`.
 */
export class BatchBuilder {
  readonly #layout: BatchLayout;
  readonly #memory: Arena;
  /** In the order of the schema; undefined until asked for. */
  readonly #columns: (ColumnBuffer | undefined)[];
  readonly length: number;

  /** With a `memory`, the batch is valid until the next one is built in it. */
  constructor(schema: Schema, length: number, memory = new Arena()) {
    this.#layout = layoutOf(schema);
    this.#columns = new Array<undefined>(schema.fields.length);
    this.#memory = memory;
    memory.reset();
    this.length = length;
  }

  /** int64 and microsecond timestamps, set from doubles. */
  int64(name: string): Int64Column {
    return this.#add(
      name,
      [Type.Int, Type.Timestamp],
      (type) => new Int64Column(type, this.length, this.#memory),
    );
  }

  /** int32. */
  int32(name: string): NumberColumn<Int32Array> {
    return this.#add(name, [Type.Int], (type) => this.#int32Column(type));
  }

  /** float64. */
  float64(name: string): NumberColumn<Float64Array> {
    return this.#add(
      name,
      [Type.Float],
      (type) => new NumberColumn(type, this.#memory.float64s(this.length), this.#memory),
    );
  }

  /** date32: `values[row]` is days since 1970-01-01. */
  date(name: string): NumberColumn<Int32Array> {
    return this.#add(name, [Type.Date], (type) => this.#int32Column(type));
  }

  /** decimal128, set in units of the last digit. */
  decimal(name: string): DecimalColumn {
    return this.#add(name, [Type.Decimal], (type) => new DecimalColumn(type, this.length, this.#memory));
  }

  boolean(name: string): BooleanColumn {
    return this.#add(name, [Type.Bool], (type) => new BooleanColumn(type, this.length, this.#memory));
  }

  /** utf8, for text that hardly repeats. */
  utf8(name: string): Utf8Column {
    return this.#add(name, [Type.Utf8], (type) => new Utf8Column(type, this.length, this.#memory));
  }

  /** Dictionary-encoded text; pass the same vector in every batch. */
  dictionary(name: string, values: Vector<Utf8>): DictionaryColumn {
    return this.#add(
      name,
      [Type.Dictionary],
      (type) => new DictionaryColumn(type, this.length, this.#memory, values),
    );
  }

  /** The batch of all rows; every column of the schema must have been asked for. */
  finish(): RecordBatch {
    const { fields } = this.#layout.schema;
    const columns = fields.map(({ name }, i) => {
      const buffer = this.#columns[i];
      if (buffer === undefined) throw invalid(`column \`${name}\` was never filled`);
      return buffer.finish();
    });
    return recordBatchOf(this.#layout, this.length, columns);
  }

  #int32Column(type: DataType): NumberColumn<Int32Array> {
    return new NumberColumn<Int32Array>(type, this.#memory.int32s(this.length), this.#memory);
  }

  #add<T extends ColumnBuffer>(name: string, accepted: readonly Type[], make: (type: DataType) => T): T {
    const { schema, positions } = this.#layout;
    const position = positions.get(name);
    const field = position === undefined ? undefined : schema.fields[position];
    if (position === undefined || field === undefined) throw invalid(`the schema has no column \`${name}\``);
    if (this.#columns[position] !== undefined) throw invalid(`column \`${name}\` was asked for twice`);
    const type = field.type as DataType;
    if (!accepted.includes(type.typeId))
      throw invalid(`column \`${name}\` is ${field.toString()} and was filled as another type`);
    const buffer = make(type);
    this.#columns[position] = buffer;
    return buffer;
  }
}

function invalid(problem: string): DatagenError {
  return new DatagenError('INVALID_PLUGIN', `Cannot build a batch: ${problem}.`);
}
