import { DatagenError, type ErrorCode, isDatagenError, reasonOf } from '../../support/errors.ts';

/** How many causes of causes go along: a chain may be long, or end in itself. */
const MOST_CAUSES = 5;

/** A `DatagenError` as plain data. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
  /** Where it happened. */
  readonly stack: string;
  readonly cause?: PlainCause;
}

/** Any other error as plain data: of its class only the name is left. */
interface PlainOther {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** As systems and native code give one. */
  readonly code?: string | number;
  readonly cause?: PlainCause;
}

type PlainCause = PlainError | PlainOther;

/** What a thread threw, ready for a structured clone; what is no `DatagenError` becomes `GENERATE_FAILED`. */
export function toPlainError(thrown: unknown, mostCauses = MOST_CAUSES): PlainError {
  const known = isDatagenError(thrown) ? thrown : undefined;
  return {
    code: known?.code ?? 'GENERATE_FAILED',
    message: reasonOf(thrown),
    details: plainDetails(known?.details ?? {}),
    retryable: known?.retryable ?? false,
    stack: fieldsOf(thrown).stack ?? reasonOf(thrown),
    ...causeOf(thrown, mostCauses),
  };
}

/** The error again, with its causes, as it would be without threads. */
export function fromPlainError({
  code,
  message,
  details,
  retryable,
  stack,
  cause,
}: PlainError): DatagenError {
  const options = { details, retryable, ...(cause && { cause: fromPlainCause(cause) }) };
  // Where it happened, not where it was received.
  return Object.assign(new DatagenError(code, message, options), { stack });
}

function causeOf(thrown: unknown, mostCauses: number): { readonly cause?: PlainCause } {
  const { cause } = fieldsOf(thrown);
  if (cause === undefined || mostCauses === 0) return {};
  return {
    cause: isDatagenError(cause) ? toPlainError(cause, mostCauses - 1) : toPlainOther(cause, mostCauses - 1),
  };
}

function toPlainOther(thrown: unknown, mostCauses: number): PlainOther {
  const { name = 'Error', stack, code } = fieldsOf(thrown);
  return {
    name,
    message: reasonOf(thrown),
    ...(stack !== undefined && { stack }),
    ...(code !== undefined && { code }),
    ...causeOf(thrown, mostCauses),
  };
}

function fromPlainCause(plain: PlainCause): Error {
  if ('details' in plain) return fromPlainError(plain);
  const { message, cause, ...fields } = plain;
  const error = new Error(message, cause && { cause: fromPlainCause(cause) });
  return Object.assign(error, fields);
}

/** The fields of an error that are worth keeping, also of one of another realm; none of what is no object. */
function fieldsOf(thrown: unknown): {
  readonly name?: string;
  readonly stack?: string;
  readonly code?: string | number;
  readonly cause?: unknown;
} {
  if (typeof thrown !== 'object' || thrown === null) return {};
  const { name, stack, code, cause } = thrown as Partial<Record<string, unknown>>;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof stack === 'string' && { stack }),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause !== undefined && { cause }),
  };
}

/** Details that cannot be cloned would hide the error they belong to. */
function plainDetails(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return structuredClone(details);
  } catch {
    return {};
  }
}
