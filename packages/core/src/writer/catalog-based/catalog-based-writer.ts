import type { DatasetIdentity } from '../../dataset/generator.ts';
import type { TableDefinition } from '../../dataset/table.ts';
import { DayCoverage } from '../../plan/day-coverage.ts';
import { option, sentence } from '../../support/sentence.ts';
import { DAY_MS, type TimeRange } from '../../support/time.ts';
import { DatagenError, isDatagenError } from '../../support/errors.ts';
import type { Storage } from '../../storage/storage.ts';
import { receiptOf } from '../receipt.ts';
import { columnTextsOf, refuseOtherColumns, refuseOtherDataset, tableConflict } from '../table-conflicts.ts';
import type { ChangeOutcome, TableChange, TableFiles, TableState } from './table-state.ts';
import type {
  CommitOutcome,
  LyingFile,
  OpenTable,
  OpenTableOptions,
  TableCommit,
  TableWriter,
} from '../table-writer.ts';

/** A table's own cleaning may remove files that no commit names; formats wait for days before they do. */
const ADOPTED_UP_TO_MS = DAY_MS;

/** What decides a data file's path besides its blocks, its settings and its schema. */
export interface FileIdentity {
  readonly incarnation: string;
  readonly generation: number;
}

/**
 * What all formats share whose tables are what a catalog or log says: names of data files that no two contents share,
 * files of killed runs that are adopted, coverage in days that is committed with the files, commits pinned to what was
 * read, and generations that keep new files from the paths of removed ones. A format loads a table's state, opens its
 * data files and commits changes; it decides nothing.
 */
export abstract class CatalogBasedWriter implements TableWriter {
  readonly outputUri: string;
  protected readonly storage: Storage;
  readonly #opened = new WeakMap<
    OpenTable,
    { readonly base: TableState; readonly options: OpenTableOptions }
  >();
  /** The run that storage was cleaned for. */
  #cleanedFor: string | undefined;

  constructor(storage: Storage) {
    this.outputUri = storage.uri;
    this.storage = storage;
  }

  /** The table as the catalog has it now. Throws `TABLE_CONFLICT` for one that it cannot commit to. */
  protected abstract load(table: TableDefinition): Promise<TableState>;

  /** How the files of a table are named and written; refuses partitionings and columns that the format lacks. */
  protected abstract openFiles(
    table: TableDefinition,
    options: OpenTableOptions,
    identity: FileIdentity,
    state: TableState,
  ): Promise<TableFiles>;

  /**
   * Commits changes in order, each whole or not at all and only if its table is still in the state `base`; where
   * the catalog can, all of them or none. A commit whose answer was lost is looked for by its `runId`.
   */
  protected abstract commitChanges(
    changes: readonly TableChange[],
    options: { readonly signal?: AbortSignal },
  ): Promise<readonly ChangeOutcome[]>;

  /** The folder that a table's data files lie in, relative to the storage. */
  protected folderOf(table: TableDefinition): string {
    return table.name;
  }

  get warnings(): readonly string[] {
    return this.storage.warnings ?? [];
  }

