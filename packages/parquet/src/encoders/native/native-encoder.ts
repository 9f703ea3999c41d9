import { COMPRESSIONS, DatagenError, reasonOf } from '@datagen/core/writer';
import { type Schema, Table, tableToIPC } from 'apache-arrow';
import { buffersOf } from './column-buffers.ts';
import {
  lookUpNative,
  type NativeBinding,
  type NativeFileEncoder,
  type NativeLookup,
  platformTriple,
} from './native-binding.ts';
import type { EncodeSettings, ParquetEncoder } from '../encoder.ts';
import type { Chunk } from '../../chunks/row-chunks.ts';

/** Small enough to stay in a processor's cache, large enough that a call costs next to nothing a row. */
const GATHERED_ROWS = 32_768;
/** From here on copying a batch costs more than one call more. */
const PASSED_FROM = 8_192;

/** As much as Node.js writes to a file in one go. */
const PIECE_BYTES = 512 * 1024;
/** A run has no more files under way on a thread. */
const MAX_SPARES = 2;
/** Of files before, for the next ones. */
const spares: Uint8Array<ArrayBuffer>[] = [];

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
    version: 1,
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
  { FileEncoder }: NativeBinding,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  const { compression, level, rowGroupRows, withoutDictionary, deltas, classic, sortedBy, keyValue } =
    settings;
  const file = coded(
    () =>
      new FileEncoder(streamOf(schema), {
        compression,
        ...(level !== undefined && { level }),
        rowGroupRows,
        withoutDictionary,
        deltas,
        classic,
        sortedBy,
        ...keyValue,
      }),
  );
  const target = spares.pop() ?? new Uint8Array(PIECE_BYTES);
  try {
    for await (const { rowCount, columns } of chunks) {
      coded(() => {
        file.write(rowCount, columns.map(buffersOf));
      });
      yield* finishedPieces(file, target);
    }
    coded(() => {
      file.finish();
    });
    yield* finishedPieces(file, target);
  } finally {
    if (spares.length < MAX_SPARES) spares.push(target);
  }
}

/** What is finished of a file, in pieces that lie in `target` one after the other. */
export function* finishedPieces(
  file: NativeFileEncoder,
  target = new Uint8Array(PIECE_BYTES),
): Generator<Uint8Array> {
  for (let count = file.read(target); count > 0; count = file.read(target)) yield target.subarray(0, count);
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
