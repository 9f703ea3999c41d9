import type { Type } from '../metadata/index.ts';

/**
 * A value of a primitive type: a boolean; a number for `int`, `float`, `double` and `date` (days since 1970); a bigint
 * for `long`, `time`, all timestamps (micro- or nanoseconds since 1970) and `decimal` (units of the last digit); text
 * for `string` and `uuid`; bytes for `fixed` and `binary`.
 */
export type PrimitiveValue = boolean | number | bigint | string | Uint8Array;

/** A primitive type, taken apart (specification, "Primitive Types"). */
export interface PrimitiveType {
  /** Its name without numbers: `decimal` of `decimal(12,2)`. */
  readonly name: string;
  /** Of a decimal; 0 for all others. */
  readonly precision: number;
  readonly scale: number;
}

const DECIMAL = /^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$/;

/** The types that were taken apart; a table has few. */
const known = new Map<string, PrimitiveType>();

/** Takes the name of a primitive type apart; spaces between its numbers, as Java writes them, say nothing. */
export function primitiveType(type: string): PrimitiveType {
  const found = known.get(type) ?? parsed(type);
  known.set(type, found);
  return found;
}

function parsed(type: string): PrimitiveType {
  const [, precision, scale] = DECIMAL.exec(type) ?? [];
  if (precision !== undefined) return { name: 'decimal', precision: Number(precision), scale: Number(scale) };
  return { name: /^[a-z_]+/.exec(type)?.[0] ?? type, precision: 0, scale: 0 };
}

/** A type in one spelling: `decimal(12,2)` for `decimal(12, 2)`. Nested types as JSON. */
export function typeText(type: Type): string {
  return typeof type === 'string' ? type.replaceAll(' ', '') : JSON.stringify(type);
}

/** The shortest two's complement of a number, most significant byte first. */
export function twosComplement(value: bigint): Uint8Array {
  let bits = 8;
  while (BigInt.asIntN(bits, value) !== value) bits += 8;
  const digits = BigInt.asUintN(bits, value)
    .toString(16)
    .padStart(bits / 4, '0');
  return Buffer.from(digits, 'hex');
}

/** The number that bytes of two's complement stand for, most significant byte first; 0 for none. */
export function fromTwosComplement(bytes: Uint8Array): bigint {
  if (bytes.byteLength === 0) return 0n;
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return BigInt.asIntN(bytes.byteLength * 8, BigInt(`0x${digits}`));
}

/** The 16 bytes of a UUID's text, most significant byte first. */
export function uuidBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
