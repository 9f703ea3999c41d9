import {
  type ChangeOutcome,
  columnTextsOf,
  DayCoverage,
  type FileIdentity,
  type OpenTableOptions,
  option,
  type RemovedFiles,
  sentence,
  type Storage,
  type TableChange,
  tableConflict,
  type TableDefinition,
  type TableFiles,
  type TableState,
  throwIfAborted,
} from '@datagen/core/writer';
import { ParquetCatalogWriter } from '@datagen/parquet/data-files';
import type { DeltaConfig } from './config.ts';
import { put, writeCheckpoint } from './log/commit.ts';
import { coverageIn } from './log/coverage.ts';
import { DeltaLog } from './log/delta-log.ts';
import { logChangeOf } from './log/log-change.ts';
import { type LiveFile, nativeLog, type TableVersion } from './log/native-log.ts';
import {
  datasetOf,
  generationOf,
  isAppendOnly,
  isCheckpointDue,
  parseProperties,
  refuseTable,
} from './log/properties.ts';
import { isReplaced } from './replaced-files.ts';
import { columnsIn, omittedColumnsOf } from './schema.ts';

/** A table as its log has it; `found` is absent where there is none. */
interface DeltaState extends TableState {
  readonly found?: TableVersion;
}

/**
 * Tables of Delta Lake, `<output>/<table>/`, at reader version 1 and writer version 2. A run is one commit per table,
 * pinned to the version that was read; what a table holds lies in its application transactions.
 */
export class DeltaWriter extends ParquetCatalogWriter {
  readonly #config: DeltaConfig;
  readonly #properties: Readonly<Record<string, string>>;

  constructor(storage: Storage, config: DeltaConfig) {
    super(storage, config);
    this.#config = config;
    this.#properties = parseProperties(config.tableProperties);
  }

  protected async load(table: TableDefinition): Promise<DeltaState> {
    const log = this.#logOf(table);
    const found = await log.load();
    // A folder is not used again by another table of the same name.
    const incarnation = '';
    if (found === undefined) {
      const columns = columnTextsOf(table);
      const coverage = new DayCoverage();
      return { exists: false, version: '', incarnation, generation: 0, coverage, datasets: [], columns };
    }
    refuseTable(log.place, found);
    const generation = generationOf(found);
    const { coverage, datasets } = coverageIn(found.transactions, generation);
    const maker = datasetOf(found);
    return {
      exists: true,
      version: String(found.version),
      incarnation,
      generation,
      coverage,
      datasets: maker === undefined ? datasets : [maker, ...datasets],
      columns: columnsIn(found.schema, found.partitionColumns),
      found,
    };
  }

  protected override async openFiles(
    table: TableDefinition,
    options: OpenTableOptions,
    identity: FileIdentity,
    state: DeltaState,
  ): Promise<TableFiles> {
    if (state.found !== undefined) refuseLayout(this.#logOf(table).place, state.found, table, options);
    return super.openFiles(table, options, identity, state);
  }

  protected omittedColumns(table: TableDefinition, components: readonly string[]): readonly string[] {
    return omittedColumnsOf(table, components);
  }

  protected async commitChanges(
    changes: readonly TableChange[],
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<readonly ChangeOutcome[]> {
    const outcomes: ChangeOutcome[] = [];
    for (const change of changes) {
      throwIfAborted(signal);
      outcomes.push(await this.#commit(change));
    }
    return outcomes;
  }

  async #commit(change: TableChange): Promise<ChangeOutcome> {
    const { table, replaces, runId } = change;
    const log = this.#logOf(table);
    const { found } = change.base as DeltaState;
    const live = found === undefined || replaces === 'nothing' ? [] : await log.liveFiles(found.version);
    const replaced = live.filter((file) => isReplaced(file, change));
    const logChange = logChangeOf(change, {
      found,
      replaced,
      properties: this.#properties,
      checkpointInterval: this.#config.checkpointInterval,
      folder: this.folderOf(table),
    });
    const { version, by } = await put(log, logChange, runId);
    if (version === undefined) return { committed: false, ...(by !== undefined && { by }) };
    const properties = logChange.metadata?.configuration ?? found?.configuration ?? {};
    const warnings = isCheckpointDue(version, properties, this.#config.checkpointInterval)
      ? await writeCheckpoint(log, version)
      : [];
    return {
      committed: true,
      ...(replaces !== 'nothing' && { removed: removedFiles(replaced) }),
      ...(warnings.length > 0 && { warnings }),
    };
  }

  #logOf(table: TableDefinition): DeltaLog {
    return new DeltaLog(nativeLog(), this.storage, this.folderOf(table));
  }
}

/** Refuses what a table cannot become without being replaced. */
function refuseLayout(
  place: string,
  { partitionColumns, configuration }: TableVersion,
  table: TableDefinition,
  { mode, spec }: OpenTableOptions,
): void {
  if (mode.startsWith('overwrite') && isAppendOnly(configuration)) {
    throw tableConflict(
      sentence`Cannot replace rows of ${place}: its property delta.appendOnly forbids that. Unset it, or choose another output.`,
      { place },
    );
  }
  const asked = spec.componentsFor(table);
  if (mode === 'overwrite' || asked.join() === partitionColumns.join()) return;
  const text = (names: readonly string[]) =>
    names.length === 0 ? 'not partitioned' : `by ${names.join(', ')}`;
  throw tableConflict(
    sentence`Cannot add to ${place} with ${option('partitionBy')} ${asked.join() || 'none'}: a Delta table keeps its partitioning, and this one is ${text(partitionColumns)}. Ask for that, choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found: partitionColumns, asked },
  );
}

function removedFiles(replaced: readonly LiveFile[]): RemovedFiles {
  const rows = replaced.map(({ stats }) =>
    stats === undefined ? undefined : (JSON.parse(stats) as { readonly numRecords?: number }).numRecords,
  );
  const rowCount = rows.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
  return {
    fileCount: replaced.length,
    byteSize: replaced.reduce((sum, { byteSize }) => sum + byteSize, 0),
    ...(rowCount !== undefined && { rowCount }),
  };
}
