import type { Schema } from 'apache-arrow';
import type { Compression } from '@datagen/core/writer';
import type { Chunk, ChunkShape } from '../chunks/chunk-cutter.ts';
import type { EncoderLimits } from './limits.ts';

export interface EncodeSettings {
  readonly compression: Compression;
  /** Of zstd (1 to 22) and gzip (0 to 10); absent for the codec's own default. */
  readonly level?: number;
  /** The most rows of a row group: what a reader can take in parallel, and what an encoder holds in memory. */
  readonly rowGroupRows: number;
  /** Whether values are written plain or from dictionaries alone, for readers that know no other encodings. */
  readonly classic: boolean;
  /** Columns whose values hardly repeat: their dictionary would cost time and space. */
  readonly withoutDictionary: readonly string[];
  /**
   * Columns of 64-bit integers and instants, written as differences (DELTA_BINARY_PACKED): smaller than a dictionary
   * and several times as fast to encode. An encoder may leave them plain.
   */
  readonly deltas: readonly string[];
  /**
   * The column that all rows are sorted by, rising and without nulls; none where no order is known. Row groups say so
   * where the encoder has `sortingColumns`.
   */
  readonly sortedBy?: string;
  /** The one entry of the file's key-value metadata; with several, parquet-wasm writes them in random order. */
  readonly keyValue: { readonly key: string; readonly value: string };
}

/** Turns chunks of rows into the bytes of one Parquet file. All encoders write the same rows. */
export interface ParquetEncoder {
  readonly name: string;
  /** Moves when the bytes of its files do; part of the names of a table format's files. */
  readonly version: number;
  readonly compressions: readonly Compression[];
  /** Whether columns keep the ids of their `PARQUET:field_id` metadata, which Iceberg and DuckLake need. */
  readonly fieldIds: boolean;
  /** Whether `level` is heeded. */
  readonly levels: boolean;
  /** Whether row groups name the column of `sortedBy` as their `sorting_columns`. */
  readonly sortingColumns: boolean;
  /** Whether `encode` counts NaNs; for other encoders the chunk stage does. */
  readonly countsNans: boolean;
  readonly limits: EncoderLimits;
  readonly chunks: ChunkShape;
  /**
   * The file in pieces, ready to be stored as they come, each valid until the next is asked for; equal input gives
   * equal bytes in any process.
   * Chunks are cut as `chunks` says; the buffers of one are used again once the next one is asked for. There is always
   * one chunk, which may be empty. Where the encoder `countsNans`, `nanCounts` holds those of every float64 column by
   * name once the last piece has come.
   */
  encode(
    schema: Schema,
    chunks: AsyncIterable<Chunk>,
    settings: EncodeSettings,
    nanCounts?: Map<string, number>,
  ): AsyncIterable<Uint8Array>;
}
