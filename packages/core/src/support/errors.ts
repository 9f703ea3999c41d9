import { type Sentence, sentenceText } from './sentence.ts';

/**
 * What went wrong, in kinds a program can act on. New packages reuse these; the message carries the rest.
 *
 * - `INVALID_OPTION` an option, flag, config key or date that cannot be used
 * - `UNKNOWN_NAME` a plug-in, table, column or preset that does not exist
 * - `INVALID_PLUGIN` a generator or writer that breaks the contract of its interface
 * - `TABLE_CONFLICT` the table holds another dataset, or is laid out in another way
 * - `COMMIT_CONFLICT` somebody else changed the table between reading and committing
 * - `STORAGE_FAILED` a file could not be listed, read, written or removed
 * - `ENCODE_FAILED` rows could not be turned into a data file, or a data file not be read back
 * - `GENERATE_FAILED` a generator threw while it made a block
 * - `MISSING_DEPENDENCY` an optional package is not installed
 * - `ABORTED` the run was interrupted
 */
export type ErrorCode =
  | 'INVALID_OPTION'
  | 'UNKNOWN_NAME'
  | 'INVALID_PLUGIN'
  | 'TABLE_CONFLICT'
  | 'COMMIT_CONFLICT'
  | 'STORAGE_FAILED'
  | 'ENCODE_FAILED'
  | 'GENERATE_FAILED'
  | 'MISSING_DEPENDENCY'
  | 'ABORTED';

export interface DatagenErrorOptions {
  readonly cause?: unknown;
  /** Plain values a program may want beside the sentence: the option's name, the path, the digest found. */
  readonly details?: Readonly<Record<string, unknown>>;
  /**
   * Whether the same call may succeed later with nothing changed.
   * @default false
   */
  readonly retryable?: boolean;
}

/**
 * Every error datagen throws on purpose. The message says what was expected, what came and what to do; one that speaks
 * of options is given as a `sentence`, whose parts are kept as `details.sentence`.
 */
export class DatagenError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string | Sentence, options: DatagenErrorOptions = {}) {
    super(sentenceText(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DatagenError';
    this.code = code;
    this.details = { ...options.details, ...(typeof message !== 'string' && { sentence: message }) };
    this.retryable = options.retryable ?? false;
  }
}

/** Whether something thrown is a `DatagenError`, also one of another copy of this package or of another realm. */
export function isDatagenError(thrown: unknown): thrown is DatagenError {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'name' in thrown &&
    thrown.name === 'DatagenError' &&
    'code' in thrown
  );
}

/** The text of anything that was thrown, for use inside a longer sentence. */
export function reasonOf(thrown: unknown): string {
  const message =
    typeof thrown === 'object' && thrown !== null ? (thrown as { message?: unknown }).message : undefined;
  return typeof message === 'string' ? message : String(thrown);
}

/** Throws `ABORTED` once the signal has fired; call it between batches and files. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DatagenError('ABORTED', 'The run was interrupted.');
}
