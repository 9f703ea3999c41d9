import { createHash } from 'node:crypto';
import { type DataType, type RecordBatch, Type, type Vector } from 'apache-arrow';
import { type Cell, cellReader } from './cell-reader.ts';

/** What a reader finds in a table, in whatever order. */
export interface DigestOfRows {
  readonly rowCount: number;
  /** 16 hex digits over whole rows: which values stand together. */
  readonly rows: string;
  /** 16 hex digits over the values of each column, which say where rows differ. */
  readonly columns: Readonly<Record<string, string>>;
}

/** No text in UTF-8 has this byte. */
const NULL = Uint8Array.of(0xff);

/**
 * Digests of rows that leave no trace of their order, so that files may be read in any: sums of hashes modulo 2^64. A
 * value is hashed as text and a row as the hashes of its values, so that a reader in another language can do the same
 * (`tools/interop/rows/digest.py` does). A row that occurs twice counts twice.
 */
export class RowsDigest {
  #rowCount = 0;
  #rows = 0n;
  readonly #columns = new Map<string, bigint>();

  add(batch: RecordBatch): void {
    const columns = batch.schema.fields.map(({ name }, i) => ({
      name,
      read: hashReader(batch.getChildAt(i) as Vector),
      sum: this.#columns.get(name) ?? 0n,
    }));
    const row = Buffer.alloc(8 * columns.length);
    for (let i = 0; i < batch.numRows; i++) {
      columns.forEach((column, at) => {
        const hash = column.read(i);
        column.sum += hash;
        row.writeBigUInt64BE(hash, 8 * at);
      });
      this.#rows += hashOf(row);
    }
    for (const { name, sum } of columns) this.#columns.set(name, sum);
    this.#rowCount += batch.numRows;
  }

  finish(): DigestOfRows {
    return {
      rowCount: this.#rowCount,
      rows: hexOf(this.#rows),
      columns: Object.fromEntries([...this.#columns].map(([name, sum]) => [name, hexOf(sum)])),
    };
  }
}

function hashReader(column: Vector): (row: number) => bigint {
  const read = cellReader(column);
  const textOf = (column.type as DataType).typeId === Type.Float ? textOfBits : String;
  return (row) => {
    const cell = read(row);
    return hashOf(cell === null ? NULL : textOf(cell));
  };
}

const bits = new DataView(new ArrayBuffer(8));

/** The bits of a floating point number, since languages print numbers differently; every NaN is one. */
function textOfBits(value: Cell): string {
  if (Number.isNaN(value)) return 'nan';
  bits.setFloat64(0, value as number);
  return bits.getBigUint64(0).toString(16).padStart(16, '0');
}

function hashOf(data: string | Uint8Array): bigint {
  return createHash('sha256').update(data).digest().readBigUInt64BE(0);
}

function hexOf(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
}
