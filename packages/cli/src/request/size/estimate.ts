import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemeOf, type TablePlan } from '@datagen/core';
import { bytesText } from '@datagen/look/text';
import { baseFolder } from '../../terminal/working-folder.ts';
import type { RunRequest } from '../run-request.ts';
import type { CostBook } from './costs.ts';
import { REFERENCE_LOOP_MS, timeLoop } from './machine.ts';

/** What planned files come to, before a row is made. */
export interface Estimate {
  /** Bytes of data files, by table. */
  readonly byteSizes: readonly number[];
  /** From the start of the command to its end, on this machine, as busy as it is now. */
  readonly ms: number;
}

/** What a command takes before the first row, on a machine of the reference's speed. */
const START_MS = 300;
/** Fewer rows are not worth a thread. */
const ROWS_WORTH_A_THREAD = 250_000;
/** Two threads are 1.7 times as fast as one: they share caches and memory. */
const THREAD_POWER = 0.8;

/** The bytes that some files of a table take: all of them, or those that are missing. */
export async function bytesOf(
  plan: TablePlan,
  files: TablePlan['files'],
  request: RunRequest,
  costs: CostBook,
): Promise<number> {
  const { bytesPerRow, bytesPerFile } = await costs.costOf(plan, request);
  return bytesPerRow * rowsIn(files) + bytesPerFile * files.length;
}

/** What is still to be made, in bytes and time, while others keep so many processors busy. */
export async function estimateMissing(
  plans: readonly TablePlan[],
  request: RunRequest,
  costs: CostBook,
  busyProcessors: number,
): Promise<Estimate> {
  const byteSizes: number[] = [];
  let [ms, rowCount] = [0, 0];
  for (const plan of plans) {
    byteSizes.push(await bytesOf(plan, plan.missing, request, costs));
    const { nsPerRow } = await costs.costOf(plan, request);
    ms += (nsPerRow * plan.missingRowCount) / 1e6;
    rowCount += plan.missingRowCount;
  }
  const cores = availableParallelism();
  const threads = Math.max(1, Math.min(request.maxWorkers ?? cores, rowCount / ROWS_WORTH_A_THREAD));
  // Others that run have their share of the processors; a loop is too short to feel them.
  const share = Math.min(1, cpus().length / (threads + busyProcessors));
  const slowness = timeLoop() / REFERENCE_LOOP_MS;
  return { byteSizes, ms: (slowness * (START_MS + ms / threads ** THREAD_POWER)) / share };
}

/** Bytes that an output on the local file system has left; undefined elsewhere, and where nobody says. */
export async function freeBytes(
  { output }: RunRequest,
  cwd: string | undefined,
): Promise<number | undefined> {
  const uri = output?.uri ?? '.';
  const scheme = schemeOf(uri);
  if (scheme !== undefined && scheme !== 'file') return undefined;
  const from = baseFolder(cwd);
  if (from === undefined) return undefined;
  const folder = scheme === 'file' ? fileURLToPath(uri) : path.resolve(from, uri);
  // The output may not be there yet: the folder it will be made in is.
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch {
      if (path.dirname(at) === at) return undefined;
    }
  }
}

/** A warning where a run is going to fill the disk. */
export function noRoomText(
  { byteSizes }: Pick<Estimate, 'byteSizes'>,
  free: number | undefined,
  { output }: RunRequest,
): string | undefined {
  const byteSize = byteSizes.reduce((sum, size) => sum + size, 0);
  if (free === undefined || byteSize <= free) return undefined;
  const place = output === undefined ? 'this folder' : output.shown;
  return `The disk of ${place} has ${bytesText(free)} left, and about ${bytesText(byteSize)} are to be written: make room, choose another output, or fewer days.`;
}

function rowsIn(files: TablePlan['files']): number {
  return files.reduce((sum, { rowCount }) => sum + rowCount, 0);
}
