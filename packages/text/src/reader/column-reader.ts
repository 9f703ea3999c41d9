import type { ReadColumn, ReadValue } from '@datagen/core/writer';
import { readValueOf, typeOf } from './read-values.ts';
import type { Cell } from './row-syntax.ts';

/** Gathers the values of one column, row by row. */
export class ColumnReader {
  readonly name: string;
  /** Absent where the values of the sample are to tell it. */
  readonly type: string | undefined;
  readonly #sample: (ReadValue | null)[] = [];
  #nullCount = 0;
  #min: ReadValue | undefined;
  #max: ReadValue | undefined;

  constructor(name: string, type: string | undefined) {
    this.name = name;
    this.type = type;
  }

  /** Adds the value of the next row; false for one that is not of the column's type. */
  add(cell: Cell, isOfSample: boolean): boolean {
    const value = this.type === undefined ? cell : readValueOf(this.type, cell);
    if (value === undefined) return false;
    if (isOfSample) this.#sample.push(value);
    if (value === null) this.#nullCount++;
    else if (!Number.isNaN(value)) {
      if (this.#min === undefined || value < this.#min) this.#min = value;
      if (this.#max === undefined || value > this.#max) this.#max = value;
    }
    return true;
  }

  /** The column; `isOfAll` is whether all rows of the table were added. */
  finish(format: 'csv' | 'jsonl', isOfAll: boolean): ReadColumn {
    const { name, type } = this;
    if (type === undefined) {
      const cells = this.#sample as readonly Cell[];
      const found = typeOf(cells, format);
      return { name, type: found, sample: cells.map((cell) => readValueOf(found, cell) ?? null) };
    }
    return {
      name,
      type,
      ...(isOfAll && { nullCount: this.#nullCount }),
      ...(isOfAll && this.#min !== undefined && { min: this.#min }),
      ...(isOfAll && this.#max !== undefined && { max: this.#max }),
      sample: this.#sample,
    };
  }
}
