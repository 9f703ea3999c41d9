import type { Piscina } from 'piscina';
import { Arena } from '../../arrow/arena.ts';
import { DatagenError, reasonOf, throwIfAborted } from '../../support/errors.ts';
import type { Block } from '../../dataset/block.ts';
import type { DatasetGenerator } from '../../dataset/generator.ts';
import { blocksOf } from '../../plan/planned-file.ts';
import { type ModuleRef, refuseBundled } from '../../support/module-ref.ts';
import { refOfGenerator } from '../../plugin/plugin.ts';
import type { DataFile } from '../../writer/table-writer.ts';
import { availableProcessors } from './available-processors.ts';
import { bundleByTime, joinNeighbours, rowsOf } from './bundles.ts';
import { type Executor, type ExecutorOptions, InlineExecutor } from '../executor.ts';
import type { FileJob } from '../file-job.ts';
import { makeBundles } from './make-bundles.ts';
import { workerArguments } from './worker-arguments.ts';
import { fromPlainError } from './plain-error.ts';
import { type PlacedJob, RunControl, type WorkerResult, type WorkerTask } from './worker-protocol.ts';

/** A thread takes some 150 ms to start, in which another one makes about this many rows. */
const ROWS_WORTH_A_WORKER = 250_000;
const PROGRESS_INTERVAL_MS = 100;
/** Batches and days are no young objects: V8 would let their heap grow to four times that, for nothing. */
const YOUNG_MB = 12;
/** Files that are handed to the threads at a time: some 10 MB in each of them. */
const FILES_PER_PORTION = 20_000;
/** What a thread takes is at most its share of the rows that are left, divided by this. */
const TURNS_LEFT = 3;

export interface ParallelPipelineOptions {
  /**
   * The most worker threads.
   * @default one per core, or per processor of the container's quota
   */
  readonly maxWorkers?: number;
  /**
   * Rows that are worth starting a thread for; a run of fewer than two threads stays on the calling one.
   * @default 250,000
   */
  readonly rowsPerWorker?: number;
  /**
   * Whether the calling thread is one of the workers, which saves what a thread costs to start; it then has a turn for
   * other things after each batch only, some 20 ms. For a process that has nothing else to do.
   * @default false
   */
  readonly usesCallingThread?: boolean;
}

/**
 * Runs planned files on worker threads, the largest bundles first; each thread generates and encodes a file at a time
 * while it stores the one before, so memory is bounded by the number of threads. A failure, or the signal, stops every
 * thread at its next batch before the run ends. Generators that no plug-in made, and storage that only this thread
 * sees, run inline.
 */
export class ParallelPipeline implements Executor {
  readonly #maxWorkers: number;
  readonly #rowsPerWorker: number;
  readonly #usesCallingThread: boolean;

