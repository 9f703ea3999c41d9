import {
  type BlockRange,
  type CommitOutcome,
  DatagenError,
  type DatasetIdentity,
  definePlugin,
  FileCoverage,
  importRef,
  type OpenTable,
  type OpenTableOptions,
  openStorage,
  parseOptions,
  type RemovedFiles,
  type Storage,
  type StoredFile,
  type TableCommit,
  type TableDefinition,
  type TableWriter,
  TIME_UNITS,
  type WriteDataFile,
} from '@datagen/core/writer';
import type { z } from 'zod';
import { DataFileConfig } from '../data-file/config.ts';
import { dataFileWriter } from '../data-file/write.ts';
import { resolveEncoder } from '../encoders/load.ts';
import { slowerThanNative } from '../encoders/native/native-encoder.ts';
import { Claim } from './claim.ts';
import { emptyFile, isEmptyFile, noBatches } from './empty-table.ts';
import { datasetsIn, refuseConflicts, refuseOverlaps } from './table-conflicts.ts';
import { type FoundFile, readTableFolder, type TableFolder } from './table-folder.ts';
import { isInWindow } from './window.ts';

/**
 * Tables as folders of Parquet files, `<output>/<table>/<partitions as hive folders>/<file>`. A file is visible to
 * readers as soon as it is whole; its name says which blocks of which dataset it holds, so the listing is the table.
 */
export class ParquetWriter implements TableWriter {
  readonly outputUri: string;
  readonly #storage: Storage;
  readonly #config: DataFileConfig;
  /** What an overwrite is to remove. */
  readonly #older = new WeakMap<OpenTable, readonly StoredFile[]>();

  constructor(storage: Storage, config: DataFileConfig) {
    this.outputUri = storage.uri;
    this.#storage = storage;
    this.#config = config;
  }

  async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const { spec, dataset, compression, runId } = options;
    const storage = this.#storage;
    const encoder = resolveEncoder(this.#config.encoder);
    const { encodings, compressionLevel, rowGroupRows } = this.#config;
    const files = await dataFileWriter({
      table,
      storage,
      folder: table.name,
      dataset,
      compression,
      omittedColumns: omittedColumnsOf(table, spec.componentsFor(table)),
      encodings,
      rowGroupRows,
      // Nothing but names is committed.
      statistics: false,
      ...(compressionLevel !== undefined && { level: compressionLevel }),
      encoder,
    });
    const claim = runId === undefined ? undefined : await Claim.take(storage, table.name, runId);
    try {
      if (claim !== undefined) await storage.removeAbandoned();
      const found = await readTableFolder(storage, table.name);
      await refuseConflicts(storage, found, table, options);
      const { kept, older } = this.#split(found, table, options);
      const warning = this.#config.encoder === 'auto' ? slowerThanNative() : undefined;
      const opened: OpenTable = {
        table,
        coverage: new FileCoverage(kept),
        ...files,
        encoder,
        ...(warning !== undefined && { warnings: [warning] }),
        ...(claim && { release: () => claim.release() }),
      };
      this.#older.set(opened, older);
      return opened;
    } catch (thrown) {
      await claim?.release();
      throw thrown;
    }
  }

  async datasetsOf(table: TableDefinition): Promise<readonly DatasetIdentity[]> {
    return datasetsIn(this.#storage, await readTableFolder(this.#storage, table.name));
  }

  /** Files are part of their table already; an overwrite removes those that were there before and were not replaced. */
  async commit(commits: readonly TableCommit[]): Promise<readonly CommitOutcome[]> {
    const outcomes: CommitOutcome[] = [];
    for (const commit of commits) {
      const { opened, files } = commit;
      const { name } = opened.table;
      const removed = await this.#removeOlder(commit);
      const found = await readTableFolder(this.#storage, name);
      refuseOverlaps(`${this.#storage.uri}/${name}`, found);
      await this.#keepVisible(commit, found);
      outcomes.push({
        receipt: {
          table: name,
          fileCount: files.length,
          rowCount: files.reduce((sum, { rowCount }) => sum + rowCount, 0),
          byteSize: files.reduce((sum, { byteSize }) => sum + byteSize, 0),
          ...(removed && { removed }),
        },
      });
    }
    return outcomes;
  }

  /** What of a table stays as it is, and what an overwrite replaces. */
  #split(
    found: TableFolder,
    table: TableDefinition,
    { mode, spec }: OpenTableOptions,
  ): { readonly kept: readonly BlockRange[]; readonly older: readonly StoredFile[] } {
    if (mode === 'overwrite') return { kept: [], older: [...found.ours, ...found.foreign] };
    const isReplaced = (file: FoundFile) =>
      mode === 'overwrite-window' &&
      table.timeColumn !== undefined &&
      isInWindow(file, spec.window, this.#storage.uri);
    const older = new Set(found.ours.filter(isReplaced));
    return {
      kept: found.ours.filter((file) => !older.has(file)).map(({ range }) => range),
      older: [...older],
    };
  }

  async #removeOlder({ opened, mode, files }: TableCommit): Promise<RemovedFiles | undefined> {
    if (mode !== 'overwrite' && mode !== 'overwrite-window') return undefined;
    const replaced = new Set(files.map(({ path }) => path));
    const older = this.#older.get(opened) ?? [];
    for (const { path } of older) if (!replaced.has(path)) await this.#storage.remove(path);
    return { fileCount: older.length, byteSize: older.reduce((sum, { byteSize }) => sum + byteSize, 0) };
  }

  /** A table of no blocks has one file with its schema, which goes when others come. */
  async #keepVisible({ opened, spec }: TableCommit, { ours }: TableFolder): Promise<void> {
    const { table, fileWriter } = opened;
    const empty = ours.filter(({ range }) => isEmptyFile(range));
    if (ours.length === 0) {
      const write = await importRef<WriteDataFile>(fileWriter);
      await write(fileWriter.options, emptyFile(table, spec.componentsFor(table)), noBatches());
    } else if (ours.length > empty.length) {
      for (const { path } of empty) await this.#storage.remove(path);
    }
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
  options: z.input<typeof DataFileConfig> = {},
): ParquetWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  return new ParquetWriter(storage, parseOptions(DataFileConfig, options, 'writer "parquet"'));
}

export const parquetPlugin = definePlugin({
  kind: 'writer',
  name: 'parquet',
  description: 'Folders of Parquet files, partitioned as Hive does',
  options: DataFileConfig,
  module: import.meta.url,
  export: 'parquetPlugin',
  create: (output, options) => new ParquetWriter(output, options),
});
