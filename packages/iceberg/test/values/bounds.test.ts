import { describe, expect, it } from '@jest/globals';
import { lowerBound, singleValueBytes, singleValueOf, upperBound } from '../../src/values/bounds.ts';
import type { PrimitiveValue } from '../../src/values/primitive.ts';

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8');

describe('the binary form of a single value (specification, appendix D)', () => {
  it.each<[type: string, value: PrimitiveValue, bytes: string]>([
    ['boolean', false, '00'],
    ['boolean', true, '01'],
    ['int', 1234, 'd2040000'],
    ['int', -1, 'ffffffff'],
    ['long', 1234n, 'd204000000000000'],
    ['long', -(2n ** 63n), '0000000000000080'],
    ['float', -4.5, '000090c0'],
    ['double', 6, '0000000000001840'],
    ['double', -0, '0000000000000080'],
    ['date', 17486, '4e440000'],
    ['time', 81068000000n, '008307e012000000'],
    ['timestamptz', 1510871468000000n, '00c3262d215e0500'],
    ['string', 'ABC', '414243'],
    ['string', 'größer', '6772c3b6c39f6572'],
    ['string', '', ''],
    ['uuid', 'f79c3e09-677c-4bbd-a479-3f349cb785e7', 'f79c3e09677c4bbda4793f349cb785e7'],
    ['fixed[3]', Uint8Array.of(1, 2, 3), '010203'],
    ['binary', Uint8Array.of(0xff), 'ff'],
    ['decimal(9,2)', 1420n, '058c'],
    ['decimal(9, 2)', 0n, '00'],
    ['decimal(9,2)', -1n, 'ff'],
    ['decimal(9,2)', 128n, '0080'],
    ['decimal(9,2)', -128n, '80'],
    ['decimal(9,2)', -129n, 'ff7f'],
    ['decimal(38,0)', 10n ** 38n - 1n, '4b3b4ca85a86c47a098a223fffffffff'],
  ])('of %s %p is %s, and back', (type, value, bytes) => {
    expect(hex(singleValueBytes(type, value))).toBe(bytes);
    expect(singleValueOf(type, Buffer.from(bytes, 'hex'))).toEqual(
      value instanceof Uint8Array ? Buffer.from(value) : value,
    );
  });

  it('of a column that was widened is read by its length', () => {
    expect(singleValueOf('long', Buffer.from('ffffffff', 'hex'))).toBe(-1n);
    expect(singleValueOf('double', Buffer.from('000090c0', 'hex'))).toBe(-4.5);
  });

  it('is refused for nested types', () => {
    expect(() => singleValueBytes('struct', 1)).toThrow('Values of type struct have no binary form.');
  });
});

describe('bounds', () => {
  it('hold short values whole', () => {
    expect(text(lowerBound('string', 'sixteen letters!'))).toBe('sixteen letters!');
    expect(text(upperBound('string', 'sixteen letters!'))).toBe('sixteen letters!');
    expect(hex(upperBound('long', 7n))).toBe('0700000000000000');
  });

  it('cut a long text, above at the next character', () => {
    expect(text(lowerBound('string', 'abcdef', 3))).toBe('abc');
    expect(text(upperBound('string', 'abcdef', 3))).toBe('abd');
    expect(text(lowerBound('string', 'a'.repeat(17)))).toBe('a'.repeat(16));
    expect(text(upperBound('string', 'a'.repeat(17)))).toBe(`${'a'.repeat(15)}b`);
  });

  it('count characters, not units of UTF-16', () => {
    expect(text(lowerBound('string', '🧊🧊🧊', 2))).toBe('🧊🧊');
    expect(text(upperBound('string', '🧊🧊🧊', 2))).toBe(`🧊${String.fromCodePoint(0x1f9cb)}`);
  });

  it('go past the surrogates, and back over characters that have no next one', () => {
    expect(text(upperBound('string', '\ud7ffx', 1))).toBe('\ue000');
    expect(text(upperBound('string', 'a\u{10ffff}x', 2))).toBe('b');
    expect(upperBound('string', '\u{10ffff}\u{10ffff}x', 2)).toBeUndefined();
  });

  it('of bytes are cut as those of text', () => {
    expect(hex(lowerBound('binary', Uint8Array.of(1, 2, 3), 2))).toBe('0102');
    expect(hex(upperBound('binary', Uint8Array.of(1, 0xff, 3), 2))).toBe('02');
    expect(upperBound('binary', Uint8Array.of(0xff, 0xff, 3), 2)).toBeUndefined();
  });

  it('are none for NaN', () => {
    expect([lowerBound('double', Number.NaN), upperBound('double', Number.NaN)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
