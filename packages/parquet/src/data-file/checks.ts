import { DatagenError, type FileLimit } from '@datagen/core/writer';
import type { Chunk } from '../chunks/chunk-cutter.ts';
import type { RowCounts } from '../chunks/count-rows.ts';
import type { EncoderLimits } from '../encoders/limits.ts';
import type { Footer } from './footer.ts';

/** Refuses a file whose footer tells of other rows than went into it: readers would see those of the footer alone. */
export function checkRowCount(footer: Footer, { rowCount }: RowCounts, table: string, path: string): void {
  if (footer.rowCount === rowCount) return;
  throw new DatagenError(
    'ENCODE_FAILED',
    `The encoder was given ${String(rowCount)} rows of \`${table}\` and put ${String(footer.rowCount)} into ${path}, which was not kept. Choose another encoder or smaller files (\`fileRowsTarget\`).`,
    { details: { table, path } },
  );
}

/** Lets chunks pass while their rows fit one file: plans may have estimates in them. */
export async function* limitRows(chunks: AsyncIterable<Chunk>, limit: FileLimit): AsyncGenerator<Chunk> {
  let rowCount = 0;
  for await (const chunk of chunks) {
    rowCount += chunk.rowCount;
    if (rowCount > limit.rowCount)
      throw new DatagenError(
        'ENCODE_FAILED',
        `A file has more than ${String(limit.rowCount)} rows, more than was estimated and more than it can hold. Choose a smaller \`fileRowsTarget\`.`,
        { details: { option: 'fileRowsTarget' } },
      );
    yield chunk;
  }
}

/** Lets the bytes of a file pass while the encoder can count them. */
export async function* limitBytes(
  pieces: AsyncIterable<Uint8Array>,
  { fileBytes = Infinity }: EncoderLimits,
): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const piece of pieces) {
    byteCount += piece.byteLength;
    if (byteCount > fileBytes)
      throw new DatagenError(
        'ENCODE_FAILED',
        `A file takes more than ${String(fileBytes)} bytes, which its encoder cannot count. Choose a smaller \`fileRowsTarget\`, or use the encoder "native".`,
        { details: { option: 'fileRowsTarget' } },
      );
    yield piece;
  }
}
