import type { Data, Field, RecordBatch, Schema } from 'apache-arrow';
import { columnIndexes, refuseNulls } from '@datagen/core/writer';
import { type Cell, putBytes } from '../cells/cell.ts';
import { columnCell } from '../cells/column-cell.ts';
import { type RowFormat, type RowStyle, rowStyle } from './row-format.ts';

/** Bytes that are gathered before they are handed on. */
const PIECE_BYTES = 256 * 1024;

/** What went into a text, known once all of it was taken. */
export interface RowCount {
  rowCount: number;
}

/**
 * The rows of batches as text, in pieces whose memory is used again for the next one. Holds one piece and one row,
 * and is done with a batch before it asks for the next one. Throws `INVALID_PLUGIN` for batches that are not as `schema`
 * says.
 */
export async function* encodeRows(
  schema: Schema,
  format: RowFormat,
  batches: AsyncIterable<RecordBatch>,
  counted: RowCount = { rowCount: 0 },
): AsyncGenerator<Uint8Array> {
  const style = rowStyle(
    format,
    schema.fields.map(({ name }) => name),
  );
  const text = new TextBuffer(style);
  let source: { readonly schema: Schema; readonly indexes: readonly number[] } | undefined;
  for await (const batch of batches) {
    if (source?.schema !== batch.schema)
      source = { schema: batch.schema, indexes: columnIndexes(schema, batch.schema) };
    const cells = source.indexes.map((index, i) => {
      const [field, data] = [schema.fields[i] as Field, batch.data.children[index] as Data];
      refuseNulls(field, data);
      return columnCell(field, data, style.cells);
    });
    yield* text.add(cells, batch.numRows);
    counted.rowCount += batch.numRows;
  }
  yield text.rest();
}

/** Bytes that rows are added to, one after the other. */
class TextBuffer {
  readonly #style: RowStyle;
  #bytes = new Uint8Array(PIECE_BYTES);
  #at: number;

  constructor(style: RowStyle) {
    this.#style = style;
    this.#at = putBytes(this.#reserve(style.head.length), 0, style.head, 0, style.head.length);
  }

  /** Adds the rows of a batch, and yields whatever is full. */
  *add(cells: readonly Cell[], rowCount: number): Generator<Uint8Array> {
    const { before, end } = this.#style;
    const most = [...before, end].reduce((sum, { length }) => sum + length, 0);
    const rowBytes = cells.reduce((sum, cell) => sum + cell.most, most);
    const writes = cells.map(({ write }) => write);
    const columnCount = writes.length;
    let bytes = this.#reserve(this.#at + rowBytes);
    let at = this.#at;
    for (let row = 0; row < rowCount; row++) {
      if (at + rowBytes > bytes.length) {
        yield bytes.subarray(0, at);
        at = 0;
        bytes = this.#reserve(rowBytes);
      }
      for (let i = 0; i < columnCount; i++) {
        const lead = before[i] as Uint8Array;
        for (let k = 0; k < lead.length; k++) bytes[at++] = lead[k] as number;
        at = (writes[i] as Cell['write'])(bytes, at, row);
      }
      for (let k = 0; k < end.length; k++) bytes[at++] = end[k] as number;
    }
    this.#at = at;
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** The buffer, with its bytes, and room for `byteCount` of them. */
  #reserve(byteCount: number): Uint8Array {
    if (byteCount > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(byteCount, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}
