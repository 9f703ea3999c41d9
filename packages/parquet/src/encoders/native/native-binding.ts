import { createRequire } from 'node:module';
import { type AddonLookup, lookUpAddon } from '@datagen/core/writer';

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

let found: AddonLookup<NativeBinding> | undefined;

/** Looks, once, for the addon built in this checkout, then for the one of the platform's package. */
export function lookUpNative(): AddonLookup<NativeBinding> {
  const require = createRequire(import.meta.url);
  return (found ??= lookUpAddon(require, '../../../native/datagen-parquet.node', '@datagen/parquet'));
}

/** The addon, where one loads. */
export function loadNativeBinding(): NativeBinding | undefined {
  return lookUpNative().binding;
}
