import type { DataFile, PlannedFile, StoredFile } from '@datagen/core/writer';
import type { Footer } from './footer.ts';

/** A data file with what its footer says. */
export type ParquetDataFile = DataFile & Required<Pick<DataFile, 'footerSize' | 'splitOffsets' | 'columns'>>;

/** What is known of a data file beside its plan. */
export interface FoundDataFile {
  readonly path: string;
  readonly byteSize: StoredFile['byteSize'];
  readonly footer: Footer;
  /** The table's, if it is a column of the file. */
  readonly timeColumn?: string;
  /** NaNs of every float64 column; footers do not say them. */
  readonly nanCounts?: ReadonlyMap<string, number>;
}

const DAY_MICROS = 86_400_000_000n;

export function describeDataFile(
  {
    table,
    partition,
    firstBlock,
    lastBlock,
  }: Pick<PlannedFile, 'table' | 'partition' | 'firstBlock' | 'lastBlock'>,
  { path, byteSize, footer, timeColumn, nanCounts }: FoundDataFile,
): ParquetDataFile {
  const { rowCount, footerSize, splitOffsets } = footer;
  const columns: Record<string, ParquetDataFile['columns'][string]> = { ...footer.columns };
  for (const [name, nanCount] of nanCounts ?? []) {
    const found = columns[name];
    if (found !== undefined) columns[name] = { ...found, nanCount };
  }
  const time = timeColumn === undefined ? undefined : timeOf(footer.columns[timeColumn]);
  return {
    table,
    path,
    byteSize,
    rowCount,
    partition,
    firstBlock,
    lastBlock,
    ...(time && { time }),
    footerSize,
    splitOffsets,
    columns,
  };
}

/** The first and the last instant of a file; bounds of instants and days are exact, and a day has all its instants. */
function timeOf({ min, max }: Partial<ParquetDataFile['columns'][string]> = {}): DataFile['time'] {
  if (typeof min === 'bigint' && typeof max === 'bigint') return { minMicros: min, maxMicros: max };
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  return { minMicros: BigInt(min) * DAY_MICROS, maxMicros: BigInt(max + 1) * DAY_MICROS - 1n };
}
