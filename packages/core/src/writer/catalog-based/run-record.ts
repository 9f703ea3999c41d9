import { readFileSync } from 'node:fs';
import type { DatasetIdentity } from '../../dataset/generator.ts';
import type { TableChange } from './table-state.ts';

const ENGINE = 'datagen/';

/**
 * What a run says of itself in the metadata of its commit: a run whose answer was lost finds its commit by it, and a run
 * that came second can say who was first.
 */
export interface RunRecord {
  readonly run: string;
  readonly dataset: DatasetIdentity;
  readonly startDate: string;
  readonly endDate: string;
}

/** Who writes, as logs and catalogs name an engine: `datagen/1.2.0`, by the `package.json` of the format's package. */
export function engineName(manifest: URL): string {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return `${ENGINE}${version}`;
}

/** The record of the run that a change belongs to, as JSON. */
export function runRecordText({ runId, dataset, spec }: TableChange): string {
  const { startDate, endDate } = spec;
  const record: RunRecord = { run: runId, dataset, startDate, endDate };
  return JSON.stringify(record);
}

/** The record in a commit of an engine; undefined for a commit of others. */
export function parseRunRecord(engine: unknown, text: unknown): RunRecord | undefined {
  if (typeof engine !== 'string' || !engine.startsWith(ENGINE) || typeof text !== 'string') return undefined;
  return JSON.parse(text) as RunRecord;
}

/** What a run is called in messages. */
export function runName({ run, dataset }: RunRecord): string {
  return `run ${run} of generator "${dataset.generator}"`;
}
