import {
  type AddonLookup,
  columnKindOf,
  COMPRESSIONS,
  DatagenError,
  platformTriple,
  reasonOf,
} from '@datagen/core/writer';
import { type Schema, Table, tableToIPC } from 'apache-arrow';
import { buffersOf } from './column-buffers.ts';
import { lookUpNative, type NativeBinding, type NativeFileEncoder } from './native-binding.ts';
import type { Chunk } from '../../chunks/chunk-cutter.ts';
import type { EncodeSettings, ParquetEncoder } from '../encoder.ts';
import { MOST_ROW_GROUP_ROWS } from '../limits.ts';

/** Small enough to stay in a processor's cache, large enough that a call costs next to nothing a row. */
const GATHERED_ROWS = 32_768;
/** From here on copying a batch costs more than one call more. */
const PASSED_FROM = 8_192;

/** As much as Node.js writes to a file in one go. */
const PIECE_BYTES = 512 * 1024;
/** A run has no more files under way on a thread (`makeFiles` of @datagen/core). */
const MAX_SPARES = 4;

/** What to tell somebody whose files wasm encodes, because the native encoder is there and does not load. */
export function slowerThanNative(
  { failure }: AddonLookup<NativeBinding> = lookUpNative(),
): string | undefined {
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
  return new NativeEncoder(binding);
}

function remedy(): string {
  const addon = `@datagen/parquet-${platformTriple()}`;
  return `Run \`npm install ${addon}\` (\`npm run build:native\` in a checkout), or use the encoder "wasm".`;
}

class NativeEncoder implements ParquetEncoder {
  readonly name = 'native';
  readonly version = 2;
  readonly compressions = COMPRESSIONS;
  readonly fieldIds = true;
  readonly levels = true;
  readonly sortingColumns = true;
  readonly countsNans = true;
  readonly limits = { rowGroupRows: MOST_ROW_GROUP_ROWS };
  readonly chunks = { rows: GATHERED_ROWS, passedFrom: PASSED_FROM };
  readonly #binding: NativeBinding;
  /** Memory that pieces of files before lay in, for the next ones. */
  readonly #spares: Uint8Array<ArrayBuffer>[] = [];
  /** Schemas as Arrow IPC streams: the files of a table have one. */
  readonly #streams = new WeakMap<Schema, Uint8Array>();

  constructor(binding: NativeBinding) {
    this.#binding = binding;
  }

  async *encode(
    schema: Schema,
    chunks: AsyncIterable<Chunk>,
    settings: EncodeSettings,
    nanCounts?: Map<string, number>,
  ): AsyncGenerator<Uint8Array> {
    const file = this.#open(schema, settings);
    const target = this.#spares.pop() ?? new Uint8Array(PIECE_BYTES);
    try {
      for await (const { rowCount, columns } of chunks) {
        coded(() => {
          file.write(rowCount, columns.map(buffersOf));
        });
        yield* finishedPieces(file, target);
      }
      const counts = coded(() => file.finish());
      for (const [i, field] of schema.fields.entries())
        if (columnKindOf(field) === 'float64') nanCounts?.set(field.name, counts[i] as number);
      yield* finishedPieces(file, target);
    } finally {
      if (this.#spares.length < MAX_SPARES) this.#spares.push(target);
    }
  }

  #open(schema: Schema, settings: EncodeSettings): NativeFileEncoder {
    const { compression, level, rowGroupRows, withoutDictionary, deltas, classic, sortedBy } = settings;
    const stream = this.#streams.get(schema) ?? tableToIPC(new Table(schema));
    this.#streams.set(schema, stream);
    return coded(
      () =>
        new this.#binding.FileEncoder(stream, {
          compression,
          ...(level !== undefined && { level }),
          rowGroupRows,
          withoutDictionary,
          deltas,
          classic,
          sortedBy: sortedBy === undefined ? [] : [sortedBy],
          ...settings.keyValue,
        }),
    );
  }
}

/** What is finished of a file, in pieces that lie in `target` one after the other. */
export function* finishedPieces(
  file: NativeFileEncoder,
  target = new Uint8Array(PIECE_BYTES),
): Generator<Uint8Array> {
  for (let count = file.read(target); count > 0; count = file.read(target)) yield target.subarray(0, count);
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
