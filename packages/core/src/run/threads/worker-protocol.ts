import type { ModuleRef } from '../../support/module-ref.ts';
import type { DataFile } from '../../writer/table-writer.ts';
import type { FileJob } from '../file-job.ts';
import type { PlainError } from './plain-error.ts';

/** What a worker thread is asked to do. Plain data; the control block is shared with the main thread. */
export interface WorkerTask {
  /** The plug-in that makes the generator, and what its `create` takes. */
  readonly generator: ModuleRef;
  /** Of the run: a thread takes one that no other has taken, and another when it is done. */
  readonly bundles: readonly (readonly PlacedJob[])[];
  readonly control: Int32Array;
  /** Number of the thread in the run, from 0. */
  readonly thread: number;
}

/** A file with its place in the control block. */
export interface PlacedJob extends FileJob {
  readonly slot: number;
}

/** What comes back: errors as plain data, since a structured clone keeps neither their class nor their code. */
export type WorkerResult = { readonly files: readonly DataFile[] } | { readonly error: PlainError };

/** Cells; those of the files follow, and two for each thread from the end. */
const [STOP, NEXT_BUNDLE, FIRST_FILE] = [0, 1, 2];

/**
 * Memory that all threads of a run share: whether to stop, which bundle is next, the block that each thread is at and
 * the rows made of each file. So threads need no messages to share the work, progress costs nothing, and a dead
 * thread's last block is known.
 */
export class RunControl {
  readonly cells: Int32Array;

  constructor(cells: Int32Array) {
    this.cells = cells;
  }

  static create(threadCount: number, fileCount: number): RunControl {
    const cellCount = FIRST_FILE + fileCount + 2 * threadCount;
    return new RunControl(new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT)));
  }

  stop(): void {
    Atomics.store(this.cells, STOP, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.cells, STOP) === 1;
  }

  /** Begins with the first bundle of other ones. */
  restart(): void {
    Atomics.store(this.cells, NEXT_BUNDLE, 0);
  }

  /** Position of a bundle that is the caller's from now on; past the last one when none is left. */
  takeBundle(): number {
    return Atomics.add(this.cells, NEXT_BUNDLE, 1);
  }

  addRows(slot: number, rowCount: number): void {
    Atomics.add(this.cells, FIRST_FILE + slot, rowCount);
  }

  rowCount(slot: number): number {
    return Atomics.load(this.cells, FIRST_FILE + slot);
  }

  beginBlock(thread: number, slot: number, index: number): void {
    const cell = this.#cellOf(thread);
    Atomics.store(this.cells, cell + 1, index);
    Atomics.store(this.cells, cell, slot + 1);
  }

  /** The file that a thread was at last, and the place of the block in it; undefined before the first one. */
  placeOf(thread: number): { readonly slot: number; readonly index: number } | undefined {
    const cell = this.#cellOf(thread);
    const slot = Atomics.load(this.cells, cell) - 1;
    return slot < 0 ? undefined : { slot, index: Atomics.load(this.cells, cell + 1) };
  }

  #cellOf(thread: number): number {
    return this.cells.length - 2 * (thread + 1);
  }
}
