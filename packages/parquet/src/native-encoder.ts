import { COMPRESSIONS, DatagenError, reasonOf } from '@datagen/core';
import { type Schema, Table, tableToIPC } from 'apache-arrow';
import { buffersOf } from './column-buffers.ts';
import { lookUpNative, type NativeBinding, type NativeLookup, platformTriple } from './native-binding.ts';
import type { EncodeSettings, ParquetEncoder } from './parquet-encoder.ts';
import type { Chunk } from './row-chunks.ts';

/** Small enough to stay in a processor's cache, large enough that a call costs next to nothing a row. */
const GATHERED_ROWS = 32_768;
/** From here on copying a batch costs more than one call more. */
const PASSED_FROM = 8_192;

/** What to tell somebody whose files wasm encodes, because the native encoder is there and does not load. */
export function slowerThanNative({ failure }: NativeLookup = lookUpNative()): string | undefined {
  if (failure === undefined) return undefined;
  return `The encoder "native" does not load, so "wasm" takes its place, several times slower: ${failure}. ${remedy()}`;
}

/** The Rust `parquet` crate as an addon: several times as fast as WebAssembly, where a binary fits the machine. */
export function nativeEncoder(): ParquetEncoder {
  const { binding, failure } = lookUpNative();
  if (binding === undefined) {
    const problem =
      failure === undefined ? `has no binary for ${platformTriple()}` : `does not load: ${failure}`;
    throw new DatagenError('MISSING_DEPENDENCY', `The encoder "native" ${problem}. ${remedy()}`);
  }
  return {
    name: 'native',
    compressions: COMPRESSIONS,
    fieldIds: true,
    dictionary: true,
    levels: true,
    sortingColumns: true,
    chunks: { rows: GATHERED_ROWS, passedFrom: PASSED_FROM },
    encode: (schema, chunks, settings) => encode(binding, schema, chunks, settings),
  };
}

function remedy(): string {
  const addon = `@datagen/parquet-${platformTriple()}`;
  return `Run \`npm install ${addon}\` (\`npm run build:native\` in a checkout), or use the encoder "wasm".`;
}

async function* encode(
  { FileEncoder, release }: NativeBinding,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  const { compression, level, rowGroupRows, withoutDictionary, deltas, sortedBy, keyValue } = settings;
  const file = coded(
    () =>
      new FileEncoder(streamOf(schema), {
        compression,
        ...(level !== undefined && { level }),
        rowGroupRows,
        withoutDictionary,
        deltas,
        sortedBy,
        ...keyValue,
      }),
  );
  for await (const { rowCount, columns } of chunks) {
    const bytes = coded(() => file.write(rowCount, columns.map(buffersOf)));
    if (bytes.byteLength > 0) yield* lent(bytes);
  }
  yield* lent(coded(() => file.finish()));

  function* lent(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array> {
    try {
      yield bytes;
    } finally {
      release(bytes.buffer);
    }
  }
}

/** Schemas as Arrow IPC streams: the files of a table have one. */
const streams = new WeakMap<Schema, Uint8Array>();

function streamOf(schema: Schema): Uint8Array {
  const stream = streams.get(schema) ?? tableToIPC(new Table(schema));
  streams.set(schema, stream);
  return stream;
}

/** Calls the addon; its failures keep their code in the details. */
function coded<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new DatagenError('ENCODE_FAILED', `The native encoder failed: ${reasonOf(cause)}`, {
      cause,
      details: { code },
    });
  }
}
