import { LocalStorage, MemoryStorage, type Storage } from '@datagen/core/writer';
import { describe, expect, test } from '@jest/globals';
import { locationOf, pathWithin } from '../../src/layout/location.ts';

const local = new LocalStorage('/lake/a b');
const bucket = { location: (path: string) => `s3://bucket/pre${path === '' ? '' : `/${path}`}` } as Storage;

describe('locations of Iceberg', () => {
  test('files of a local folder are URIs, with nothing encoded in them', () => {
    expect(locationOf(local, 'shop/x y.avro')).toBe('file:///lake/a b/shop/x y.avro');
    expect(locationOf(bucket, 'shop/x')).toBe('s3://bucket/pre/shop/x');
  });

  test.each([
    [local, 'file:///lake/a b/t/m.json', 't/m.json'],
    [local, 'file:/lake/a b/t/m.json', 't/m.json'],
    [local, '/lake/a b/t/m.json', 't/m.json'],
    [local, 'file:///lake/a b', ''],
    [local, 'file:///lake/a bc/m.json', undefined],
    [local, 's3://lake/a b/t', undefined],
    [bucket, 's3://bucket/pre/t/m.json', 't/m.json'],
    [bucket, 's3a://bucket/pre/t/m.json', 't/m.json'],
    [bucket, 's3n://bucket/pre', ''],
    [bucket, 's3://bucket/prefix/t', undefined],
    [bucket, 'file:///bucket/pre/t', undefined],
  ])('%#: %s lies at %s', (storage, location, path) => {
    expect(pathWithin(storage, location)).toBe(path);
  });

  test('what is put is found again', () => {
    for (const storage of [local, bucket, new MemoryStorage('memory:')])
      expect(pathWithin(storage, locationOf(storage, 'a/b'))).toBe('a/b');
  });
});
