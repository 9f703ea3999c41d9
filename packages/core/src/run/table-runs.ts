import type { DatasetGenerator } from '../dataset/generator.ts';
import { hivePath } from '../plan/partition-spec.ts';
import type { TablePlan } from '../plan/plan.ts';
import type { PlannedFile } from '../plan/planned-file.ts';
import { DatagenError, throwIfAborted } from '../support/errors.ts';
import type { CommitReceipt, DataFile, OpenTable, TableWriter } from '../writer/table-writer.ts';
import type { Executor } from './executor.ts';
import type { FileJob } from './file-job.ts';
import type { ResolvedRun } from './options.ts';
import { planOpened } from './plan-dataset.ts';
import type { Progress, TableReport } from './report.ts';

/**
 * How often a commit is tried while others change the same table. A round is lost to a commit that stands, so that of as
 * many runs at once even the slowest gets through.
 */
const ROUNDS = 20;

export interface TableRunsOptions {
  readonly generator: DatasetGenerator;
  readonly writer: TableWriter;
  readonly executor: Executor;
  readonly run: ResolvedRun;
  readonly runId: string;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** Every table that was opened, to be released at the end of the run. */
  readonly held: OpenTable[];
}

/** One table on its way from its plan to its commit. */
interface TableRun {
  opened: OpenTable;
  plan: TablePlan;
  /** Whole files that fit `opened`, some of which may have become superfluous. */
  files: readonly DataFile[];
}

/**
 * The rounds of a run: make the files that tables lack, commit them, and where a table moved meanwhile look at it
 * again. Then files that became superfluous are left out of the commit (never removed: the winner's may have the same
 * path), what is still missing is made, and the commit is tried again.
 */
export class TableRuns {
  /** What went wrong after commits that stand, and what data files say of their storage. */
  readonly warnings = new Set<string>();
  readonly #options: TableRunsOptions;
  #doneRowCount = 0;
  #totalRowCount = 0;
  #exact = true;

  constructor(options: TableRunsOptions) {
    this.#options = options;
  }

  /** Runs until every table is committed; the reports are in the order of the tables. */
  async write(opened: readonly OpenTable[]): Promise<readonly TableReport[]> {
    const reports = new Map<string, TableReport>();
    const planned: TableRun[] = [];
    for (const table of opened) planned.push(await this.#plan(table));
    let pending: readonly TableRun[] = planned;
    for (let round = 1; pending.length > 0; round++) {
      await this.#makeFiles(pending);
      pending = await this.#commit(pending, reports, round);
    }
    return opened.map(({ table }) => reports.get(table.name) as TableReport);
  }

  async #plan(opened: OpenTable, before?: TableRun): Promise<TableRun> {
    const { generator, run, signal } = this.#options;
    const plan = await planOpened(generator, opened, run, signal);
    // Files of another tag lie under other paths, as other bytes.
    const files = before?.opened.tag === opened.tag ? (before?.files ?? []) : [];
    return { opened, plan, files };
  }

