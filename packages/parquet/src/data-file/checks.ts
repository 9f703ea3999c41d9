import { DatagenError, type FileLimit, option, sentence } from '@datagen/core/writer';
import type { Chunk } from '../chunks/chunk-cutter.ts';
import type { RowCounts } from '../chunks/count-rows.ts';
import type { EncoderLimits } from '../encoders/limits.ts';
import type { Footer } from './footer/footer.ts';

/** Refuses a file whose footer tells of other rows than went into it: readers would see those of the footer alone. */
export function checkRowCount(footer: Footer, { rowCount }: RowCounts, table: string, path: string): void {
  if (footer.rowCount === rowCount) return;
  throw new DatagenError(
    'ENCODE_FAILED',
    sentence`The encoder was given ${rowCount} rows of \`${table}\` and put ${footer.rowCount} into ${path}, which was not kept. Choose another ${option('encoder')} or a smaller ${option('fileRowsTarget')}.`,
    { details: { table, path } },
  );
}

/** Lets chunks pass while their rows fit one file: plans may have estimates in them. */
export async function* limitRows(
  table: string,
  chunks: AsyncIterable<Chunk>,
  limit: FileLimit,
): AsyncGenerator<Chunk> {
  let rowCount = 0;
  for await (const chunk of chunks) {
    rowCount += chunk.rowCount;
    if (rowCount > limit.rowCount)
      throw new DatagenError(
        'ENCODE_FAILED',
        sentence`A file of \`${table}\` has more than ${limit.rowCount} rows, more than was estimated and more than it can hold. Choose a smaller ${option('fileRowsTarget')}.`,
        { details: { table, option: 'fileRowsTarget' } },
      );
    yield chunk;
  }
}

/** Lets the bytes of a file pass while the encoder can count them. */
export async function* limitBytes(
  table: string,
  pieces: AsyncIterable<Uint8Array>,
  { fileBytes = Infinity }: Pick<EncoderLimits, 'fileBytes'>,
): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const piece of pieces) {
    byteCount += piece.byteLength;
    if (byteCount > fileBytes)
      throw new DatagenError(
        'ENCODE_FAILED',
        sentence`A file of \`${table}\` takes more than ${fileBytes} bytes, which its encoder cannot count. Choose a smaller ${option('fileRowsTarget')}, or use ${option('encoder', 'native')}.`,
        { details: { table, option: 'fileRowsTarget' } },
      );
    yield piece;
  }
}
