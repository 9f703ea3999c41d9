import type { PlannedFile } from '../plan/planned-file.ts';
import { DatagenError, type ErrorCode, isDatagenError, reasonOf } from '../support/errors.ts';
import { type Sentence, sentence } from '../support/sentence.ts';

/**
 * What a writer of data files threw, with the table and the blocks that it belongs to: an encoder knows neither. Codes,
 * details and options that a sentence speaks of are kept, and the original is the cause. Returns what names its table
 * or path itself, and what is true of all files alike, as it is.
 */
export function nameFailure({ table, firstBlock, lastBlock }: PlannedFile, thrown: unknown): unknown {
  const known = isDatagenError(thrown) ? thrown : undefined;
  const details = known?.details ?? {};
  if (known !== undefined && saysEnough(known.code, details)) return known;
  const reason = (details['sentence'] as Sentence | undefined) ?? reasonOf(thrown);
  return new DatagenError(
    known?.code ?? 'ENCODE_FAILED',
    sentence`Cannot write the file of \`${table}\` with blocks ${firstBlock} to ${lastBlock}: ${reason}`,
    {
      cause: thrown,
      details: { ...details, table, firstBlock, lastBlock },
      retryable: known?.retryable ?? false,
    },
  );
}

function saysEnough(code: ErrorCode, details: DatagenError['details']): boolean {
  if (code === 'ABORTED' || code === 'MISSING_DEPENDENCY') return true;
  return details['table'] !== undefined || (code === 'STORAGE_FAILED' && details['path'] !== undefined);
}
