import { describe, expect, it } from '@jest/globals';
import { sampleOf } from '../../src/reader/sample.ts';
import type { OpenedFile } from '../../src/reader/table-files.ts';

const filesOf = (...rowCounts: number[]) =>
  rowCounts.map((rowCount, i) => ({ path: `${String(i)}.parquet`, rowCount }) as OpenedFile);
const rowsIn = (rowCounts: readonly number[], sampleRows: number) =>
  sampleOf(filesOf(...rowCounts), sampleRows).stretches.flatMap(({ file, rows }) => {
    expect(
      rows.every((row, i) => row >= 0 && row < file.rowCount && (i === 0 || row > (rows[i - 1] as number))),
    ).toBe(true);
    return rows.map((row) => `${file.path} ${String(row)}`);
  });

describe('a sample', () => {
  it.each([[[0]], [[1]], [[7, 0, 3]], [[70_000, 5]]])('is all rows of a small table: %j', (rowCounts) => {
    const rows = rowsIn(rowCounts, 100_000);
    expect(new Set(rows).size).toBe(rowCounts.reduce((a, b) => a + b, 0));
    expect(rows).toHaveLength(new Set(rows).size);
  });

  it('is rows at even distances of a table that can be read', () => {
    const rows = rowsIn([300_000, 100_000], 1_000);
    expect(rows.length).toBeGreaterThanOrEqual(999);
    expect(rows.length).toBeLessThanOrEqual(1_001);
    expect(rows.filter((row) => row.startsWith('0')).length).toBeCloseTo(750, -1);
  });

  it('is of stretches all over a large table, and reads no more for ten times the rows', () => {
    for (const fileCount of [40, 400]) {
      const files = filesOf(...new Array<number>(fileCount).fill(250_000));
      const { stretches, isEven } = sampleOf(files, 100_000);
      expect(isEven).toBe(false);
      expect(stretches).toHaveLength(25);
      const read = stretches.reduce((sum, { rows }) => sum + (rows.at(-1) ?? 0) - (rows[0] ?? 0) + 1, 0);
      expect(read).toBeLessThanOrEqual(25 * 20_000);
      expect(stretches.reduce((sum, { rows }) => sum + rows.length, 0)).toBeGreaterThan(90_000);
      const places = stretches.map(({ file }) => Number.parseInt(file.path) / fileCount);
      for (const [i, place] of places.entries()) expect(Math.abs(place - (i + 0.5) / 25)).toBeLessThan(0.03);
    }
  });
});
