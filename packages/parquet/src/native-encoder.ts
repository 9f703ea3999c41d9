import { COMPRESSIONS, DatagenError, reasonOf } from '@datagen/core';
import { type RecordBatch, type Schema, Table, tableToIPC } from 'apache-arrow';
import { IpcStream } from './ipc-stream.ts';
import { lookUpNative, type NativeBinding, type NativeLookup, platformTriple } from './native-binding.ts';
import type { EncodeSettings, ParquetEncoder } from './parquet-encoder.ts';

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
    readsDictionaries: true,
    encode: (schema, batches, settings) => encode(binding, schema, batches, settings),
  };
}

function remedy(): string {
  const addon = `@datagen/parquet-${platformTriple()}`;
  return `Run \`npm install ${addon}\` (\`npm run build:native\` in a checkout), or use the encoder "wasm".`;
}

/** One for all files of a thread: a stream is read before the next is written. */
const stream = new IpcStream();

async function* encode(
  { FileEncoder, release }: NativeBinding,
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  const { compression, level, rowGroupRows, withoutDictionary, deltas, sortedBy, keyValue } = settings;
  const file = coded(
    () =>
      new FileEncoder(tableToIPC(new Table(schema)), {
        compression,
        ...(level !== undefined && { level }),
        rowGroupRows,
        withoutDictionary,
        deltas,
        sortedBy,
        ...keyValue,
      }),
  );
  for await (const batch of batches) {
    const bytes = coded(() => file.write(stream.of(batch)));
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
