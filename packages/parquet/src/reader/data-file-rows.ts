import type { ReadValue, Storage, StoredFile } from '@datagen/core/writer';
import { BoundedCache, DatagenError, isDatagenError, reasonOf } from '@datagen/core/writer';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  type ParquetScan,
  parquetScan,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { PARSERS, readValueOf } from './read-values.ts';

/** Enough for the footer of a file of a few row groups. */
const FIRST_READ = 64 * 1024;

/** Dictionaries and indexes are asked for with every page: so many parts of files are kept, none larger than this. */
const KEPT_PARTS = 128;
const LARGEST_PART = 512 * 1024;

/** Parts of files that were read. */
export type ReadCache = BoundedCache<string, Promise<ArrayBuffer>>;

export function createReadCache(): ReadCache {
  return new BoundedCache(KEPT_PARTS);
}

/** The rows of one Parquet file: pages that hold what is asked for are read, and no others where the file has an index. */
export class DataFileRows {
  readonly metadata: FileMetaData;
  readonly #path: string;
  readonly #scan: ParquetScan;

  private constructor(path: string, metadata: FileMetaData, scan: ParquetScan) {
    this.#path = path;
    this.metadata = metadata;
    this.#scan = scan;
  }

  static open(
    storage: Storage,
    { path, byteSize }: Pick<StoredFile, 'path' | 'byteSize'>,
    cache: ReadCache,
  ): Promise<DataFileRows> {
    return explained(path, async () => {
      const file = bufferOf(storage, path, byteSize, cache);
      const metadata = await parquetMetadataAsync(file, { initialFetchSize: FIRST_READ, parsers: PARSERS });
      const scan = await parquetScan({ file, metadata, compressors, parsers: PARSERS });
      return new DataFileRows(path, metadata, scan);
    });
  }

  /** The values of a column in some rows, which ascend; all between the first and the last are read. */
  async values(column: string, rows: readonly number[]): Promise<(ReadValue | null)[]> {
    const [first = 0] = rows;
    const end = (rows.at(-1) ?? -1) + 1;
    const values: (ReadValue | null)[] = [];
    await explained(this.#path, async () => {
      let next = 0;
      for (const range of this.#scan.ranges) {
        const rowStart = Math.max(first, range.rowStart);
        const rowEnd = Math.min(end, range.rowEnd);
        if (rowStart >= rowEnd) continue;
        const found = (await this.#scan.readColumn({ column, rowStart, rowEnd })) as ArrayLike<unknown>;
        for (let row = rows[next]; row !== undefined && row < rowEnd; row = rows[++next])
          values.push(readValueOf(found[row - rowStart]));
      }
    });
    return values;
  }
}

async function explained<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (isDatagenError(cause)) throw cause;
    throw new DatagenError('ENCODE_FAILED', `Cannot read rows of ${path}: ${reasonOf(cause)}`, {
      cause,
      details: { path },
    });
  }
}

function bufferOf(storage: Storage, path: string, byteLength: number, cache: ReadCache): AsyncBuffer {
  const read = async (start: number, end: number) => {
    const bytes = await storage.read(path, start, end);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  };
  return {
    byteLength,
    slice: (start, end = byteLength) =>
      end - start > LARGEST_PART
        ? read(start, end)
        : cache.get(`${path} ${String(start)} ${String(end)}`, () => read(start, end)),
  };
}
