import { describe, expect, it } from '@jest/globals';
import { batchOf, textOfRows, type Values } from './all-types.ts';

const csv = { format: 'csv', delimiter: ',', header: false, nullText: '' } as const;

/** The lines of one column. */
async function lines(values: Values, format = {}): Promise<string[]> {
  return (await textOfRows({ ...csv, ...format }, batchOf(values))).split('\n').slice(0, -1);
}

describe('CSV', () => {
  it('has a line of names, and every row ends with a line feed', async () => {
    const batch = batchOf({ int32: [1, 2], text: ['a', 'b'] });
    expect(await textOfRows({ ...csv, header: true }, batch)).toBe('int32,text\n1,a\n2,b\n');
    expect(await textOfRows({ ...csv, delimiter: '\t' }, batch)).toBe('1\ta\n2\tb\n');
    expect(await textOfRows({ ...csv, header: true }, batchOf({ int32: [] }))).toBe('int32\n');
  });

  it('tells an empty text from a null', async () => {
    expect(await textOfRows(csv, batchOf({ text: ['', null, 'x'], category: [null, '', null] }))).toBe(
      '"",\n,""\nx,\n',
    );
    const format = { ...csv, nullText: 'NULL' };
    expect(await textOfRows(format, batchOf({ text: ['NULL', null, ''], int32: [null, 1, 2] }))).toBe(
      '"NULL",NULL\nNULL,1\n"",2\n',
    );
  });

  it('quotes what a reader would else take for something else', async () => {
    const texts = {
      'a,b': '"a,b"',
      'say "hi"': '"say ""hi"""',
      'two\r\nlines': '"two\r\nlines"',
      '\r': '"\r"',
      ' before': '" before"',
      'after\t': '"after\t"',
      "'single'": `"'single'"`,
      "it's": "it's",
      '\\.': '"\\."',
      'back\\slash': 'back\\slash',
      'a;b': 'a;b',
      'größer 😀': 'größer 😀',
      '\u0000': '\u0000',
    };
    const values = Object.keys(texts);
    const expected = `${Object.values(texts).join('\n')}\n`;
    expect(await textOfRows(csv, batchOf({ text: values }))).toBe(expected);
    expect(await textOfRows(csv, batchOf({ category: values }))).toBe(expected);
    expect(await lines({ text: ['a;b', 'a,b'] }, { delimiter: ';' })).toEqual(['"a;b"', 'a,b']);
  });

  it('writes whole numbers with all their digits', async () => {
    expect(await lines({ int32: [0, -1, 7, 10, 99, 100, 2147483647, -2147483648, null] })).toEqual([
      '0',
      '-1',
      '7',
      '10',
      '99',
      '100',
      '2147483647',
      '-2147483648',
      '',
    ]);
    const numbers = [
      0n,
      -5n,
      999_999_999n,
      1_000_000_000n,
      2n ** 53n,
      -(2n ** 53n),
      2n ** 63n - 1n,
      -(2n ** 63n),
    ];
    expect(await lines({ int64: numbers })).toEqual(numbers.map(String));
  });

  it('writes decimals exactly, whatever their size', async () => {
    expect(await lines({ money: [0n, 5n, -5n, 100n, 1990n, -29n, 999_999_999_999n] })).toEqual([
      '0.00',
      '0.05',
      '-0.05',
      '1.00',
      '19.90',
      '-0.29',
      '9999999999.99',
    ]);
    const large = 12_345_678_901_234_567_890_123_456_789_012_345_678n;
    expect(await lines({ decimal: [large, -large, -1n, 2n ** 53n, -(2n ** 64n)] })).toEqual([
      '12345678901234567890123456789012.345678',
      '-12345678901234567890123456789012.345678',
      '-0.000001',
      '9007199254.740992',
      '-18446744073709.551616',
    ]);
  });

  it('writes doubles by the fewest digits that read back as the same one', async () => {
    const doubles = [
      0,
      -0,
      5,
      -2.5,
      0.1,
      0.30000000000000004,
      1e21,
      1.5e300,
      5e-324,
      123456789.123456,
      1e15,
      2 ** 53,
    ];
    expect(await lines({ float64: [...doubles, NaN, Infinity, -Infinity, null] })).toEqual([
      '0.0',
      '-0.0',
      '5.0',
      '-2.5',
      '0.1',
      '0.30000000000000004',
      '1e+21',
      '1.5e+300',
      '5e-324',
      '123456789.123456',
      '1000000000000000.0',
      '9007199254740992.0',
      'NaN',
      'Infinity',
      '-Infinity',
      '',
    ]);
  });

  it('writes the same doubles as JavaScript does, of any size and number of decimals', async () => {
    const doubles = Array.from({ length: 20_000 }, (_, i) => {
      const spread = Math.sin(i) * 10 ** ((i % 24) - 8);
      return i % 3 === 0 ? spread : Number(spread.toFixed(i % 8));
    });
    const written = await lines({ float64: doubles });
    expect(written.map(Number)).toEqual(doubles);
    const withPoint = (text: string) => (/[.e]/.test(text) ? text : `${text}.0`);
    expect(written).toEqual(
      doubles.map((value) => (Object.is(value, -0) ? '-0.0' : withPoint(String(value)))),
    );
  });

  it('writes days and instants of the years 1 to 9999 in UTC, with six decimals', async () => {
    const days = [0, -1, 20_458, -719_162, 2_932_896, 11_016, 47_540, -25_509, null];
    expect(await lines({ date: days })).toEqual(
      days.map((day) => (day === null ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10))),
    );
    expect(
      await lines({
        instant: [0n, -1n, 1_767_619_800_123_456n, -62_135_596_800_000_000n, 253_402_300_799_999_999n, null],
      }),
    ).toEqual([
      '1970-01-01T00:00:00.000000Z',
      '1969-12-31T23:59:59.999999Z',
      '2026-01-05T13:30:00.123456Z',
      '0001-01-01T00:00:00.000000Z',
      '9999-12-31T23:59:59.999999Z',
      '',
    ]);
  });

  it('writes every day of two leap cycles as the calendar has it', async () => {
    const days = Array.from({ length: 2 * 146_097 }, (_, i) => i - 146_097);
    expect(await lines({ date: days })).toEqual(
      days.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
    );
  });

  it.each([-719_163, 2_932_897])('refuses day %d, which four digits of a year cannot say', async (day) => {
    await expect(lines({ date: [day] })).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message: expect.stringContaining('Expected days of the years 0001 to 9999 in column `date`'),
    });
    await expect(lines({ instant: [BigInt(day) * 86_400_000_000n] })).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
    });
  });

  it('writes booleans as words, and nulls of every type as nothing', async () => {
    expect(await lines({ boolean: [true, false, null] })).toEqual(['true', 'false', '']);
    const nulls = {
      int64: [null],
      decimal: [null],
      date: [null],
      float64: [null],
      text: [null],
      boolean: [null],
    };
    expect(await lines(nulls)).toEqual([',,,,,']);
  });

  it('is the same however the rows come in batches, and a batch may be a part of another one', async () => {
    const values: Values = {
      int64: Array.from({ length: 50_000 }, (_, i) => (i % 7 === 0 ? null : BigInt(i))),
      text: Array.from({ length: 50_000 }, (_, i) => (i % 11 === 0 ? null : `row "${String(i)}"`)),
      boolean: Array.from({ length: 50_000 }, (_, i) => (i % 5 === 0 ? null : i % 3 === 0)),
      category: Array.from({ length: 50_000 }, (_, i) => ['a', null, 'b,c'][i % 3] ?? null),
      money: Array.from({ length: 50_000 }, (_, i) => (i % 13 === 0 ? null : BigInt(i - 25_000))),
    };
    const batch = batchOf(values);
    const whole = await textOfRows(csv, batch);
    const parts = [batch.slice(0, 3), batch.slice(3, 20_001), batch.slice(20_001)];
    expect(await textOfRows(csv, ...parts)).toBe(whole);
    expect(whole.split('\n')).toHaveLength(50_001);
  });
});
