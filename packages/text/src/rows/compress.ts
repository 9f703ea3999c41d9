import { Readable, pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { type Compression, DatagenError, option, sentence } from '@datagen/core/writer';

/** The codecs of text, and what they add to a file's name. */
export const CODECS = { none: '', gzip: '.gz', zstd: '.zst' } as const;
export type Codec = keyof typeof CODECS;

/**
 * What every file that holds rows ends with: a line's end, or an empty part after the compressed text (a member of
 * RFC 1952, a frame of RFC 8878), which adds nothing for readers. A compressed file that was cut short has lost it; a
 * plain one may have been cut at the end of a line.
 */
export const ENDS: Readonly<Record<Codec, Uint8Array>> = {
  none: Buffer.from('\n'),
  gzip: Buffer.from('1f8b08000000000000ff03000000000000000000', 'hex'),
  zstd: Buffer.from('28b52ffd2000010000', 'hex'),
};

/** Of Node.js from 22.15 on. */
const { createZstdCompress } = zlib as { readonly createZstdCompress?: () => zlib.Gzip };

/** The codec of text files: `snappy`, the default of a run, is no format of files, and means none. */
export function codecFor(compression: Compression): Codec {
  if (compression === 'zstd' && createZstdCompress === undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      sentence`Text is compressed with zstd by Node.js 22.15 and newer, and this is ${process.versions.node}. Use ${option('compression', 'gzip')} or a newer Node.js.`,
      { details: { option: 'compression', compression } },
    );
  }
  return compression === 'snappy' ? 'none' : compression;
}

/** How a file is compressed, by its name. */
export function codecOf(path: string): Codec {
  if (path.toLowerCase().endsWith(CODECS.gzip)) return 'gzip';
  return path.toLowerCase().endsWith(CODECS.zstd) ? 'zstd' : 'none';
}

/** The same bytes compressed, on a thread of Node.js's pool; a failure of `pieces` is thrown to whoever reads. */
export async function* compress(pieces: AsyncIterable<Uint8Array>, codec: Codec): AsyncGenerator<Uint8Array> {
  if (codec === 'none') {
    yield* pieces;
    return;
  }
  const stream = codec === 'zstd' && createZstdCompress ? createZstdCompress() : zlib.createGzip();
  // The reader of the stream is told; here is nothing to do.
  pipeline(Readable.from(copies(pieces)), stream, () => undefined);
  yield* stream as AsyncIterable<Uint8Array>;
  yield ENDS[codec];
}

/** A piece's memory is used again while the codec still reads it. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) if (piece.length > 0) yield piece.slice();
}