  async #makeFiles(pending: readonly TableRun[]): Promise<void> {
    const { generator, executor, signal, onProgress } = this.#options;
    const jobs: FileJob[] = [];
    for (const { opened, plan, files } of pending) {
      const made = new Set(files.map(identityOf));
      for (const file of plan.missing) {
        if (made.size > 0 && made.has(identityOf(file))) continue;
        const lying = opened.lies?.(file);
        jobs.push({ file, fileWriter: opened.fileWriter, ...(lying !== undefined && { lying }) });
        this.#totalRowCount += file.rowCount;
        this.#exact &&= file.exact;
      }
    }
    const onRows = (table: string, rowCount: number) => {
      this.#doneRowCount += rowCount;
      onProgress?.({
        table,
        rowCount: this.#doneRowCount,
        totalRowCount: this.#totalRowCount,
        exact: this.#exact,
      });
    };
    const made = new Map<string, DataFile[]>();
    for await (const file of executor.run(generator, jobs, { ...(signal && { signal }), onRows })) {
      this.#warn(file);
      const files = made.get(file.table);
      if (files === undefined) made.set(file.table, [file]);
      else files.push(file);
    }
    throwIfAborted(signal);
    for (const table of pending) {
      const added = made.get(table.opened.table.name);
      if (added !== undefined) table.files = table.files.length === 0 ? added : [...table.files, ...added];
    }
  }

  /** Commits, reports what was committed, and returns the tables that moved, planned again. */
  async #commit(
    pending: readonly TableRun[],
    reports: Map<string, TableReport>,
    round: number,
  ): Promise<readonly TableRun[]> {
    const { writer, run, runId, signal, held } = this.#options;
    const { mode, dataset, spec } = run;
    const chosen = pending.map(filesToCommit);
    const commits = pending.map(({ opened }, i) => ({
      opened,
      mode,
      dataset,
      spec,
      runId,
      files: chosen[i] ?? [],
    }));
    const outcomes = await writer.commit(commits, signal ? { signal } : {});
    if (outcomes.length !== pending.length) {
      throw new DatagenError(
        'INVALID_PLUGIN',
        `The writer answered ${String(outcomes.length)} of ${String(pending.length)} commits; expected one outcome for each.`,
      );
    }
    const moved: TableRun[] = [];
    for (const [i, table] of pending.entries()) {
      const outcome = outcomes[i];
      if (outcome === undefined) continue;
      const { name } = table.opened.table;
      if ('receipt' in outcome) {
        reports.set(name, reportOf(table.plan, chosen[i] ?? [], outcome.receipt));
        this.#warn(outcome.receipt);
        continue;
      }
      held.push(outcome.moved);
      if (round === ROUNDS) throw lost(name, outcome.by);
      moved.push(await this.#plan(outcome.moved, table));
    }
    return moved;
  }

  #warn({ warnings = [] }: Pick<CommitReceipt, 'warnings'>): void {
    for (const warning of warnings) this.warnings.add(warning);
  }
}

/** The files of a table that it still lacks, sorted by path: threads finish in any order, a commit lists them in one. */
function filesToCommit({ plan, files }: TableRun): readonly DataFile[] {
  const missing = files.length === plan.missing.length ? undefined : new Set(plan.missing.map(identityOf));
  const kept = missing === undefined ? [...files] : files.filter((file) => missing.has(identityOf(file)));
  if (kept.length !== plan.missing.length) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected the executor to make ${String(plan.missing.length)} files of \`${plan.table.name}\`, got ${String(kept.length)}.`,
    );
  }
  return kept.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a file and its plan have in common: partition, first and last block. */
function identityOf({
  partition,
  firstBlock,
  lastBlock,
}: Pick<PlannedFile, 'partition' | 'firstBlock' | 'lastBlock'>): string {
  return `${hivePath(partition)}\n${firstBlock}\n${lastBlock}`;
}

function reportOf(plan: TablePlan, files: readonly DataFile[], receipt: CommitReceipt): TableReport {
  const { table, rowCount, fileCount, byteSize, removed } = receipt;
  return {
    table,
    rowCount,
    fileCount,
    byteSize,
    adoptedRowCount: files.reduce((sum, file) => sum + (file.adopted === true ? file.rowCount : 0), 0),
    presentRowCount: plan.rowCount - plan.missingRowCount,
    exact: plan.exact,
    ...(removed && { removed }),
  };
}

function lost(table: string, by: string | undefined): DatagenError {
  const who = by === undefined ? 'somebody else' : by;
  return new DatagenError(
    'COMMIT_CONFLICT',
    `\`${table}\` was changed by others before each of ${String(ROUNDS)} commits, at last by ${who}. ` +
      'Nothing of this run was added to it; run the same command again, and what it made is used.',
    { details: { table, by }, retryable: true },
  );
}
