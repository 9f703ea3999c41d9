import { describe, expect, it } from '@jest/globals';
import { batchOf, textOfRows } from './all-types.ts';

const jsonl = { format: 'jsonl' } as const;

describe('JSON Lines', () => {
  it('has an object of all columns for each row, nulls included', async () => {
    const batch = batchOf({ int32: [1, null], text: ['a', null], boolean: [true, null] });
    expect(await textOfRows(jsonl, batch)).toBe(
      '{"int32":1,"text":"a","boolean":true}\n{"int32":null,"text":null,"boolean":null}\n',
    );
  });

  it('gives back any text', async () => {
    const all = String.fromCharCode(...Array.from({ length: 0xd800 }, (_, i) => i));
    const texts = ['', '"', '\\', 'a\nb\r\t', '😀 größer', '\u2028', all];
    for (const batch of [batchOf({ text: texts }), batchOf({ category: texts })]) {
      const written = (await textOfRows(jsonl, batch)).split('\n').slice(0, -1);
      expect(written.map((line) => Object.values(JSON.parse(line) as Record<string, unknown>)[0])).toEqual(
        texts,
      );
    }
  });

  it('writes numbers as numbers, with all their digits, and what JSON has no number for as text', async () => {
    const batch = batchOf({
      int64: [2n ** 63n - 1n, -1n, null],
      money: [1990n, -5n, null],
      float64: [NaN, -Infinity, -0],
    });
    expect(await textOfRows(jsonl, batch)).toBe(
      '{"int64":9223372036854775807,"money":19.90,"float64":"NaN"}\n' +
        '{"int64":-1,"money":-0.05,"float64":"-Infinity"}\n' +
        '{"int64":null,"money":null,"float64":-0.0}\n',
    );
  });

  it('writes days and instants as text', async () => {
    expect(await textOfRows(jsonl, batchOf({ date: [20_458, null], instant: [null, 1n] }))).toBe(
      '{"date":"2026-01-05","instant":null}\n{"date":null,"instant":"1970-01-01T00:00:00.000001Z"}\n',
    );
  });
});
