import { describe, expect, it } from '@jest/globals';
import { valueText } from '../../src/index.ts';

describe('a value as text', () => {
  it.each([
    ['timestamp', Date.UTC(2026, 0, 5, 13) * 1000, '2026-01-05 13:00'],
    ['timestamp', Date.UTC(2026, 0, 5, 13, 0, 7) * 1000, '2026-01-05 13:00:07'],
    ['timestamp', Date.UTC(2026, 0, 5, 13, 0, 0) * 1000 + 25, '2026-01-05 13:00:00.000025'],
    ['timestamp', Date.UTC(1969, 11, 31, 23, 59, 59) * 1000 + 250_000, '1969-12-31 23:59:59.25'],
    ['date', 20_458, '2026-01-05'],
    ['decimal(12,2)', 3, '3.00'],
    ['int64', 24_000_000, '24000000'],
    ['int64', 2n ** 60n, '1152921504606846976'],
    ['float64', 0.1 + 0.2, '0.3'],
    ['boolean', false, 'false'],
    ['text', '', ''],
  ])('of type %s: %p is %s', (type, value, text) => {
    expect(valueText(type, value)).toBe(text);
  });
});
