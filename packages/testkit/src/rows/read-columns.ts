import { type DatasetGenerator, PartitionSpec, type TableDefinition } from '@datagen/core';
import { type Data, type DataType, type RecordBatch, Type, type Vector } from 'apache-arrow';

/** A table's columns over a window, decoded when asked for. */
export class Columns {
  readonly rowCount: number;
  readonly #table: TableDefinition;
  readonly #batches: readonly RecordBatch[];
  readonly #numbers = new Map<string, Float64Array>();

  constructor(table: TableDefinition, batches: readonly RecordBatch[]) {
    this.#table = table;
    this.#batches = batches;
    this.rowCount = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  }

  /** Numbers: null as NaN, decimals in their last digit, instants in µs, categories by their place in the list. */
  numbers(name: string): Float64Array {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const values = new Float64Array(this.rowCount);
    let row = 0;
    for (const part of this.#parts(name)) {
      copyNumbers(part, values, row);
      row += part.length;
    }
    this.#numbers.set(name, values);
    return values;
  }

  texts(name: string): string[] {
    const dictionary = this.#parts(name)[0]?.dictionary;
    if (dictionary === undefined)
      return this.#batches.flatMap((batch) => [...(batch.getChild(name) as Vector<DataType>)] as string[]);
    const texts = [...dictionary] as string[];
    return Array.from(this.numbers(name), (index) => texts[index] as string);
  }

  #parts(name: string): Data[] {
    const at = this.#table.schema.fields.findIndex((field) => field.name === name);
    return this.#batches.map((batch) => batch.data.children[at] as Data);
  }
}

function copyNumbers(data: Data, values: Float64Array, from: number): void {
  const { length, nullCount, nullBitmap } = data;
  const bytes = data.values as Uint8Array;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const bitOf = (bitmap: Uint8Array, i: number) => ((bitmap[i >> 3] as number) >> (i & 7)) & 1;
  const isBool = data.type.typeId === Type.Bool;
  const doubles = data.type.typeId === Type.Float ? (data.values as Float64Array) : undefined;
  const width = isBool ? 0 : words.length / length;
  for (let i = 0; i < length; i++) {
    if (nullCount > 0 && bitOf(nullBitmap, i) === 0) values[from + i] = Number.NaN;
    else if (isBool) values[from + i] = bitOf(bytes, i);
    else if (doubles !== undefined) values[from + i] = doubles[i] as number;
    else if (width === 1) values[from + i] = words[i] as number;
    else
      values[from + i] =
        ((words[width * i] as number) >>> 0) + (words[width * i + 1] as number) * 0x100000000;
  }
}

/** A table in a window of days, both inclusive. */
export function readColumns(
  generator: DatasetGenerator,
  name: string,
  startDate: string,
  endDate: string,
): Columns {
  const table = generator.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`No table ${name}`);
  const { window } = new PartitionSpec({ startDate, endDate });
  const batches: RecordBatch[] = [];
  for (const block of generator.blocks(table, window)) batches.push(...generator.generate(table, block));
  return new Columns(table, batches);
}
