import { createRequire } from 'node:module';
import { reasonOf } from '@datagen/core/writer';

/** What the addon in `native/` exports; its `//!` states the protocol. */
export interface NativeBinding {
  readonly FileEncoder: new (schema: Uint8Array, settings: NativeSettings) => NativeFileEncoder;
  readonly panicForTest: () => void;
}

export interface NativeFileEncoder {
  write(rowCount: number, columns: readonly NativeColumn[]): void;
  /** Ends the file; returns how many values of each column are NaN. */
  finish(): readonly number[];
  /** Moves bytes of the file that are finished into `target`; returns their number, 0 once there are none left. */
  read(target: Uint8Array): number;
}

/** The buffers of a column in Arrow's columnar format, which are read where they lie, for the time of a call. */
export interface NativeColumn {
  /** Bitmap of the rows that are not null; absent where none is. */
  readonly validity?: Uint8Array;
  /** Of plain text: 32-bit positions in `values`. */
  readonly offsets?: Uint8Array;
  /** Of text from a dictionary, 32-bit positions in `dictionary`. */
  readonly values: Uint8Array;
  readonly dictionary?: { readonly offsets: Uint8Array; readonly values: Uint8Array };
}

export interface NativeSettings {
  readonly compression: string;
  readonly level?: number;
  readonly rowGroupRows: number;
  readonly withoutDictionary: readonly string[];
  readonly deltas: readonly string[];
  readonly classic: boolean;
  readonly sortedBy: readonly string[];
  readonly key: string;
  readonly value: string;
}

/** Operating system, processor and C library, as napi-rs names them: `linux-x64-gnu`. */
export function platformTriple(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  if (platform !== 'linux') return `${platform}-${arch}`;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return `linux-${arch}-${header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}`;
}

/** What became of the addon; neither where there is no binary for this machine. */
export interface NativeLookup {
  readonly binding?: NativeBinding;
  /** Why a binary that is there does not load: made for another C library, cut short, … */
  readonly failure?: string;
}

let found: NativeLookup | undefined;

/** Looks, once, for the addon built in this checkout, then for the one of the platform's package. */
export function lookUpNative(): NativeLookup {
  return (found ??= firstThatLoads(places()));
}

function* places(): Generator<string> {
  yield '../../../native/datagen-parquet.node';
  // Asking for the platform takes a while.
  yield `@datagen/parquet-${platformTriple()}`;
}

/** The addon, where one loads. */
export function loadNativeBinding(): NativeBinding | undefined {
  return lookUpNative().binding;
}

/** The first of some addons that loads, else why the first one that is there does not. */
export function firstThatLoads(names: Iterable<string>): NativeLookup {
  const require = createRequire(import.meta.url);
  let failure: string | undefined;
  for (const name of names) {
    try {
      return { binding: require(name) as NativeBinding };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') failure ??= reasonOf(error);
    }
  }
  return failure === undefined ? {} : { failure };
}
