import { cpus } from 'node:os';

/** What a loop takes on a machine on which rows take as long as the committed costs say. */
export const REFERENCE_LOOP_MS = 0.375;
/** The first five are compiled while they run; the command waits for all of them, some 12 ms. */
const LOOPS = 16;
const STEPS = 1 << 16;
const WORDS = 1 << 14;

/** What a table costs in data files and on one thread of a machine whose loops take `REFERENCE_LOOP_MS`. */
export interface TableCost {
  readonly bytesPerRow: number;
  readonly bytesPerFile: number;
  readonly nsPerRow: number;
}

/**
 * Work of the kind that rows are made by (integer arithmetic, floating point, tables that stay in the cache), and
 * nothing that a compiler could leave out. Returns what a loop takes, in milliseconds: the median, so that neither
 * compilation counts nor what others do meanwhile, since a loop is shorter than their turns.
 */
export function timeLoop(): number {
  const table = new Float64Array(WORDS);
  const loopMs = new Float64Array(LOOPS);
  let sum = 0;
  for (let i = 0; i < LOOPS; i++) {
    const startedMs = performance.now();
    sum += runLoop(table, i);
    loopMs[i] = performance.now() - startedMs;
  }
  return Number.isNaN(sum) ? Number.NaN : (loopMs.sort()[LOOPS / 2] as number);
}

/** Watches the processors from now on: the answer is how many of them other processes have kept busy since, on average. */
export function watchOthers(): () => number {
  const [startMs, startedBusyMs, startedOwnMs] = [performance.now(), busyMs(), processorMs()];
  return () => {
    const elapsedMs = performance.now() - startMs;
    const othersMs = busyMs() - startedBusyMs - (processorMs() - startedOwnMs);
    return elapsedMs > 0 ? Math.max(0, othersMs / elapsedMs) : 0;
  };
}

/** Processor time of all processes of the machine since it was started. */
function busyMs(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

/** Processor time of this process. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

function runLoop(table: Float64Array, seed: number): number {
  let state = seed | 1;
  let sum = 0;
  for (let i = 0; i < STEPS; i++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    const at = (state >>> 7) & (WORDS - 1);
    const value = (table[at] as number) * 0.5 + (state >>> 0) / 4_294_967_296;
    table[at] = value;
    sum += value;
  }
  return sum;
}
