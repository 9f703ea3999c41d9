import { describe, expect, it } from '@jest/globals';
import { parseLocation } from '../../src/client/location.ts';
import { s3 } from '../../src/index.ts';

describe('the URI of a place on S3', () => {
  it.each([
    ['s3://lake', 'lake', ''],
    ['s3://lake/', 'lake', ''],
    ['S3://lake/a', 'lake', 'a/'],
    ['s3://lake/a/b=1//', 'lake', 'a/b=1/'],
    // Keys are texts, not URLs.
    ['s3://lake/a b/100%25/#1?x', 'lake', 'a b/100%25/#1?x/'],
    ['s3://my.bucket/ümläut', 'my.bucket', 'ümläut/'],
  ])('%s is a bucket and a prefix', (uri, bucket, prefix) => {
    expect(parseLocation(uri)).toEqual({ bucket, prefix });
  });

  it.each([
    ['s3://', 'no bucket is named'],
    ['s3:///x', 'no bucket is named'],
    ['s3:lake/x', 'no bucket is named'],
    ['s3://lake//x', 'a folder has no name'],
    ['s3://lake/a//x', 'a folder has no name'],
    ['s3://lake/../x', 'keys know no . and ..'],
    ['s3://lake/a/.', 'keys know no . and ..'],
  ])('%s is refused', (uri, problem) => {
    expect(() => parseLocation(uri)).toThrow(
      `Expected the output to be s3://bucket or s3://bucket/prefix, got "${uri}": ${problem}.`,
    );
  });

  it('is how other programs call a file, as the text that its key is', () => {
    expect(s3('s3://lake/a b/').location('t/k=v/100%')).toBe('s3://lake/a b/t/k=v/100%');
    expect(s3('s3://lake').location('t/x')).toBe('s3://lake/t/x');
    expect(s3('s3://lake/a/').uri).toBe('s3://lake/a');
  });
});
