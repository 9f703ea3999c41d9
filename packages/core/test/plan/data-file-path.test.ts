import { describe, expect, it } from '@jest/globals';
import { dataFilePath, parseDataFilePath } from '../../src/plan/data-file-path.ts';

describe('the path of a data file', () => {
  it.each([
    ['2026-01-05', '2026-01-31', '', 'orders/orders-0123456789ab-2026-01-05_2026-01-31.parquet'],
    ['r000000000000', 'r000000065536', '', 'orders/orders-0123456789ab-r000000000000_r000000065536.parquet'],
    [
      '2026-01-05~0',
      '2026-01-05~2',
      'year=2026/group=a%2Fb',
      'orders/year=2026/group=a%2Fb/orders-0123456789ab-2026-01-05~0_2026-01-05~2.parquet',
    ],
    ['BRK_B/2026', "x'*(ü)", '', 'orders/orders-0123456789ab-BRK%5FB%2F2026_x%27%2A%28%C3%BC%29.parquet'],
  ])('says that it holds %s to %s', (firstBlock, lastBlock, partitionPath, expected) => {
    const range = { digest: '0123456789ab', partitionPath, firstBlock, lastBlock };
    expect(dataFilePath('orders', 'orders', range, '.parquet')).toBe(expected);
    expect(parseDataFilePath('orders', 'orders', expected, '.parquet')).toEqual(range);
  });

  it.each([
    'orders/part-00000.parquet',
    'orders/order_items-0123456789ab-a_b.parquet',
    'orders/old/orders-0123456789ab-a_b.parquet',
    'orders/orders-0123456789ab-a.parquet',
    'orders/orders-0123456789ab-a_b.parquet.crc',
  ])('is not read into %s', (other) => {
    expect(parseDataFilePath('orders', 'orders', other, '.parquet')).toBeUndefined();
  });
});