  constructor({ maxWorkers, rowsPerWorker, usesCallingThread = false }: ParallelPipelineOptions = {}) {
    this.#maxWorkers = maxWorkers ?? availableProcessors();
    this.#rowsPerWorker = rowsPerWorker ?? ROWS_WORTH_A_WORKER;
    this.#usesCallingThread = usesCallingThread;
    if (!Number.isInteger(this.#maxWorkers) || this.#maxWorkers < 1) {
      throw new DatagenError(
        'INVALID_OPTION',
        `Expected maxWorkers to be a whole number from 1 on, got ${String(maxWorkers)}.`,
        { details: { option: 'maxWorkers' } },
      );
    }
  }

  async *run(
    generator: DatasetGenerator,
    jobs: readonly FileJob[],
    options: ExecutorOptions,
  ): AsyncGenerator<DataFile> {
    const ref = refOfGenerator(generator);
    const threadCount = this.#threadCount(jobs);
    if (ref === undefined || threadCount < 2) yield* new InlineExecutor().run(generator, jobs, options);
    else {
      const threads = { threadCount, usesCallingThread: this.#usesCallingThread };
      yield* runOnThreads(ref, generator, jobs, threads, options);
    }
  }

  #threadCount(jobs: readonly FileJob[]): number {
    if (jobs.some(({ fileWriter }) => fileWriter.thisThreadOnly === true)) return 1;
    const rowCount = jobs.reduce((sum, { file }) => sum + file.rowCount, 0);
    return Math.min(this.#maxWorkers, jobs.length, Math.ceil(rowCount / this.#rowsPerWorker));
  }
}

async function* runOnThreads(
  ref: ModuleRef,
  generator: DatasetGenerator,
  jobs: readonly FileJob[],
  { threadCount, usesCallingThread }: { readonly threadCount: number; readonly usesCallingThread: boolean },
  { signal, onRows }: ExecutorOptions,
): AsyncGenerator<DataFile> {
  throwIfAborted(signal);
  refuseBundled();
  const control = RunControl.create(threadCount, jobs.length);
  const stop = () => control.stop();
  const startedCount = usesCallingThread ? threadCount - 1 : threadCount;
  const pool = await startPool(startedCount);
  const started = new Set(pool.threads);
  signal?.addEventListener('abort', stop);
  const progress = new SharedProgress(jobs, control, onRows);
  const memory = new Arena();
  try {
    for (const bundles of portionsOf(bundlesFor(jobs, threadCount))) {
      control.restart();
      const threads = Array.from({ length: startedCount }, (_, thread) =>
        runOnPool(pool, { generator: ref, bundles, control: control.cells, thread }, generator, jobs),
      );
      if (usesCallingThread) threads.push(makeBundles(generator, bundles, control, startedCount, memory));
      try {
        const files = await Promise.all(threads);
        progress.report();
        for (const made of files) yield* made;
      } catch (thrown) {
        stop();
        await Promise.allSettled(threads);
        throw thrown;
      }
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', stop);
    progress.stop();
    await endPool(pool, started);
  }
}

/** Every thread gets a copy of the bundles, so a plan of a million files goes to the threads in several portions. */
function* portionsOf(bundles: readonly PlacedJob[][]): Generator<PlacedJob[][]> {
  let portion: PlacedJob[][] = [];
  let fileCount = 0;
  for (const bundle of bundles) {
    portion.push(bundle);
    fileCount += bundle.length;
    if (fileCount < FILES_PER_PORTION) continue;
    yield portion;
    portion = [];
    fileCount = 0;
  }
  if (portion.length > 0) yield portion;
}

/** What threads take, one after the other: the smallest last, so that they end together. */
function bundlesFor(jobs: readonly FileJob[], threadCount: number): PlacedJob[][] {
  const placed = jobs.map((job, slot) => ({ ...job, slot }));
  const bundles = bundleByTime(placed);
  const tasks =
    bundles.length < threadCount
      ? placed.map((job) => [job])
      : joinNeighbours(bundles, threadCount * TURNS_LEFT);
  return tasks.sort((a, b) => rowsOf(b) - rowsOf(a));
}

/**
 * Ends all threads. The pool replaces one that dies of an error, also while it is being destroyed, and does not wait for
 * one that is dying: so it is destroyed until it has none, and each thread is waited for.
 */
async function endPool(
  pool: Piscina<WorkerTask, WorkerResult>,
  started: Set<Piscina['threads'][number]>,
): Promise<void> {
  do {
    for (const thread of pool.threads) started.add(thread);
    await pool.destroy();
    await Promise.all([...started].map((thread) => thread.terminate()));
  } while (pool.threads.length > 0);
}

async function startPool(threadCount: number): Promise<Piscina<WorkerTask, WorkerResult>> {
  // Only runs that need threads pay for loading it.
  const { Piscina } = await import('piscina');
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new URL(`./file.worker.${isSource ? 'ts' : 'js'}`, import.meta.url);
  return new Piscina({
    filename: worker.href,
    name: 'runTask',
    minThreads: threadCount,
    maxThreads: threadCount,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    execArgv: workerArguments(import.meta.url),
  });
}

async function runOnPool(
  pool: Piscina<WorkerTask, WorkerResult>,
  task: WorkerTask,
  generator: DatasetGenerator,
  jobs: readonly FileJob[],
): Promise<readonly DataFile[]> {
  let result: WorkerResult;
  try {
    result = await pool.run(task);
  } catch (cause) {
    // Errors of a file come back as results: what is thrown is the end of the thread itself.
    throw deathOf(task, generator, jobs, cause);
  }
  if ('error' in result) throw fromPlainError(result.error);
  return result.files;
}

function deathOf(
  { control, thread }: WorkerTask,
  generator: DatasetGenerator,
  jobs: readonly FileJob[],
  cause: unknown,
): DatagenError {
  const last = new RunControl(control).placeOf(thread);
  const file = last && jobs[last.slot]?.file;
  const table = generator.tables.find(({ name }) => name === file?.table);
  const block = last && file && table && keyAt(blocksOf(generator, table, file), last.index);
  const place =
    file && block ? `while it made block ${block} of \`${file.table}\`` : 'before its first block';
  return new DatagenError('GENERATE_FAILED', `A worker thread died ${place}: ${reasonOf(cause)}`, {
    cause,
    details: { table: file?.table, block },
  });
}

function keyAt(blocks: Iterable<Block>, index: number): string | undefined {
  let at = 0;
  for (const { key } of blocks) if (at++ === index) return key;
  return undefined;
}

/** Turns the counts that the threads share into calls of `onRows`, from time to time. */
class SharedProgress {
  readonly #jobs: readonly FileJob[];
  readonly #control: RunControl;
  readonly #onRows: ExecutorOptions['onRows'];
  readonly #reported: Int32Array;
  readonly #timer: NodeJS.Timeout;

  constructor(jobs: readonly FileJob[], control: RunControl, onRows: ExecutorOptions['onRows']) {
    this.#jobs = jobs;
    this.#control = control;
    this.#onRows = onRows;
    this.#reported = new Int32Array(jobs.length);
    this.#timer = setInterval(() => this.report(), PROGRESS_INTERVAL_MS);
  }

  report(): void {
    this.#jobs.forEach(({ file }, slot) => {
      const rowCount = this.#control.rowCount(slot);
      const added = rowCount - (this.#reported[slot] as number);
      this.#reported[slot] = rowCount;
      if (added > 0) this.#onRows?.(file.table, added);
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
