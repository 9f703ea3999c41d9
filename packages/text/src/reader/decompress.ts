import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { DatagenError, reasonOf } from '@datagen/core/writer';
import { codecOf } from '../rows/compress.ts';

type Decompress = (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>;

const gunzip: Decompress = promisify(zlib.gunzip);
/** Of Node.js from 22.15 on. */
const { zstdDecompress } = zlib as { readonly zstdDecompress?: typeof zlib.gunzip };

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
  // Zstd gives the whole blocks of a beginning in any case.
  const options = codec === 'gzip' && !isWhole ? { finishFlush: zlib.constants.Z_SYNC_FLUSH } : {};
  try {
    return Buffer.from(await decode(bytes, options));
  } catch (cause) {
    throw new DatagenError('TABLE_CONFLICT', `Cannot read ${path}: ${reasonOf(cause)}.`, {
      cause,
      details: { path },
    });
  }
}
