import {
  CatalogBasedWriter,
  type ChangeOutcome,
  columnTextsOf,
  DayCoverage,
  type FileIdentity,
  isReplaced,
  type OpenTableOptions,
  openStorage,
  type Storage,
  type TableChange,
  type TableDefinition,
  type TableFiles,
  type TableState,
  tagOf,
} from '@datagen/core/writer';
import { type RowsOptions, rowsPath, rowsWriter } from './data-file.ts';
import { appendEntry, isStorageFailure, type Log, type LogEntry, readLog } from './log.ts';

/**
 * A small table format: a log of commits over any storage, and data files of JSON lines. It keeps all that
 * `writeDataset` promises of a table that others change too, and is the shortest right example for authors of
 * writers; tests use it where the format does not matter.
 */
export class LogTableWriter extends CatalogBasedWriter {
  protected async load(table: TableDefinition): Promise<TableState> {
    const { version, entries } = await readLog(this.storage, table.name);
    const last = entries.at(-1);
    const datasets = new Map(entries.map(({ dataset }) => [dataset.digest, dataset]));
    return {
      exists: last !== undefined,
      version: String(version),
      // A folder is not used again by another table of the same name.
      incarnation: '',
      generation: last?.generation ?? 0,
      coverage: new DayCoverage(last?.coverage),
      datasets: [...datasets.values()],
      columns: last?.columns ?? columnTextsOf(table),
    };
  }

  protected openFiles(
    table: TableDefinition,
    { dataset: { digest }, spec }: OpenTableOptions,
    identity: FileIdentity,
  ): Promise<TableFiles> {
    const tag = tagOf({ columns: columnTextsOf(table), partitionBy: spec.componentsFor(table), identity });
    const options: RowsOptions = { storage: this.storage.ref, digest, tag };
    return Promise.resolve({
      tag,
      pathOf: (file) => rowsPath(file, options),
      fileWriter: rowsWriter(options),
    });
  }

  protected async commitChanges(changes: readonly TableChange[]): Promise<readonly ChangeOutcome[]> {
    const outcomes: ChangeOutcome[] = [];
    for (const change of changes) outcomes.push(await this.#commit(change));
    return outcomes;
  }

  async #commit(change: TableChange): Promise<ChangeOutcome> {
    const { table, base } = change;
    const log = await readLog(this.storage, table.name);
    if (String(log.version) !== base.version) return movedBy(log);
    const entry = entryOf(change, log);
    const removed = { removed: { fileCount: entry.remove.length } };
    const outcome = { committed: true, ...(change.replaces !== 'nothing' && removed) } as const;
    try {
      if (await appendEntry(this.storage, table.name, log.version + 1, entry)) return outcome;
    } catch (thrown) {
      // The answer may have been lost and not the entry.
      if (!isStorageFailure(thrown)) throw thrown;
      const { entries } = await readLog(this.storage, table.name);
      if (entries.some(({ runId }) => runId === change.runId)) return outcome;
      throw thrown;
    }
    return movedBy(await readLog(this.storage, table.name));
  }
}

function entryOf(change: TableChange, log: Log): LogEntry {
  const { table, files, dataset, spec, generation, coverage, runId } = change;
  return {
    runId,
    dataset,
    columns: columnTextsOf(table),
    partitionBy: spec.componentsFor(table),
    generation,
    coverage: coverage.days,
    add: files.map(({ path, byteSize, rowCount, firstBlock, lastBlock }) => ({
      path,
      byteSize,
      rowCount,
      ...(table.timeColumn !== undefined && {
        days: [firstBlock.slice(0, 10), lastBlock.slice(0, 10)] as const,
      }),
    })),
    remove: [...log.live.values()]
      .filter(({ path, days }) => isReplaced(path, () => days, change))
      .map(({ path }) => path),
  };
}

function movedBy({ entries }: Log): ChangeOutcome {
  const last = entries.at(-1);
  return {
    committed: false,
    ...(last && { by: `run ${last.runId} of generator "${last.dataset.generator}"` }),
  };
}

/** Writes log tables below a local folder, another URI that `openStorage` knows, or a storage of yours. */
export function logTables(output: string | Storage): LogTableWriter {
  return new LogTableWriter(typeof output === 'string' ? openStorage(output) : output);
}
