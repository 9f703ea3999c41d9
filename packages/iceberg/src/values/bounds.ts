import {
  fromTwosComplement,
  type PrimitiveValue,
  primitiveType,
  twosComplement,
  uuidBytes,
} from './primitive.ts';

/** How many characters of a text, or bytes, a bound has: the default of `write.metadata.metrics.default`. */
const BOUND_LENGTH = 16;

const LAST_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;

/** The binary form of a single value (specification, appendix D, "Binary single-value serialization"). */
export function singleValueBytes(type: string, value: PrimitiveValue): Uint8Array {
  switch (primitiveType(type).name) {
    case 'boolean':
      return Uint8Array.of(value === true ? 1 : 0);
    case 'int':
    case 'date':
      return filled(4, (view) => {
        view.setInt32(0, value as number, true);
      });
    case 'long':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'timestamp_ns':
    case 'timestamptz_ns':
      return filled(8, (view) => {
        view.setBigInt64(0, value as bigint, true);
      });
    case 'float':
      return filled(4, (view) => {
        view.setFloat32(0, value as number, true);
      });
    case 'double':
      return filled(8, (view) => {
        view.setFloat64(0, value as number, true);
      });
    case 'decimal':
      return twosComplement(value as bigint);
    case 'string':
      return Buffer.from(value as string, 'utf8');
    case 'uuid':
      return uuidBytes(value as string);
    case 'fixed':
    case 'binary':
      return value as Uint8Array;
    default:
      throw new RangeError(`Values of type ${type} have no binary form.`);
  }
}

/**
 * The value of a binary form. A bound that was written before its column was widened is shorter than the type says:
 * four bytes are then an `int`, or a `float` (specification, "Schema Evolution").
 */
export function singleValueOf(type: string, bytes: Uint8Array): PrimitiveValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (primitiveType(type).name) {
    case 'boolean':
      return view.getUint8(0) !== 0;
    case 'int':
    case 'date':
      return view.getInt32(0, true);
    case 'long':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'timestamp_ns':
    case 'timestamptz_ns':
      return bytes.byteLength === 4 ? BigInt(view.getInt32(0, true)) : view.getBigInt64(0, true);
    case 'float':
      return view.getFloat32(0, true);
    case 'double':
      return bytes.byteLength === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
    case 'decimal':
      return fromTwosComplement(bytes);
    case 'string':
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    case 'uuid':
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    case 'fixed':
    case 'binary':
      return bytes;
    default:
      throw new RangeError(`Values of type ${type} have no binary form.`);
  }
}

/** A lower bound of values whose least one is given, in its binary form: the beginning of a long text. */
export function lowerBound(
  type: string,
  value: PrimitiveValue,
  length = BOUND_LENGTH,
): Uint8Array | undefined {
  if (typeof value === 'number' && Number.isNaN(value)) return undefined;
  if (typeof value === 'string' && type === 'string')
    return singleValueBytes(type, truncatedText(value, length));
  if (value instanceof Uint8Array) return value.subarray(0, length);
  return singleValueBytes(type, value);
}

/**
 * An upper bound of values whose greatest one is given, in its binary form. A long text is cut, and its last character
 * becomes the next one, so that the bound is above all texts that begin alike. Undefined where there is none: a text of
 * the last characters of Unicode, bytes that are all 255, NaN.
 */
export function upperBound(
  type: string,
  value: PrimitiveValue,
  length = BOUND_LENGTH,
): Uint8Array | undefined {
  if (typeof value === 'number' && Number.isNaN(value)) return undefined;
  if (typeof value === 'string' && type === 'string') {
    const cut = truncatedText(value, length);
    const text = cut === value ? value : nextText(cut);
    return text === undefined ? undefined : singleValueBytes(type, text);
  }
  if (value instanceof Uint8Array) return value.byteLength <= length ? value : nextBytes(value, length);
  return singleValueBytes(type, value);
}

/** The first characters of a text, counted in code points. */
export function truncatedText(text: string, length: number): string {
  // Every code point is at most two units of a JavaScript string.
  if (text.length <= length) return text;
  return Array.from(text.slice(0, length * 2))
    .slice(0, length)
    .join('');
}

function nextText(text: string): string | undefined {
  const points = Array.from(text, (character) => character.codePointAt(0) as number);
  while (points.length > 0) {
    const last = points.pop() as number;
    if (last === LAST_CODE_POINT) continue;
    const next = last + 1 === FIRST_SURROGATE ? AFTER_SURROGATES : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

function nextBytes(bytes: Uint8Array, length: number): Uint8Array | undefined {
  let end = length;
  while (end > 0 && bytes[end - 1] === 0xff) end--;
  if (end === 0) return undefined;
  const next = bytes.slice(0, end);
  next[end - 1] = (next[end - 1] as number) + 1;
  return next;
}

function filled(byteLength: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(byteLength);
  fill(new DataView(bytes.buffer));
  return bytes;
}
