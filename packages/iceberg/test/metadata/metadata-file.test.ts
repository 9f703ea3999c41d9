import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import {
  decodeMetadata,
  encodeMetadata,
  formatTableMetadata,
  nextMetadataLocation,
  withPrevious,
} from '../../src/metadata/index.ts';
import { newTable, NOW_MS } from './tables.ts';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

describe('where the next metadata lies', () => {
  test.each([
    [{}, undefined, '^file:///lake/shop/orders/metadata/00000-UUID.metadata.json$'],
    [{}, 'file:///lake/shop/orders/metadata/00041-abc.metadata.json', '/metadata/00042-UUID.metadata.json$'],
    [{}, 's3://b/t/metadata/123456-abc.gz.metadata.json', '/metadata/123457-UUID.metadata.json$'],
    [{}, 's3://b/t/metadata/v7.metadata.json', '/metadata/00000-UUID.metadata.json$'],
    [{ 'write.metadata.path': 's3://other/m/' }, undefined, '^s3://other/m/00000-UUID.metadata.json$'],
    [{ 'write.metadata.compression-codec': 'gzip' }, undefined, '/00000-UUID.gz.metadata.json$'],
  ])('properties %j, before it %s: %s', (properties, previous, pattern) => {
    expect(nextMetadataLocation(newTable(properties), previous)).toMatch(
      new RegExp(pattern.replace('UUID', UUID)),
    );
  });
});

describe('the log of metadata files', () => {
  const previous = { location: 'file:///a/00000-x.metadata.json', metadata: newTable() };

  test('it names the one before, with its own time', () => {
    const { metadata, dropped } = withPrevious({ ...newTable(), 'last-updated-ms': NOW_MS + 9 }, previous);
    expect(metadata['metadata-log']).toEqual([
      { 'metadata-file': previous.location, 'timestamp-ms': NOW_MS },
    ]);
    expect(dropped).toEqual([]);
  });

  test.each([
    [{}, 100],
    [{ 'write.metadata.previous-versions-max': '3' }, 3],
    [{ 'write.metadata.previous-versions-max': '0' }, 1],
    [{ 'write.metadata.previous-versions-max': 'many' }, 100],
  ])('with %j it keeps %s', (properties, most) => {
    const log = Array.from({ length: 100 }, (_, i) => ({
      'metadata-file': `m${String(i)}`,
      'timestamp-ms': i,
    }));
    const { metadata, dropped } = withPrevious({ ...newTable(properties), 'metadata-log': log }, previous);
    expect(metadata['metadata-log']).toHaveLength(most);
    expect(metadata['metadata-log'].at(-1)?.['metadata-file']).toBe(previous.location);
    expect(dropped).toEqual(log.slice(0, 101 - most).map((entry) => entry['metadata-file']));
  });
});

describe('bytes of metadata files', () => {
  test.each(['none', 'gzip'])('with the codec %s they are read again', async (codec) => {
    const table = newTable({ 'write.metadata.compression-codec': codec });
    const bytes = await encodeMetadata(table);
    expect(bytes[0]).toBe(codec === 'gzip' ? 0x1f : 0x7b);
    expect(await decodeMetadata(bytes, 'x')).toEqual(table);
  });

  test('compressed ones are known by their bytes, cut ones are refused', async () => {
    const bytes = gzipSync(formatTableMetadata(newTable()));
    expect(await decodeMetadata(bytes, 'x.metadata.json')).toEqual(newTable());
    await expect(decodeMetadata(bytes.subarray(0, 99), 'x.gz.metadata.json')).rejects.toThrow(
      'Expected the metadata of an Iceberg table in x.gz.metadata.json',
    );
  });
});
