import { createRequire } from 'node:module';
import { type AddonLookup, DatagenError, lookUpAddon, platformTriple } from '@datagen/core/writer';

/** What the addon in `native/` exports; its `//!` states the protocol. */
export interface NativeLog {
  loadTable(location: string, options: StoreOptions): Promise<TableVersion | null>;
  liveFiles(location: string, options: StoreOptions, version: number): Promise<readonly LiveFile[]>;
  commit(location: string, options: StoreOptions, change: LogChange): Promise<number>;
  commitsAfter(location: string, options: StoreOptions, version: number): Promise<readonly string[]>;
  writeCheckpoint(location: string, options: StoreOptions, version: number): Promise<void>;
  panicForTest(): Promise<void>;
}

/** Credentials and settings of a table's store, by the names of Rust's `object_store`. */
export type StoreOptions = Readonly<Record<string, string>>;

/** A table as it is in one version of its log. */
export interface TableVersion {
  readonly version: number;
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  /** JSON, as the protocol's "Schema Serialization Format" has it. */
  readonly schema: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly createdTime?: number;
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
  /** Features that a writer must have and delta-rs has not. */
  readonly unsupportedFeatures: readonly string[];
  /** The newest version of each application id. */
  readonly transactions: Readonly<Record<string, number>>;
}

export interface LiveFile {
  /** As it is called in storage, relative to the table. */
  readonly path: string;
  readonly byteSize: number;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  /** JSON, as the protocol's "Per-file Statistics" has it. */
  readonly stats?: string;
}

export interface LogChange {
  /** Absent where the commit makes the table. */
  readonly base?: number;
  readonly metadata?: TableMetadata;
  readonly adds: readonly AddedFile[];
  readonly removes: readonly string[];
  readonly transactions: Readonly<Record<string, number>>;
  /** The `commitInfo` action as JSON. */
  readonly commitInfo: string;
}

export interface TableMetadata extends Pick<
  TableVersion,
  'name' | 'description' | 'schema' | 'partitionColumns' | 'configuration'
> {
  /** Absent for a new table. */
  readonly id?: string;
  readonly createdTime: number;
}

export interface AddedFile extends LiveFile {
  readonly modifiedMs: number;
}

let found: AddonLookup<NativeLog> | undefined;

/** The addon of this machine. Throws `MISSING_DEPENDENCY` where there is none, or none that loads. */
export function nativeLog(): NativeLog {
  const require = createRequire(import.meta.url);
  found ??= lookUpAddon(require, '../../native/datagen-delta.node', '@datagen/delta');
  return bindingOf(found);
}

/** The addon of a look-up, or the sentence that says what to do without it. */
export function bindingOf({ binding, failure }: AddonLookup<NativeLog>): NativeLog {
  if (binding !== undefined) return binding;
  const triple = platformTriple();
  const problem = failure === undefined ? `has no binary for ${triple}` : `does not load: ${failure}`;
  throw new DatagenError(
    'MISSING_DEPENDENCY',
    `The log of Delta tables is written by an addon, which ${problem}. Run \`npm install @datagen/delta-${triple}\` (\`npm run build:native\` in a checkout).`,
  );
}
