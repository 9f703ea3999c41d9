import type { Storage } from '../storage/storage.ts';
import type { DataFile } from './table-writer.ts';

/** What a data file brings to the report of the storage it was put into: the thread that did so alone knows it. */
export function storageWarnings({ warnings = [] }: Storage): Pick<DataFile, 'warnings'> {
  return warnings.length === 0 ? {} : { warnings };
}
