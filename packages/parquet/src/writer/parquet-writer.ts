import {
  type CommitReceipt,
  Coverage,
  DatagenError,
  definePlugin,
  type OpenTable,
  type OpenTableOptions,
  openStorage,
  parseOptions,
  type Storage,
  type TableCommit,
  type TableDefinition,
  type TableWriter,
  TIME_UNITS,
} from '@datagen/core/writer';
import { z } from 'zod';
import { dataFileWriter } from '../data-file/write.ts';
import { slowerThanNative } from '../encoders/native/native-encoder.ts';
import { ENCODER_CHOICES, resolveEncoder } from '../encoders/load.ts';
import { refuseConflicts } from './table-conflicts.ts';
import { readTableFolder } from './table-folder.ts';

export const ParquetWriterConfig = z.strictObject({
  encoder: z
    .enum(ENCODER_CHOICES)
    .default('auto')
    .describe(
      'What encodes the files: `native` (fastest), `wasm`, or `javascript` where neither may run (slower; no zstd, dictionary or field ids); `auto` is native where its binary is installed, else wasm',
    ),
  compressionLevel: z
    .int()
    .optional()
    .describe('How hard zstd (1 to 22) or gzip (0 to 10) tries; needs the native encoder'),
  rowGroupRows: z
    .int()
    .min(1024)
    .default(262_144)
    .describe(
      'Rows per row group at most: what a reader can take in parallel, and what an encoder holds in memory',
    ),
});
export type ParquetWriterConfig = z.infer<typeof ParquetWriterConfig>;

/**
 * Tables as folders of Parquet files, `<output>/<table>/<partitions as hive folders>/<file>`. A file is visible to
 * readers as soon as it is whole; its name says which blocks of which dataset it holds, so the listing is the table.
 */
export class ParquetWriter implements TableWriter {
  readonly outputUri: string;
  readonly #storage: Storage;
  readonly #config: ParquetWriterConfig;
  /** What lay in a table when it was opened, to be removed by an overwrite. */
  readonly #olderPaths = new WeakMap<OpenTable, readonly string[]>();

  constructor(storage: Storage, config: ParquetWriterConfig) {
    this.outputUri = storage.uri;
    this.#storage = storage;
    this.#config = config;
  }

  async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const { spec, mode, dataset, compression } = options;
    const storage = this.#storage;
    const encoder = resolveEncoder(this.#config.encoder);
    const { compressionLevel } = this.#config;
    const omittedColumns = omittedColumnsOf(table, spec.componentsFor(table));
    const fileWriter = await dataFileWriter({
      table,
      storage,
      folder: table.name,
      dataset,
      compression,
      omittedColumns,
      rowGroupRows: this.#config.rowGroupRows,
      ...(compressionLevel !== undefined && { level: compressionLevel }),
      encoder,
    });
    await storage.removeAbandoned(table.name);
    const found = await readTableFolder(storage, table.name);
    await refuseConflicts(storage, found, table, options);
    const ranges = mode === 'overwrite' ? [] : found.ours.map(({ range }) => range);
    const warning = this.#config.encoder === 'auto' ? slowerThanNative() : undefined;
    const opened: OpenTable = {
      table,
      coverage: new Coverage(ranges),
      fileWriter,
      encoder,
      ...(warning !== undefined && { warning }),
    };
    this.#olderPaths.set(opened, [...found.ours.map(({ path }) => path), ...found.foreign]);
    return opened;
  }

  /** Files are part of their table already; an overwrite removes those that were there before and were not replaced. */
  async commit(commits: readonly TableCommit[]): Promise<readonly CommitReceipt[]> {
    for (const { opened, mode, files } of commits) {
      if (mode !== 'overwrite') continue;
      const kept = new Set(files.map(({ path }) => path));
      for (const path of this.#olderPaths.get(opened) ?? [])
        if (!kept.has(path)) await this.#storage.remove(path);
    }
    return commits.map(({ opened, files }) => ({
      table: opened.table.name,
      fileCount: files.length,
      rowCount: files.reduce((sum, { rowCount }) => sum + rowCount, 0),
    }));
  }
}

/** The columns that folders hold in place of the files. */
function omittedColumnsOf(table: TableDefinition, components: readonly string[]): readonly string[] {
  const names = table.schema.names.map(String);
  const hidden = components.find((name) => names.includes(name) && TIME_UNITS.some((unit) => unit === name));
  if (hidden !== undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Cannot partition \`${table.name}\` by \`${hidden}\`: readers would take its folders for the column of that name.`,
      { details: { table: table.name, column: hidden } },
    );
  }
  return components.filter((name) => names.includes(name));
}

/** Writes Parquet files below a local folder, another URI `openStorage` knows, or a storage of yours. */
export function parquet(
  output: string | Storage,
  options: z.input<typeof ParquetWriterConfig> = {},
): ParquetWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  return new ParquetWriter(storage, parseOptions(ParquetWriterConfig, options, 'writer "parquet"'));
}

export const parquetPlugin = definePlugin({
  kind: 'writer',
  name: 'parquet',
  description: 'Folders of Parquet files, partitioned as Hive does',
  options: ParquetWriterConfig,
  module: import.meta.url,
  export: 'parquetPlugin',
  create: (outputUri, options) => new ParquetWriter(openStorage(outputUri), options),
});
