import { describe, expect, it } from '@jest/globals';
import type { PrimitiveValue } from '../../src/values/primitive.ts';
import { hashOf, parseTransform } from '../../src/values/transforms.ts';

const micros = (text: string, more = 0n) => BigInt(Date.parse(text)) * 1000n + more;
const day = (text: string) => Date.parse(text) / 86_400_000;
const apply = (transform: string, type: string, value: PrimitiveValue | null) =>
  parseTransform(transform)?.apply(type, value);

describe('hashes of the specification (appendix B)', () => {
  const instant = micros('2017-11-16T22:31:08Z');
  it.each<[type: string, value: PrimitiveValue, hash: number]>([
    ['int', 34, 2017239379],
    ['long', 34n, 2017239379],
    ['decimal(9, 2)', 1420n, -500754589],
    ['date', day('2017-11-16'), -653330422],
    ['time', (22n * 3600n + 31n * 60n + 8n) * 1_000_000n, -662762989],
    ['timestamp', instant, -2047944441],
    ['timestamp', instant + 1n, -1207196810],
    ['timestamptz', instant, -2047944441],
    ['timestamptz', instant + 1n, -1207196810],
    ['timestamp_ns', instant * 1000n, -2047944441],
    ['timestamptz_ns', instant * 1000n + 1n, -2047944441],
    ['timestamp_ns', instant * 1000n + 1000n, -1207196810],
    ['string', 'iceberg', 1210000089],
    ['uuid', 'f79c3e09-677c-4bbd-a479-3f349cb785e7', 1488055340],
    ['fixed[4]', Uint8Array.of(0, 1, 2, 3), -188683207],
    ['binary', Uint8Array.of(0, 1, 2, 3), -188683207],
  ])('of a %s', (type, value, hash) => {
    expect(hashOf(type, value)).toBe(hash);
  });

  it('are those of Murmur3 for every rest of a length by four', () => {
    // As mmh3 of PyPI, the library of pyiceberg, has them.
    expect(['', 'a', 'ab', 'abc', 'abcd', 'größer'].map((text) => hashOf('string', text))).toEqual([
      0, 1009084850, -1681926305, -1277324294, 1139631978, -699436314,
    ]);
  });

  it('of negative numbers take all eight bytes', () => {
    expect([hashOf('int', -1), hashOf('long', -1n)]).toEqual([1651860712, 1651860712]);
  });
});

describe('a bucket', () => {
  it('is the hash without its sign, by the count', () => {
    expect(apply('bucket[16]', 'string', 'iceberg')).toBe(1210000089 % 16);
    expect(apply('bucket[100]', 'decimal(9,2)', 1420n)).toBe((-500754589 & 0x7fffffff) % 100);
    expect(apply('bucket[16]', 'long', null)).toBeNull();
  });

  it('is an int, of all types but booleans and floating-point ones', () => {
    const transform = parseTransform('bucket[4]');
    expect(
      ['string', 'uuid', 'date', 'fixed[3]', 'decimal(3,1)'].map((type) => transform?.resultType(type)),
    ).toEqual(Array(5).fill('int'));
    expect(['boolean', 'float', 'double'].map((type) => transform?.resultType(type))).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe('a truncation (specification, "Truncate Transform Details")', () => {
  it.each<[transform: string, type: string, value: PrimitiveValue, result: PrimitiveValue]>([
    ['truncate[10]', 'int', 1, 0],
    ['truncate[10]', 'int', -1, -10],
    ['truncate[10]', 'int', -10, -10],
    ['truncate[10]', 'long', 1n, 0n],
    ['truncate[10]', 'long', -1n, -10n],
    ['truncate[50]', 'decimal(4,2)', 1065n, 1050n],
    ['truncate[50]', 'decimal(4,2)', -1065n, -1100n],
    ['truncate[3]', 'string', 'iceberg', 'ice'],
    ['truncate[2]', 'string', '🧊🏔berg', '🧊🏔'],
    ['truncate[3]', 'string', 'ab', 'ab'],
    ['truncate[3]', 'binary', Uint8Array.of(1, 2, 3, 4, 5), Uint8Array.of(1, 2, 3)],
  ])('%s of %s %p', (transform, type, value, result) => {
    expect(apply(transform, type, value)).toEqual(result);
    expect(parseTransform(transform)?.resultType(type)).toBe(type);
  });

  it('is there for numbers, text and bytes alone', () => {
    expect(parseTransform('truncate[3]')?.resultType('date')).toBeUndefined();
    expect(parseTransform('truncate[3]')?.resultType('double')).toBeUndefined();
  });
});

describe('units of time', () => {
  it('count from 1970, before it below zero', () => {
    const at = (text: string) =>
      ['year', 'month', 'day', 'hour'].map((unit) => apply(unit, 'timestamptz', micros(text)));
    expect(at('1970-01-01T00:00:00Z')).toEqual([0, 0, 0, 0]);
    expect(at('2017-11-16T22:31:08Z')).toEqual([47, 574, 17486, 419686]);
    expect(at('1969-12-31T23:59:59.999Z')).toEqual([-1, -1, -1, -1]);
    expect(at('1960-02-29T12:00:00Z')).toEqual([-10, -119, -3594, -86244]);
  });

  it('take the last microsecond of a day for that day', () => {
    expect(apply('day', 'timestamptz', micros('2026-01-06T00:00:00Z', -1n))).toBe(day('2026-01-05'));
    expect(apply('hour', 'timestamp', micros('2026-01-05T13:00:00Z', -1n))).toBe(day('2026-01-05') * 24 + 12);
    expect(apply('day', 'timestamp_ns', micros('2026-01-06T00:00:00Z') * 1000n - 1n)).toBe(day('2026-01-05'));
  });

  it('are those of days too, but for hours', () => {
    const units = ['year', 'month', 'day', 'hour'];
    expect(units.map((unit) => parseTransform(unit)?.resultType('date'))).toEqual([
      'int',
      'int',
      'date',
      undefined,
    ]);
    expect(units.map((unit) => parseTransform(unit)?.resultType('timestamptz'))).toEqual([
      'int',
      'int',
      'date',
      'int',
    ]);
    expect(apply('month', 'date', day('2017-11-16'))).toBe(574);
    expect(apply('year', 'date', -1)).toBe(-1);
    expect(parseTransform('day')?.resultType('string')).toBeUndefined();
  });
});

describe('other transforms', () => {
  it('give the value itself, or nothing', () => {
    expect(apply('identity', 'string', 'a/b')).toBe('a/b');
    expect(apply('identity', 'double', null)).toBeNull();
    expect(apply('void', 'long', 1n)).toBeNull();
    expect(parseTransform('identity')?.resultType('decimal(3,1)')).toBe('decimal(3,1)');
  });

  it('are unknown by other names', () => {
    expect(
      ['zorder', 'bucket', 'bucket[-1]', 'truncate[a]', 'week'].map((text) => parseTransform(text)),
    ).toEqual(Array(5).fill(undefined));
  });
});
