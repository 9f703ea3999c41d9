import type { UnderlyingSource } from 'node:stream/web';
import { type Data, makeData, RecordBatch, RecordBatchStreamWriter, type Schema, Struct } from 'apache-arrow';
import { COMPRESSIONS, DatagenError, option, reasonOf, sentence } from '@datagen/core/writer';
import type * as ParquetWasm from 'parquet-wasm';
import { type Chunk, EVEN_CHUNKS } from '../chunks/chunk-cutter.ts';
import type { EncodeSettings, ParquetEncoder } from './encoder.ts';
import { MOST_ROW_GROUP_ROWS } from './limits.ts';

/** WebAssembly has 4 GiB of memory: it holds a row group, the chunk that comes, and a copy of it. */
const MOST_ROW_GROUP_BYTES = 2 ** 30;

/** The Rust `parquet` crate compiled to WebAssembly: no build, all features, the default. */
export const wasmEncoder: ParquetEncoder = {
  name: 'wasm',
  version: 1,
  compressions: COMPRESSIONS,
  fieldIds: true,
  levels: false,
  // parquet-wasm 0.8 has no setter for them.
  sortingColumns: false,
  countsNans: false,
  limits: {
    rowGroupRows: MOST_ROW_GROUP_ROWS,
    rowGroupBytes: MOST_ROW_GROUP_BYTES,
    // Places in a file are 32-bit numbers there.
    fileBytes: 2 ** 32 - 1,
  },
  chunks: EVEN_CHUNKS,
  encode,
};

async function* encode(
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  // Loading it takes 40-80 ms, which a command that writes nothing should not pay.
  const wasm = await import('parquet-wasm');
  const source = new BatchSource(wasm, schema, cutAtRowGroups(chunks, settings.rowGroupRows));
  const reader = (await openStream(wasm, source, settings)).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!source.isGivenUp) yield next.value;
    }
  } finally {
    // Run dry also when the file is given up, which frees the memory it holds inside wasm.
    source.isGivenUp = true;
    while (!(await reader.read()).done);
    await source.close();
  }
  source.throwFailure();
}

/**
 * Cuts chunks where row groups end: parquet-wasm would cut them by a call inside a call for each row group. Refuses row
 * groups with so much text that they would not fit its memory.
 */
async function* cutAtRowGroups(chunks: AsyncIterable<Chunk>, rowGroupRows: number): AsyncGenerator<Chunk> {
  let groupRows = 0;
  let groupBytes = 0;
  for await (const { rowCount, columns } of chunks) {
    if (rowCount === 0) yield { rowCount, columns };
    const bytesPerRow = columns.reduce((sum, column) => sum + byteLengthOf(column), 0) / rowCount;
    for (let from = 0; from < rowCount;) {
      const count = Math.min(rowCount - from, rowGroupRows - groupRows);
      groupRows += count;
      groupBytes += count * bytesPerRow;
      if (groupBytes > MOST_ROW_GROUP_BYTES) throw tooLarge(rowGroupRows);
      yield {
        rowCount: count,
        columns: count === rowCount ? columns : columns.map((c) => c.slice(from, count)),
      };
      from += count;
      if (groupRows < rowGroupRows) continue;
      groupRows = 0;
      groupBytes = 0;
    }
  }
}

function byteLengthOf({ values }: Data): number {
  return (values as Uint8Array).byteLength;
}

function tooLarge(rowGroupRows: number): DatagenError {
  return new DatagenError(
    'ENCODE_FAILED',
    sentence`A row group of ${rowGroupRows} rows takes more than 1 GiB, too much for the memory of the encoder "wasm". Choose a smaller ${option('rowGroupRows')}, or use ${option('encoder', 'native')}.`,
    { details: { option: 'rowGroupRows' } },
  );
}

/** Gives parquet-wasm a batch at a time, so that it holds one row group and never a whole file. */
class BatchSource implements UnderlyingSource {
  isGivenUp = false;
  readonly #wasm: typeof ParquetWasm;
  readonly #schema: Schema;
  readonly #chunks: AsyncIterator<Chunk>;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(wasm: typeof ParquetWasm, schema: Schema, chunks: AsyncIterable<Chunk>) {
    this.#wasm = wasm;
    this.#schema = schema;
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async pull(controller: ReadableStreamDefaultController): Promise<void> {
    try {
      const next = this.isGivenUp ? undefined : await this.#chunks.next();
      if (next === undefined || next.done === true) controller.close();
      else controller.enqueue(this.#copyIntoWasm(next.value));
    } catch (thrown) {
      // parquet-wasm takes an error of its source for the end and closes the file, so the error goes around it.
      this.#failure = { thrown };
      this.isGivenUp = true;
      controller.close();
    }
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** The stream that takes the batch frees it. */
  #copyIntoWasm({ rowCount, columns }: Chunk): ParquetWasm.RecordBatch | undefined {
    const type = new Struct(this.#schema.fields);
    const rows = makeData({ type, length: rowCount, nullCount: 0, children: [...columns] });
    const writer = new RecordBatchStreamWriter();
    writer.reset(undefined, this.#schema);
    writer.write(new RecordBatch(this.#schema, rows));
    writer.close();
    const table = this.#wasm.Table.fromIPCStream(writer.toUint8Array(true));
    try {
      return table.recordBatch(0);
    } finally {
      table.free();
    }
  }
}

async function openStream(
  wasm: typeof ParquetWasm,
  source: BatchSource,
  settings: EncodeSettings,
): Promise<ReadableStream<Uint8Array>> {
  try {
    const stream = new ReadableStream(source, new CountQueuingStrategy({ highWaterMark: 0 }));
    const bytes: unknown = await wasm.transformParquetStream(stream, writerProperties(wasm, settings));
    return bytes as ReadableStream<Uint8Array>;
  } catch (cause) {
    await source.close();
    // It waits for the first batch to learn the schema: without one, the reason is the source's own failure.
    source.throwFailure();
    throw new DatagenError('ENCODE_FAILED', `parquet-wasm cannot encode these columns: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function writerProperties(wasm: typeof ParquetWasm, settings: EncodeSettings): ParquetWasm.WriterProperties {
  const { SNAPPY, ZSTD, GZIP, UNCOMPRESSED } = wasm.Compression;
  const codec = { snappy: SNAPPY, zstd: ZSTD, gzip: GZIP, none: UNCOMPRESSED }[settings.compression];
  const { key, value } = settings.keyValue;
  let builder = new wasm.WriterPropertiesBuilder()
    .setCreatedBy('datagen (parquet-wasm)')
    .setCompression(codec)
    .setMaxRowGroupSize(settings.rowGroupRows)
    .setStatisticsEnabled(wasm.EnabledStatistics.Page)
    .setKeyValueMetadata(new Map([[key, value]]));
  for (const name of settings.withoutDictionary) builder = builder.setColumnDictionaryEnabled(name, false);
  for (const name of settings.deltas) {
    builder = builder
      .setColumnDictionaryEnabled(name, false)
      .setColumnEncoding(name, wasm.Encoding.DELTA_BINARY_PACKED);
  }
  return builder.build();
}
