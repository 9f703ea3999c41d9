import { createHash, type Hash } from 'node:crypto';
import { type Data, Type, type Vector } from 'apache-arrow';

const encoder = new TextEncoder();

/**
 * SHA-256 over a column's values, whatever the batches they come in and however text is encoded: values, text
 * lengths and nulls are hashed as three streams, so batch boundaries leave no trace.
 */
export class ColumnDigest {
  readonly #values: Hash = createHash('sha256');
  readonly #lengths: Hash = createHash('sha256');
  readonly #nulls: Hash = createHash('sha256');

  update(column: Vector): void {
    for (const data of column.data as readonly Data[]) this.#updateData(data);
  }

  /** 16 hex digits. */
  finish(): string {
    const whole = createHash('sha256');
    for (const part of [this.#values, this.#lengths, this.#nulls]) whole.update(part.digest());
    return whole.digest('hex').slice(0, 16);
  }

  #updateData(data: Data): void {
    const { length } = data;
    const valid = new Uint8Array(length);
    for (let row = 0; row < length; row++) valid[row] = data.getValid(row) ? 1 : 0;
    this.#nulls.update(valid);
    if (data.typeId === Type.Utf8) this.#updateText(length, (row) => textAt(data, row), valid);
    else if (data.typeId === Type.Dictionary) this.#updateDictionary(data, valid);
    else if (data.typeId === Type.Bool) this.#values.update(bitsAsBytes(data, valid));
    else this.#values.update(fixedWidthBytes(data, valid));
  }

  #updateDictionary(data: Data, valid: Uint8Array): void {
    const texts = textsOf(data.dictionary as Vector);
    const indexes = data.values as Int32Array;
    this.#updateText(data.length, (row) => texts[indexes[row] as number] as Uint8Array, valid);
  }

  #updateText(length: number, at: (row: number) => Uint8Array, valid: Uint8Array): void {
    const lengths = new Int32Array(length);
    for (let row = 0; row < length; row++) {
      if (valid[row] === 0) continue;
      const bytes = at(row);
      lengths[row] = bytes.length;
      this.#values.update(bytes);
    }
    this.#lengths.update(lengths);
  }
}

/** The encoded texts of dictionaries, kept because all batches of a column share one. */
const encoded = new WeakMap<Vector, readonly Uint8Array[]>();

function textsOf(dictionary: Vector): readonly Uint8Array[] {
  const known = encoded.get(dictionary);
  if (known !== undefined) return known;
  const texts = Array.from(dictionary as Iterable<string>, (value) => encoder.encode(value));
  encoded.set(dictionary, texts);
  return texts;
}

function textAt(data: Data, row: number): Uint8Array {
  const offsets = data.valueOffsets as Int32Array;
  return (data.values as Uint8Array).subarray(offsets[row], offsets[row + 1]);
}

function bitsAsBytes(data: Data, valid: Uint8Array): Uint8Array {
  const bits = data.values as Uint8Array;
  return valid.map((isValid, row) => {
    const at = data.offset + row;
    return isValid & ((bits[at >> 3] as number) >> (at & 7));
  });
}

/** The values' bytes, with those of nulls set to zero: what lies under a null is not part of the row. */
function fixedWidthBytes(data: Data, valid: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = data.values as Uint8Array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  if (!valid.includes(0)) return bytes;
  const width = bytes.length / data.length;
  const copy = bytes.slice();
  valid.forEach((isValid, row) => {
    if (isValid === 0) copy.fill(0, row * width, (row + 1) * width);
  });
  return copy;
}
