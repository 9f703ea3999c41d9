import {
  DatagenError,
  type DatasetIdentity,
  type OpenTableOptions,
  option,
  type Sentence,
  sentence,
  type Storage,
  type TableDefinition,
  typeNameOf,
} from '@datagen/core/writer';
import { datasetIn } from '../data-file/dataset-metadata.ts';
import { type Footer, readFooter } from '../data-file/footer.ts';
import type { FoundFile, TableFolder } from './table-folder.ts';

/** Refuses what the mode does not allow to be in a table's folder; opens one file per foreign dataset. */
export async function refuseConflicts(
  storage: Storage,
  found: TableFolder,
  table: TableDefinition,
  { spec, mode, dataset }: OpenTableOptions,
): Promise<void> {
  if (mode === 'overwrite') return;
  const place = `${storage.uri}/${found.folder}`;
  refuseForeignFiles(place, found);
  refuseOtherLayout(place, found, spec.componentsFor(table));
  const others = new Map(found.ours.map((file) => [file.range.digest, file]));
  others.delete(dataset.digest);
  for (const file of others.values()) {
    const footer = await readFooter(file.path, (count) => storage.read(file.path, -count));
    if (mode === 'error') throw otherDataset(place, file, datasetIn(footer.keyValues), dataset);
    refuseOtherGenerator(place, datasetIn(footer.keyValues), dataset);
    refuseOtherColumns(place, file, footer, table);
  }
}

function refuseForeignFiles(place: string, { foreign }: TableFolder): void {
  const [first] = foreign;
  if (first === undefined) return;
  const count = foreign.length === 1 ? 'a Parquet file' : `${foreign.length} Parquet files`;
  throw conflict(
    `${place} holds ${count} that datagen did not write (${first}).`,
    sentence`Choose another output, or replace all of them with ${option('mode', 'overwrite')}.`,
    { place, foreign },
  );
}

function refuseOtherLayout(place: string, { ours }: TableFolder, asked: readonly string[]): void {
  const other = ours.find(({ partitionNames }) => partitionNames.join() !== asked.join());
  if (other === undefined) return;
  throw conflict(
    `${place} is partitioned by ${layoutText(other.partitionNames)}, and this run asks for ${layoutText(asked)}.`,
    sentence`Use the same partitioning, choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found: other.partitionNames, asked },
  );
}

function layoutText(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(',');
}

function otherDataset(
  place: string,
  file: FoundFile,
  found: DatasetIdentity | undefined,
  asked: DatasetIdentity,
): DatagenError {
  return conflict(
    `${place} holds another dataset: ${found === undefined ? `${file.path} does not say which` : differenceText(found, asked)}.`,
    sentence`Run with the same options to continue it, choose another output, or use ${option('mode', 'append')} to keep both or ${option('mode', 'overwrite')} to replace it.`,
    { place, found, asked },
  );
}

function differenceText(found: DatasetIdentity, asked: DatasetIdentity): string {
  if (found.generator !== asked.generator)
    return `generator "${found.generator}", and this run is of "${asked.generator}"`;
  if (found.version !== asked.version) {
    return `version ${found.version} of generator "${found.generator}", and this run is of version ${asked.version}`;
  }
  const names = [...new Set([...Object.keys(found.options), ...Object.keys(asked.options)])];
  const [there, here] = [found, asked].map(({ options }) =>
    names
      .filter((name) => JSON.stringify(found.options[name]) !== JSON.stringify(asked.options[name]))
      .map((name) => `${name} ${name in options ? JSON.stringify(options[name]) : 'unset'}`)
      .join(', '),
  );
  return `generator "${found.generator}" with ${there ?? ''}, and this run has ${here ?? ''}`;
}

function refuseOtherGenerator(
  place: string,
  found: DatasetIdentity | undefined,
  asked: DatasetIdentity,
): void {
  if (found?.generator === asked.generator) return;
  throw conflict(
    `Cannot append to ${place}: it holds rows of ${found === undefined ? 'an unknown generator' : `generator "${found.generator}"`},`,
    sentence`and this run is of "${asked.generator}". Choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found, asked },
  );
}

function refuseOtherColumns(place: string, file: FoundFile, footer: Footer, table: TableDefinition): void {
  const asked = table.schema.fields
    .filter(({ name }) => !file.partitionNames.includes(name))
    .map((field) => `${field.name} ${typeNameOf(field)}`);
  const found = footer.columnTypes.map(([name, type]) => `${name} ${type}`);
  if (asked.join() === found.join()) return;
  const missing = asked.filter((column) => !found.includes(column));
  const surplus = found.filter((column) => !asked.includes(column));
  throw conflict(
    `Cannot append to ${place}: its columns are not those of this run ` +
      `(there: ${surplus.join(', ') || 'the same in another order'}; here: ${missing.join(', ') || 'the same in another order'}).`,
    sentence`Choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found, asked },
  );
}

function conflict(message: string, advice: Sentence, details: Record<string, unknown>): DatagenError {
  return new DatagenError('TABLE_CONFLICT', sentence`${message} ${advice}`, { details });
}
