import { once } from 'node:events';
import zlib from 'node:zlib';
import avro from 'avsc';
import { describe, expect, it } from '@jest/globals';
import { decodeAvroFile, encodeAvroFile } from '../../src/manifest/avro-file.ts';

const nameOf = (id: number) => `f${String(id)}`;
const SCHEMA = {
  type: 'record',
  name: 'row',
  fields: [
    { name: 'some_id', type: 'long', 'field-id': 1 },
    { name: 'text', type: ['null', 'string'], default: null, 'field-id': 2 },
  ],
} as const;
const ROWS = Array.from({ length: 500 }, (_, i) => ({ f1: i, f2: i % 3 === 0 ? null : `row ${String(i)}` }));

/** CRC-32, of which the codec has the last word. */
const checksum = (bytes: Buffer) => {
  const out = Buffer.alloc(4);
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  out.writeInt32BE(~crc);
  return out;
};

/** Snappy with literals alone, which its format allows. */
const literals = (bytes: Buffer) => {
  const parts: Buffer[] = [];
  const length: number[] = [];
  for (let left = bytes.byteLength; ; left >>>= 7) {
    length.push(left >= 0x80 ? (left & 0x7f) | 0x80 : left);
    if (left < 0x80) break;
  }
  parts.push(Buffer.from(length));
  for (let at = 0; at < bytes.byteLength; at += 60) {
    const literal = bytes.subarray(at, at + 60);
    parts.push(Buffer.from([(literal.byteLength - 1) << 2]), literal);
  }
  return Buffer.concat([...parts, checksum(bytes)]);
};

/** A file as avsc itself writes it, which shares only the coding of records with us. */
async function fileOf(codec: string, compress?: (bytes: Buffer) => Buffer): Promise<Buffer> {
  const codecs = {
    ...avro.streams.BlockEncoder.defaultCodecs(),
    ...(compress && {
      [codec]: (bytes: Buffer, done: (error: null, value?: Buffer) => void) => {
        done(null, compress(bytes));
      },
    }),
  };
  const encoder = new avro.streams.BlockEncoder(SCHEMA as unknown as avro.Schema, {
    codec,
    codecs,
    blockSize: 1000,
  });
  const parts: Buffer[] = [];
  encoder.on('data', (part: Buffer) => parts.push(part));
  for (const { f1, f2 } of ROWS) encoder.write({ some_id: f1, text: f2 });
  encoder.end();
  await once(encoder, 'end');
  return Buffer.concat(parts);
}

describe('a file of Avro', () => {
  it('keeps its schema, its metadata and its records', () => {
    const metadata = new Map([['format-version', '2']]);
    const file = decodeAvroFile(encodeAvroFile({ schema: SCHEMA, metadata }, nameOf, ROWS), nameOf);
    expect(file.header.schema).toEqual(SCHEMA);
    expect(file.header.metadata.get('format-version')).toBe('2');
    expect(file.header.metadata.get('avro.codec')).toBe('deflate');
    expect(file.records.map((row) => ({ ...(row as object) }))).toEqual(ROWS);
  });

  it('is read whatever its codec', async () => {
    const files = [
      await fileOf('null'),
      await fileOf('deflate'),
      await fileOf('snappy', literals),
      ...('zstdCompressSync' in zlib
        ? [
            await fileOf(
              'zstandard',
              (zlib as unknown as { zstdCompressSync: (b: Buffer) => Buffer }).zstdCompressSync,
            ),
          ]
        : []),
    ];
    for (const file of files)
      expect(decodeAvroFile(file, nameOf).records.map((row) => ({ ...(row as object) }))).toEqual(ROWS);
  });

  it('names a codec that it cannot read', async () => {
    const same = (bytes: Buffer) => bytes;
    const file = await fileOf('bzip2', same);
    expect(() => decodeAvroFile(file, nameOf)).toThrow(
      'it is compressed with bzip2; known are null, deflate, snappy and zstandard',
    );
    if (!('zstdDecompressSync' in zlib)) {
      const zstd = await fileOf('zstandard', same);
      expect(() => decodeAvroFile(zstd, nameOf)).toThrow('which needs Node.js 22.15 or newer');
    }
  });

  it('holds integers of 64 bits exactly', () => {
    const ids = [
      0,
      -1,
      2 ** 53 - 1,
      -(2 ** 53) + 1,
      8_835_305_759_777_357_307n,
      -(2n ** 63n),
      2n ** 63n - 1n,
    ];
    const metadata = new Map<string, string>();
    const bytes = encodeAvroFile(
      { schema: SCHEMA, metadata },
      nameOf,
      ids.map((f1) => ({ f1, f2: null })),
    );
    const found = decodeAvroFile(bytes, nameOf).records.map((row) => (row as { f1: number | bigint }).f1);
    expect(found.map(BigInt)).toEqual(ids.map(BigInt));
    expect(found.slice(0, 3)).toEqual(ids.slice(0, 3));
  });

  it('says when it is cut short, or none', () => {
    const metadata = new Map<string, string>();
    const bytes = encodeAvroFile({ schema: SCHEMA, metadata }, nameOf, ROWS);
    expect(() => decodeAvroFile(bytes.subarray(0, -5), nameOf)).toThrow(
      'a block of it is cut short or damaged',
    );
    expect(() => decodeAvroFile(bytes.subarray(0, 100), nameOf)).toThrow('its header is cut short');
    expect(() => decodeAvroFile(Buffer.from('PAR1'), nameOf)).toThrow('expected an Avro file');
  });
});
