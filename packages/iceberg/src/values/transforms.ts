import { truncatedText } from './bounds.ts';
import { murmur3 } from './murmur3.ts';
import { type PrimitiveValue, primitiveType, twosComplement, uuidBytes } from './primitive.ts';

/** What makes a partition value of a column's value (specification, "Partition Transforms"). */
export interface Transform {
  /** As JSON has it: `bucket[16]`, `truncate[4]`, `day`. */
  readonly text: string;
  /** The type of its values over a column of a type; undefined where it cannot be taken of that type. */
  resultType(type: string): string | undefined;
  /** The partition value of a column's value; a null stays null. */
  apply(type: string, value: PrimitiveValue | null): PrimitiveValue | null;
}

const TIMESTAMPS: Readonly<Record<string, bigint>> = {
  timestamp: 86_400_000_000n,
  timestamptz: 86_400_000_000n,
  timestamp_ns: 86_400_000_000_000n,
  timestamptz_ns: 86_400_000_000_000n,
};

const HASHED = [
  'int',
  'long',
  'decimal',
  'date',
  'time',
  ...Object.keys(TIMESTAMPS),
  'string',
  'uuid',
  'fixed',
  'binary',
];

/** The transform of a text; undefined for one that is not known, whose values no writer may make. */
export function parseTransform(text: string): Transform | undefined {
  const [, name, argument] = /^(bucket|truncate)\[(\d+)\]$/.exec(text) ?? [];
  if (name === 'bucket') return bucket(Number(argument));
  if (name === 'truncate') return truncate(Number(argument));
  return UNPARAMETERIZED.get(text);
}

/** The hash of a value that `bucket` is taken from (specification, appendix B). */
export function hashOf(type: string, value: PrimitiveValue): number {
  switch (primitiveType(type).name) {
    case 'string':
      return murmur3(Buffer.from(value as string, 'utf8'));
    case 'uuid':
      return murmur3(uuidBytes(value as string));
    case 'decimal':
      return murmur3(twosComplement(value as bigint));
    case 'timestamp_ns':
    case 'timestamptz_ns':
      // The same bucket as in microseconds, so that a column may be widened.
      return hashOfLong(floorDivide(value as bigint, 1000n));
    default:
      return value instanceof Uint8Array ? murmur3(value) : hashOfLong(BigInt(value));
  }
}

function hashOfLong(value: bigint): number {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value, true);
  return murmur3(bytes);
}

function bucket(count: number): Transform {
  return {
    text: `bucket[${String(count)}]`,
    resultType: (type) => (HASHED.includes(primitiveType(type).name) ? 'int' : undefined),
    apply: (type, value) => (value === null ? null : (hashOf(type, value) & 0x7fffffff) % count),
  };
}

function truncate(width: number): Transform {
  const truncatable = ['int', 'long', 'decimal', 'string', 'binary'];
  return {
    text: `truncate[${String(width)}]`,
    resultType: (type) => (truncatable.includes(primitiveType(type).name) ? type : undefined),
    apply: (_type, value) => {
      if (typeof value === 'string') return truncatedText(value, width);
      if (value instanceof Uint8Array) return value.subarray(0, width);
      if (typeof value === 'bigint') return floorDivide(value, BigInt(width)) * BigInt(width);
      return typeof value === 'number' ? Math.floor(value / width) * width : value;
    },
  };
}

/** A unit of time: `ofDay` counts it from days since 1970. */
function calendar(text: string, resultType: string, ofDay: (day: number) => number): Transform {
  return {
    text,
    resultType: (type) => (type === 'date' || type in TIMESTAMPS ? resultType : undefined),
    apply: (type, value) => (value === null ? null : ofDay(dayOf(type, value))),
  };
}

function dayOf(type: string, value: PrimitiveValue): number {
  const unitsPerDay = TIMESTAMPS[type];
  return unitsPerDay === undefined ? Number(value) : Number(floorDivide(value as bigint, unitsPerDay));
}

const atDay = (day: number) => new Date(day * 86_400_000);

const UNPARAMETERIZED = new Map<string, Transform>(
  [
    {
      text: 'identity',
      resultType: (type: string) => type,
      apply: (_: string, value: PrimitiveValue | null) => value,
    },
    // Of a field that was dropped from a spec of version 1: its values are null, of whatever type.
    { text: 'void', resultType: (type: string) => type, apply: () => null },
    calendar('year', 'int', (day) => atDay(day).getUTCFullYear() - 1970),
    calendar('month', 'int', (day) => (atDay(day).getUTCFullYear() - 1970) * 12 + atDay(day).getUTCMonth()),
    // An int by the specification, and a date in the files and schemas of all implementations.
    calendar('day', 'date', (day) => day),
    {
      text: 'hour',
      resultType: (type: string) => (type in TIMESTAMPS ? 'int' : undefined),
      apply: (type: string, value: PrimitiveValue | null) =>
        value === null ? null : Number(floorDivide(value as bigint, (TIMESTAMPS[type] as bigint) / 24n)),
    },
  ].map((transform) => [transform.text, transform]),
);

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
