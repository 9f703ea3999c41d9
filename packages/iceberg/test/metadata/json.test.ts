import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatJson, NumberText, parseJson } from '../../src/metadata/json.ts';

describe('JSON of any size of number', () => {
  test.each([
    ['8835305759777357307', 8_835_305_759_777_357_307n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['0', 0],
    ['-12', -12],
    ['0.25', 0.25],
  ])('%s is read exactly, and written again as it was', (text, value) => {
    expect(parseJson(text)).toBe(value);
    expect(formatJson(parseJson(text))).toBe(text);
  });

  test.each(['1.0', '-0', '-0.0', '1e3', '1E-7', '0.1000000000000000055511151231257827'])(
    '%s, which JavaScript writes in another way, stays as it is',
    (text) => {
      expect(parseJson(text)).toEqual(new NumberText(text));
      expect(formatJson(parseJson(`[${text}]`))).toBe(`[${text}]`);
    },
  );

  test('keys that are bigints are so however small they are, in lists too', () => {
    expect(
      parseJson('{"snapshot-id":1,"other":1,"snapshot-ids":[2]}', (key) => /snapshot-ids?$/.test(key)),
    ).toEqual({ 'snapshot-id': 1n, other: 1, 'snapshot-ids': [2n] });
  });

  test('numbers within texts are texts', () => {
    const text = '{"a 9007199254740993":"x 9007199254740993 \\" 9007199254740993 \\\\"}';
    expect(formatJson(parseJson(text))).toBe(text);
  });

  test('a key that means something to JavaScript is a key', () => {
    const text = '{"__proto__":{"a":1},"constructor":2}';
    expect(formatJson(parseJson(text))).toBe(text);
  });

  test('it reads and writes what JSON does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(JSON.parse(formatJson(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('properties that are undefined are not written', () => {
    expect(formatJson({ a: undefined, b: [undefined], c: null })).toBe('{"b":[null],"c":null}');
  });

  test.each([
    ['', 'unexpected end at position 0'],
    ['{"a":1,}', 'unexpected character "}" at position 7'],
    ['[1 2]', 'unexpected character "2" at position 3'],
    ['{a:1}', 'unexpected character "a" at position 1'],
    ['01', 'unexpected character "1" at position 1'],
    ['"a', 'unexpected character "\\"" at position 0'],
    ['nul', 'unexpected character "n" at position 0'],
    ['{"a" 1}', 'unexpected character "1" at position 5'],
    ['1 }', 'unexpected character "}" at position 2'],
  ])('%s is refused, with the place', (text, message) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
    expect(() => parseJson(text)).toThrow(message);
  });
});