  async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const base = await this.load(table);
    const { mode, dataset, spec, runId } = options;
    if (base.exists && mode !== 'overwrite') this.#refuseConflicts(base, table, options);
    const { generation, coverage } = beforeCommit(base, table, options);
    const identity = { incarnation: base.incarnation, generation };
    const files = await this.openFiles(table, options, identity, base);
    const isFirst = runId !== undefined && runId !== this.#cleanedFor;
    if (isFirst) {
      this.#cleanedFor = runId;
      await this.storage.removeAbandoned();
    }
    const lying = coverage.coversWindow(dataset.digest, windowOf(table, spec.window))
      ? undefined
      : await this.#lyingFiles(table);
    const opened: OpenTable = {
      table,
      coverage,
      fileWriter: files.fileWriter,
      tag: files.tag,
      ...(lying && { lies: (file) => lying(files.pathOf(file)) }),
      ...(files.fileLimit && { fileLimit: files.fileLimit }),
      ...(files.encoder !== undefined && { encoder: files.encoder }),
      ...(files.warnings && { warnings: files.warnings }),
      // The first table gives back what the whole run held.
      ...(isFirst && { release: () => this.storage.removeAbandoned() }),
    };
    this.#opened.set(opened, { base, options });
    return opened;
  }

  async datasetsOf(table: TableDefinition): Promise<readonly DatasetIdentity[]> {
    const { exists, coverage, datasets } = await this.load(table);
    return exists ? datasets.filter(({ digest }) => coverage.digests.includes(digest)) : [];
  }

  async commit(
    commits: readonly TableCommit[],
    options: { readonly signal?: AbortSignal },
  ): Promise<readonly CommitOutcome[]> {
    const changes = commits.map((commit) => this.#changeOf(commit));
    const needed = changes.filter((change) => change !== undefined);
    const outcomes = needed.length === 0 ? [] : await this.commitChanges(needed, options);
    const byChange = new Map(needed.map((change, i) => [change, outcomes[i] as ChangeOutcome]));
    const answers: CommitOutcome[] = [];
    for (const [i, commit] of commits.entries()) {
      const change = changes[i];
      const outcome: ChangeOutcome =
        change === undefined ? { committed: true } : (byChange.get(change) as ChangeOutcome);
      answers.push(
        outcome.committed ? { receipt: receiptOf(commit, outcome) } : await this.#reopen(commit, outcome.by),
      );
    }
    return answers;
  }

  #refuseConflicts(base: TableState, table: TableDefinition, { dataset, mode }: OpenTableOptions): void {
    const place = `${this.storage.uri}/${this.folderOf(table)}`;
    const { digests } = base.coverage;
    if (digests.length === 0 && mode !== 'append') {
      throw tableConflict(
        sentence`${place} is a table that datagen did not write. Choose another output, or use ${option('mode', 'append')} to add to it or ${option('mode', 'overwrite')} to replace it.`,
        { place },
      );
    }
    refuseOtherDataset(place, { digests, datasets: base.datasets }, dataset, mode);
    refuseOtherColumns(place, base.columns, columnTextsOf(table));
  }

  /** What lies below the table's folder, by path. */
  async #lyingFiles(table: TableDefinition): Promise<(path: string) => LyingFile | undefined> {
    const listed = await this.storage.list(this.folderOf(table));
    const byPath = new Map(listed.map((stored) => [stored.path, stored]));
    const oldestMs = Date.now() - ADOPTED_UP_TO_MS;
    return (path) => {
      const found = byPath.get(path);
      return found && { byteSize: found.byteSize, isOld: found.modifiedMs < oldestMs };
    };
  }

  /** Undefined where the table holds all of the window already. */
  #changeOf({ opened, dataset, spec, runId, files }: TableCommit): TableChange | undefined {
    const { base, options } = this.#of(opened);
    const { table } = opened;
    const { generation, coverage, replaces } = beforeCommit(base, table, options);
    const window = windowOf(table, spec.window);
    const isComplete = base.exists && replaces === 'nothing' && coverage.coversWindow(dataset.digest, window);
    if (isComplete && files.length === 0) return undefined;
    const covered = coverage.with(dataset.digest, window);
    const known = new Map([...base.datasets, dataset].map((each) => [each.digest, each]));
    return {
      table,
      base,
      replaces,
      files,
      generation,
      coverage: covered,
      datasets: [...known.values()].filter(({ digest }) => covered.digests.includes(digest)),
      dataset,
      spec,
      runId,
    };
  }

  async #reopen({ opened }: TableCommit, by: string | undefined): Promise<CommitOutcome> {
    const { table } = opened;
    try {
      const moved = await this.openTable(table, this.#of(opened).options);
      return { moved, ...(by !== undefined && { by }) };
    } catch (thrown) {
      if (!isDatagenError(thrown) || thrown.code !== 'TABLE_CONFLICT') throw thrown;
      throw new DatagenError(
        'COMMIT_CONFLICT',
        `${by ?? 'Somebody else'} changed \`${table.name}\` while this run made its files, and nothing of it was added: ${thrown.message}`,
        { cause: thrown, details: { table: table.name, by } },
      );
    }
  }

  #of(opened: OpenTable): { readonly base: TableState; readonly options: OpenTableOptions } {
    const found = this.#opened.get(opened);
    if (found === undefined)
      throw new DatagenError('INVALID_PLUGIN', `\`${opened.table.name}\` was not opened by this writer.`);
    return found;
  }
}

/** What of a table counts as being there, and what its next commit replaces. */
function beforeCommit(
  { exists, generation, coverage }: TableState,
  table: TableDefinition,
  { mode, spec, dataset }: OpenTableOptions,
): { generation: number; coverage: DayCoverage; replaces: TableChange['replaces'] } {
  if (exists && mode === 'overwrite')
    return { generation: generation + 1, coverage: new DayCoverage(), replaces: 'everything' };
  if (exists && mode === 'overwrite-window' && table.timeColumn !== undefined) {
    const left = coverage.without(dataset.digest, spec.window);
    return { generation: generation + 1, coverage: left, replaces: 'window' };
  }
  return { generation, coverage, replaces: 'nothing' };
}

/** The days that a commit of a run completes; absent for a table without time, of which it completes all. */
function windowOf({ timeColumn }: TableDefinition, window: TimeRange): TimeRange | undefined {
  return timeColumn === undefined ? undefined : window;
}
