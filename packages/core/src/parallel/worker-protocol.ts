import { DatagenError, type ErrorCode, reasonOf } from '../errors.ts';
import type { ModuleRef } from '../module-ref.ts';
import type { DataFile } from '../writer.ts';
import type { FileJob } from './file-job.ts';

/** What a worker thread is asked to do. Plain data; the control block is shared with the main thread. */
export interface WorkerTask {
  /** The plug-in that makes the generator, and what its `create` takes. */
  readonly generator: ModuleRef;
  /** Made one after the other. */
  readonly jobs: readonly PlacedJob[];
  readonly control: Int32Array;
}

/** A file with its place in the control block. */
export interface PlacedJob extends FileJob {
  readonly slot: number;
}

/** What comes back: errors as plain data, since a structured clone keeps neither their class nor their code. */
export type WorkerResult = { readonly files: readonly DataFile[] } | { readonly error: PlainError };

export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
  /** Stack of the error and of what caused it. */
  readonly stack: string;
}

/**
 * Memory that all threads of a run share: whether to stop, and for every file the rows made and the block under way,
 * so that progress needs no messages and a dead worker's last block is known.
 */
export class RunControl {
  readonly cells: Int32Array;

  constructor(cells: Int32Array) {
    this.cells = cells;
  }

  static create(jobCount: number): RunControl {
    return new RunControl(
      new Int32Array(new SharedArrayBuffer((1 + 2 * jobCount) * Int32Array.BYTES_PER_ELEMENT)),
    );
  }

  stop(): void {
    Atomics.store(this.cells, 0, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.cells, 0) === 1;
  }

  addRows(slot: number, rowCount: number): void {
    Atomics.add(this.cells, 1 + 2 * slot, rowCount);
  }

  rowCount(slot: number): number {
    return Atomics.load(this.cells, 1 + 2 * slot);
  }

  beginBlock(slot: number, index: number): void {
    Atomics.store(this.cells, 2 + 2 * slot, index + 1);
  }

  /** Place in its file of the block that was begun last; -1 before the first and after the last one. */
  blockIndex(slot: number): number {
    return Atomics.load(this.cells, 2 + 2 * slot) - 1;
  }

  endFile(slot: number): void {
    Atomics.store(this.cells, 2 + 2 * slot, 0);
  }
}

export function toPlainError(thrown: unknown): PlainError {
  const known = thrown instanceof DatagenError ? thrown : undefined;
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const cause =
    known?.cause instanceof Error ? `\n  caused by ${known.cause.stack ?? known.cause.message}` : '';
  return {
    code: known?.code ?? 'GENERATE_FAILED',
    message: reasonOf(thrown),
    details: plainDetails(known?.details ?? {}),
    retryable: known?.retryable ?? false,
    stack: stack + cause,
  };
}

export function fromPlainError({ code, message, details, retryable, stack }: PlainError): DatagenError {
  const error = new DatagenError(code, message, { details, retryable });
  // Where it happened, not where it was received.
  error.stack = stack;
  return error;
}

/** Details that cannot be cloned would hide the error they belong to. */
function plainDetails(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return structuredClone(details);
  } catch {
    return {};
  }
}
