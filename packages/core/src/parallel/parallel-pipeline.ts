import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { Arena } from '../arrow/arena.ts';
import { DatagenError, reasonOf, throwIfAborted } from '../errors.ts';
import type { DatasetGenerator } from '../generator.ts';
import type { ModuleRef } from '../module-ref.ts';
import { refOfGenerator } from '../plugin.ts';
import type { DataFile } from '../writer.ts';
import { bundleByTime, joinNeighbours, rowsOf } from './bundles.ts';
import { type Executor, type ExecutorOptions, InlineExecutor } from './executor.ts';
import type { FileJob } from './file-job.ts';
import { runBundle } from './run-bundle.ts';
import { workerArguments } from './worker-arguments.ts';
import {
  fromPlainError,
  type PlacedJob,
  RunControl,
  type WorkerResult,
  type WorkerTask,
} from './worker-protocol.ts';

/** A thread takes some 150 ms to start, in which another one makes about this many rows. */
const ROWS_WORTH_A_WORKER = 250_000;
const PROGRESS_INTERVAL_MS = 100;
/** What a thread takes is at most its share of the rows that are left, divided by this. */
const TURNS_LEFT = 3;

export interface ParallelPipelineOptions {
  /**
   * The most worker threads.
   * @default one per core
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
 * Runs planned files on worker threads, the largest bundles first; each thread generates, encodes and stores a file
 * at a time, so memory is bounded by the number of threads. A failure, or the signal, stops every thread at its next
 * batch before the run ends. Generators that no plug-in made, and storage that only this thread sees, run inline.
 */
export class ParallelPipeline implements Executor {
  readonly #maxWorkers: number;
  readonly #rowsPerWorker: number;
  readonly #usesCallingThread: boolean;

  constructor({ maxWorkers, rowsPerWorker, usesCallingThread = false }: ParallelPipelineOptions = {}) {
    this.#maxWorkers = maxWorkers ?? availableParallelism();
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
      const here = this.#usesCallingThread ? generator : undefined;
      yield* runOnThreads(ref, here, jobs, threadCount, options);
    }
  }

  #threadCount(jobs: readonly FileJob[]): number {
    if (jobs.some(({ fileWriter }) => fileWriter.thisThreadOnly === true)) return 1;
    const rowCount = jobs.reduce((sum, { file }) => sum + file.rowCount, 0);
    return Math.min(this.#maxWorkers, jobs.length, Math.ceil(rowCount / this.#rowsPerWorker));
  }
}

/** Where bundles are made, and how many at a time. */
interface Lane {
  free: number;
  readonly run: (bundle: readonly PlacedJob[]) => Promise<readonly DataFile[]>;
}

/** `here` is given if the calling thread is one of the threads. */
async function* runOnThreads(
  ref: ModuleRef,
  here: DatasetGenerator | undefined,
  jobs: readonly FileJob[],
  threadCount: number,
  { signal, onRows }: ExecutorOptions,
): AsyncGenerator<DataFile> {
  throwIfAborted(signal);
  const control = RunControl.create(jobs.length);
  const stop = () => control.stop();
  const startedCount = here === undefined ? threadCount : threadCount - 1;
  const pool = await startPool(startedCount);
  signal?.addEventListener('abort', stop);
  const progress = new SharedProgress(jobs, control, onRows);
  const waiting = bundlesFor(jobs, threadCount);
  // One more than a thread can do, so that none waits for the main thread.
  const lanes: Lane[] = [{ free: 2 * startedCount, run: (bundle) => runOnPool(pool, ref, bundle, control) }];
  if (here !== undefined) {
    const memory = new Arena();
    lanes.push({ free: 1, run: (bundle) => runBundle(here, bundle, control, memory) });
  }
  const running = new Map<
    PlacedJob[],
    Promise<{ lane: Lane; bundle: PlacedJob[]; files: readonly DataFile[] }>
  >();
  try {
    for (;;) {
      for (const lane of lanes) {
        for (; lane.free > 0 && waiting.length > 0; lane.free--) {
          const bundle = waiting.pop() as PlacedJob[];
          running.set(
            bundle,
            lane.run(bundle).then((files) => ({ lane, bundle, files })),
          );
        }
      }
      if (running.size === 0) break;
      const { lane, bundle, files } = await Promise.race(running.values());
      running.delete(bundle);
      lane.free++;
      yield* files;
    }
    progress.report();
  } finally {
    stop();
    signal?.removeEventListener('abort', stop);
    progress.stop();
    await Promise.allSettled(running.values());
    await pool.destroy();
  }
}

/** What threads take, from the end: the smallest last, so that they end together. */
function bundlesFor(jobs: readonly FileJob[], threadCount: number): PlacedJob[][] {
  const placed = jobs.map((job, slot) => ({ ...job, slot }));
  const bundles = bundleByTime(placed);
  const tasks =
    bundles.length < threadCount
      ? placed.map((job) => [job])
      : joinNeighbours(bundles, threadCount * TURNS_LEFT);
  return tasks.sort((a, b) => rowsOf(a) - rowsOf(b));
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
    execArgv: workerArguments(import.meta.url),
  });
}

async function runOnPool(
  pool: Piscina<WorkerTask, WorkerResult>,
  generator: ModuleRef,
  jobs: readonly PlacedJob[],
  control: RunControl,
): Promise<readonly DataFile[]> {
  let result: WorkerResult;
  try {
    result = await pool.run({ generator, jobs, control: control.cells });
  } catch (cause) {
    // Errors of a file come back as results: what is thrown is the end of the thread itself.
    throw deathOf(jobs, control, cause);
  }
  if ('error' in result) throw fromPlainError(result.error);
  return result.files;
}

function deathOf(jobs: readonly PlacedJob[], control: RunControl, cause: unknown): DatagenError {
  const job = jobs.find(({ slot }) => control.blockIndex(slot) >= 0);
  const block = job?.file.blocks[control.blockIndex(job.slot)]?.key;
  const place =
    job && block ? `while it made block ${block} of \`${job.file.table}\`` : 'before its first block';
  return new DatagenError('GENERATE_FAILED', `A worker thread died ${place}: ${reasonOf(cause)}`, {
    cause,
    details: { table: job?.file.table, block },
  });
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
