import { describe, expect, it } from '@jest/globals';
import { partitionPath, partitionText } from '../../src/values/partition-path.ts';

describe('a partition value as people read it', () => {
  it.each([
    ['year', 'timestamptz', 47, '2017'],
    ['year', 'timestamptz', -1, '1969'],
    ['month', 'timestamptz', 575, '2017-12'],
    ['month', 'timestamptz', -1, '1969-12'],
    ['day', 'timestamptz', 17501, '2017-12-01'],
    ['hour', 'timestamptz', 420034, '2017-12-01-10'],
    ['hour', 'timestamptz', -1, '1969-12-31-23'],
    ['identity', 'date', 17501, '2017-12-01'],
    ['identity', 'timestamptz', 1512123085500000n, '2017-12-01T10:11:25.5+00:00'],
    ['identity', 'timestamp', -1n, '1969-12-31T23:59:59.999999'],
    ['identity', 'decimal(9,2)', -1420n, '-14.20'],
    ['identity', 'long', 100n, '100'],
    ['identity', 'binary', Uint8Array.of(1, 2, 3), 'AQID'],
    ['bucket[16]', 'string', 5, '5'],
    ['truncate[4]', 'string', 'iceb', 'iceb'],
    ['void', 'string', null, 'null'],
  ])('%s of %s', (transform, type, value, text) => {
    expect(partitionText(transform, type, value)).toBe(text);
  });
});

describe('the folders of a partition', () => {
  it('are encoded as a form is', () => {
    const spec = {
      'spec-id': 0,
      fields: [
        { name: 'data#1', transform: 'identity', 'source-id': 1, 'field-id': 1000 },
        { name: 'ts_day', transform: 'day', 'source-id': 2, 'field-id': 1001 },
      ],
    };
    expect(partitionPath(spec, ['string', 'timestamptz'], ['a/b&c d?é', 20458])).toBe(
      'data%231=a%2Fb%26c+d%3F%C3%A9/ts_day=2026-01-05',
    );
    expect(partitionPath(spec, ['string', 'timestamptz'], [null, null])).toBe('data%231=null/ts_day=null');
  });
});
