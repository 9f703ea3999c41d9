import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { DatagenError, reasonOf } from '@datagen/core/writer';
import { codecOf } from '../rows/compress.ts';

type Decompress = (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>;

const gunzip: Decompress = promisify(zlib.gunzip);
/** Of Node.js from 22.15 on. */
const { zstdDecompress } = zlib as { readonly zstdDecompress?: typeof zlib.gunzip };

/** What makes a decoder give the blocks that are whole, where its input ends before its text does. */
const FLUSH = {
  gzip: zlib.constants.Z_SYNC_FLUSH,
  // Node.js has it from 22.15 on: `ZSTD_e_flush` of `zlib.constants`.
  zstd: 1,
} as const;

/** The text of a file, or of its beginning as far as the bytes tell it. */
export async function decompress(path: string, bytes: Uint8Array, isWhole: boolean): Promise<Buffer> {
  const codec = codecOf(path);
  if (codec === 'none') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (codec === 'zstd' && zstdDecompress === undefined) {
    throw new DatagenError(
      'TABLE_CONFLICT',
      `Cannot read ${path}: zstd is read by Node.js 22.15 and newer, and this is ${process.versions.node}. Use a newer Node.js.`,
      { details: { path } },
    );
  }
  const decode = codec === 'zstd' && zstdDecompress ? (promisify(zstdDecompress) as Decompress) : gunzip;
  const options = isWhole ? {} : { finishFlush: FLUSH[codec] };
  try {
    return Buffer.from(await decode(bytes, options));
  } catch (cause) {
    throw new DatagenError('TABLE_CONFLICT', `Cannot read ${path}: ${reasonOf(cause)}.`, {
      cause,
      details: { path },
    });
  }
}
