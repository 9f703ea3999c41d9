import type { DatasetIdentity } from '../../dataset/generator.ts';
import { type TableDefinition, typeNameOf } from '../../dataset/table.ts';
import { type BlockRange, FileCoverage } from '../../plan/file-coverage.ts';
import type { Storage, StoredFile } from '../../storage/storage.ts';
import { importRef } from '../../support/module-ref.ts';
import { receiptOf } from '../receipt.ts';
import { refuseOtherColumns, refuseOtherDataset } from '../table-conflicts.ts';
import type {
  CommitOutcome,
  OpenTable,
  OpenTableOptions,
  RemovedFiles,
  TableCommit,
  TableWriter,
  WriteDataFile,
} from '../table-writer.ts';
import { Claim } from './claim.ts';
import { emptyFile, isEmptyFile, noBatches } from './empty-table.ts';
import {
  oneFilePerDataset,
  refuseDamagedFiles,
  refuseForeignFiles,
  refuseOtherPartitioning,
  refuseOverlaps,
} from './folder-conflicts.ts';
import { omittedColumnsOf } from './omitted-columns.ts';
import { type FileKind, type FoundFile, readTableFolder, type TableFolder } from './table-folder.ts';
import { filesToReplace } from './window.ts';

/** How a format writes the data files of one table. */
export type FolderFiles = Pick<OpenTable, 'fileWriter' | 'fileLimit' | 'encoder' | 'warnings'>;

/** What is known of a data file that lies in a table. */
export interface FileDescription {
  /** Absent where nothing says it. */
  readonly dataset?: DatasetIdentity;
  /** Those that the file holds, as `columnTextsOf` writes them. */
  readonly columns: readonly string[];
}

/**
 * What all formats share whose tables are folders of files, `<output>/<table>/<partitions as hive folders>/<file>`. A
 * file is visible to readers as soon as it is whole; its name says which blocks of which dataset it holds, so the listing
 * is the table. A format says how its files are named and written, and what one of them says of itself; it decides
 * nothing.
 */
export abstract class FileSystemWriter implements TableWriter {
  readonly outputUri: string;
  protected readonly storage: Storage;
  readonly #kind: FileKind;
  /** What an overwrite is to remove. */
  readonly #older = new WeakMap<OpenTable, readonly StoredFile[]>();

  constructor(storage: Storage, kind: FileKind) {
    this.outputUri = storage.uri;
    this.storage = storage;
    this.#kind = kind;
  }

  /** How the files of a table are written; refuses columns and options that the format lacks. */
  protected abstract openFiles(
    table: TableDefinition,
    options: OpenTableOptions,
    omittedColumns: readonly string[],
  ): Promise<FolderFiles>;

  /** Whether a file is whole, as far as its end tells. */
  protected abstract endsWhole(file: FoundFile): Promise<boolean>;

  /** What a file that is whole says of itself, or what is noted beside the tables. */
  protected abstract describeFile(file: FoundFile, table: TableDefinition): Promise<FileDescription>;

  get warnings(): readonly string[] {
    return this.storage.warnings ?? [];
  }

  async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const { spec, runId } = options;
    const storage = this.storage;
    const files = await this.openFiles(table, options, omittedColumnsOf(table, spec.componentsFor(table)));
    const claim = runId === undefined ? undefined : await Claim.take(storage, table.name, runId);
    try {
      if (claim !== undefined) await storage.removeAbandoned();
      const found = await readTableFolder(storage, table.name, this.#kind);
      const { kept, older } = await this.#split(found, table, options);
      const opened: OpenTable = {
        table,
        coverage: new FileCoverage(kept),
        ...files,
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
    const datasets: DatasetIdentity[] = [];
    for (const file of oneFilePerDataset(await readTableFolder(this.storage, table.name, this.#kind))) {
      // A damaged file does not say.
      if (!(await this.endsWhole(file))) continue;
      const { dataset } = await this.describeFile(file, table);
      if (dataset !== undefined) datasets.push(dataset);
    }
    return datasets;
  }

  /** Files are part of their table already; an overwrite removes those that were there before and were not replaced. */
  async commit(commits: readonly TableCommit[]): Promise<readonly CommitOutcome[]> {
    const outcomes: CommitOutcome[] = [];
    for (const commit of commits) {
      const { table } = commit.opened;
      const removed = await this.#removeOlder(commit);
      const found = await readTableFolder(this.storage, table.name, this.#kind);
      refuseOverlaps(`${this.storage.uri}/${table.name}`, found, table);
      await this.#keepVisible(commit, found);
      outcomes.push({ receipt: receiptOf(commit, removed && { removed }) });
    }
    return outcomes;
  }

  /** Refuses to put files of a run beside one of another dataset; called with one file of each dataset of a table. */
  protected async refuseMisfit(
    file: FoundFile,
    table: TableDefinition,
    { dataset, mode }: OpenTableOptions,
  ): Promise<void> {
    const { digest } = file.range;
    if (digest === dataset.digest) return;
    const place = `${this.storage.uri}/${table.name}`;
    const { dataset: other, columns } = await this.describeFile(file, table);
    const datasets = other === undefined ? [] : [other];
    refuseOtherDataset(place, { digests: [digest], datasets }, dataset, mode);
    refuseOtherColumns(place, columns, columnsAsked(file, table));
  }

  /** What of a table stays as it is, and what an overwrite replaces; refuses what the mode does not allow to be there. */
  async #split(
    found: TableFolder,
    table: TableDefinition,
    options: OpenTableOptions,
  ): Promise<{ readonly kept: readonly BlockRange[]; readonly older: readonly StoredFile[] }> {
    if (options.mode === 'overwrite') return { kept: [], older: [...found.ours, ...found.foreign] };
    const { uri } = this.storage;
    const place = `${uri}/${found.folder}`;
    refuseForeignFiles(place, found);
    refuseOtherPartitioning(place, found, options.spec.componentsFor(table));
    const older = filesToReplace(found, table, options, uri);
    // What is replaced may hold rows twice, as the same command leaves it when it is interrupted, and may be damaged.
    const kept = { ...found, ours: found.ours.filter((file) => !older.has(file)) };
    refuseOverlaps(place, kept, table);
    await refuseDamagedFiles(uri, kept, (file) => this.endsWhole(file));
    for (const file of oneFilePerDataset(found)) await this.refuseMisfit(file, table, options);
    return { kept: kept.ours.map(({ range }) => range), older: [...older] };
  }

  async #removeOlder({ opened, mode, files }: TableCommit): Promise<RemovedFiles | undefined> {
    if (mode !== 'overwrite' && mode !== 'overwrite-window') return undefined;
    const replaced = new Set(files.map(({ path }) => path));
    const older = this.#older.get(opened) ?? [];
    for (const { path } of older) if (!replaced.has(path)) await this.storage.remove(path);
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
      for (const { path } of empty) await this.storage.remove(path);
    }
  }
}

/** What a file of a table would hold beside its folders, as `columnTextsOf` writes it. */
function columnsAsked({ partitionNames }: FoundFile, table: TableDefinition): readonly string[] {
  return table.schema.fields
    .filter(({ name }) => !partitionNames.includes(name))
    .map((field) => `${field.name} ${typeNameOf(field)}`);
}
