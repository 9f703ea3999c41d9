import { type RecordBatch, RecordBatchStreamWriter, type Schema } from 'apache-arrow';
import { type Compression, COMPRESSIONS, DatagenError, reasonOf } from '@datagen/core';
import type { EncodeSettings, ParquetEncoder } from './parquet-encoder.ts';

type ParquetWasm = typeof import('parquet-wasm');

/** The Rust `parquet` crate compiled to WebAssembly: no build, all features, the default. */
export const wasmEncoder: ParquetEncoder = {
  name: 'wasm',
  compressions: COMPRESSIONS,
  fieldIds: true,
  dictionary: true,
  encode,
};

async function* encode(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  // Loading it takes 40-80 ms, which a command that writes nothing should not pay.
  const wasm = await import('parquet-wasm');
  const iterator = batches[Symbol.asyncIterator]();
  let failure: unknown;
  let hasEnded = false;
  const source = new ReadableStream(
    {
      async pull(controller) {
        try {
          const next = hasEnded ? undefined : await iterator.next();
          if (next === undefined || next.done === true) controller.close();
          else controller.enqueue(wasmBatch(wasm, schema, next.value));
        } catch (thrown) {
          // parquet-wasm takes an error of its source for the end and closes the file, so the error goes around it.
          failure = thrown;
          hasEnded = true;
          controller.close();
        }
      },
    },
    new CountQueuingStrategy({ highWaterMark: 0 }),
  );
  const reader = (await openStream(wasm, source, settings, () => failure)).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!hasEnded) yield next.value;
    }
  } finally {
    // Run dry also when the file is given up, which frees the memory it holds inside wasm.
    hasEnded = true;
    while (!(await reader.read()).done);
    await iterator.return?.();
  }
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- as the source threw it
  if (failure !== undefined) throw failure;
}

async function openStream(
  wasm: ParquetWasm,
  source: ReadableStream,
  settings: EncodeSettings,
  failureOf: () => unknown,
): Promise<ReadableStream<Uint8Array>> {
  try {
    return (await wasm.transformParquetStream(
      source,
      writerProperties(wasm, settings),
    )) as ReadableStream<Uint8Array>;
  } catch (thrown) {
    // The first batch gives it the schema: without one, the reason is the source's own failure.
    const cause = failureOf() ?? thrown;
    if (cause instanceof DatagenError) throw cause;
    throw new DatagenError('ENCODE_FAILED', `parquet-wasm cannot encode these columns: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

/** Copies a batch into wasm memory; the stream that takes it frees it. */
function wasmBatch(wasm: ParquetWasm, schema: Schema, batch: RecordBatch) {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  writer.write(batch);
  writer.close();
  const table = wasm.Table.fromIPCStream(writer.toUint8Array(true));
  try {
    return table.recordBatch(0);
  } finally {
    table.free();
  }
}

function writerProperties(wasm: ParquetWasm, settings: EncodeSettings) {
  const codecs: Record<Compression, number> = {
    snappy: wasm.Compression.SNAPPY,
    zstd: wasm.Compression.ZSTD,
    gzip: wasm.Compression.GZIP,
    none: wasm.Compression.UNCOMPRESSED,
  };
  const { compression, rowGroupRows, keyValue, withoutDictionary } = settings;
  let builder = new wasm.WriterPropertiesBuilder()
    .setCreatedBy('datagen (parquet-wasm)')
    .setCompression(codecs[compression])
    .setMaxRowGroupSize(rowGroupRows)
    .setStatisticsEnabled(wasm.EnabledStatistics.Page)
    .setKeyValueMetadata(new Map([[keyValue.key, keyValue.value]]));
  for (const name of withoutDictionary) builder = builder.setColumnDictionaryEnabled(name, false);
  return builder.build();
}
