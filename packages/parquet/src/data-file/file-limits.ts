import { DatagenError, option, type PlannedFile, sentence } from '@datagen/core/writer';
import type { ParquetEncoder } from '../encoders/encoder.ts';

/** Ordinals of row groups have 16 bits (parquet.thrift, RowGroup.ordinal). */
const MAX_ROW_GROUPS = 32_767;

/** The most rows of a file whose row groups have so many. */
function maxFileRows(rowGroupRows: number): number {
  return MAX_ROW_GROUPS * rowGroupRows;
}

/** Refuses a file of more row groups than Parquet can number, before a row of it is made. */
export function refuseLongFile({ table, rowCount }: PlannedFile, rowGroupRows: number): void {
  const most = maxFileRows(rowGroupRows);
  if (rowCount <= most) return;
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`A file of \`${table}\` would have ${rowCount} rows, and with ${option('rowGroupRows')} ${rowGroupRows} a file holds at most ${most}. Raise ${option('rowGroupRows')}, or lower ${option('fileRowsTarget')}.`,
    { details: { table, option: 'rowGroupRows' } },
  );
}

/** Ends a file that grows larger than its encoder can write: what comes after would be unreadable. */
export async function* refuseLargeFile(
  { table }: PlannedFile,
  { name, maxFileBytes = Infinity }: Pick<ParquetEncoder, 'name' | 'maxFileBytes'>,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const piece of pieces) {
    byteCount += piece.byteLength;
    if (byteCount > maxFileBytes) {
      throw new DatagenError(
        'ENCODE_FAILED',
        sentence`A file of \`${table}\` grows beyond ${maxFileBytes} bytes, the most that the encoder "${name}" can write. Lower ${option('fileRowsTarget')}, or use the encoder "native".`,
        { details: { table, option: 'fileRowsTarget' } },
      );
    }
    yield piece;
  }
}
