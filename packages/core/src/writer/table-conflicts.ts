import { differenceText } from '../dataset/difference.ts';
import type { DatasetIdentity } from '../dataset/generator.ts';
import { type TableDefinition, typeNameOf } from '../dataset/table.ts';
import { DatagenError } from '../support/errors.ts';
import { option, type Sentence, sentence } from '../support/sentence.ts';
import type { WriteMode } from './table-writer.ts';

/** The columns of a table as text, one each: `order_id int64`. */
export function columnTextsOf(table: TableDefinition): readonly string[] {
  return table.schema.fields.map((field) => `${field.name} ${typeNameOf(field)}`);
}

/** Refuses to put rows of a dataset into a table that holds only others, unless the mode allows it. */
export function refuseOtherDataset(
  place: string,
  found: { readonly digests: readonly string[]; readonly datasets: readonly DatasetIdentity[] },
  asked: DatasetIdentity,
  mode: WriteMode,
): void {
  const digest = found.digests.find((each) => each !== asked.digest);
  if (digest === undefined || mode === 'overwrite') return;
  const other = found.datasets.find((dataset) => dataset.digest === digest);
  if (mode !== 'append') {
    const what = other === undefined ? 'it does not say which' : differenceText(other, asked);
    throw tableConflict(
      sentence`${place} holds another dataset: ${what}. Run with the same options to continue it, choose another output, or use ${option('mode', 'append')} to keep both or ${option('mode', 'overwrite')} to replace it.`,
      { place, found: other, asked },
    );
  }
  if (other === undefined || other.generator === asked.generator) return;
  throw tableConflict(
    sentence`Cannot append to ${place}: it holds rows of generator "${other.generator}", and this run is of "${asked.generator}". Choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found: other, asked },
  );
}

/** Refuses to add rows to a table of other columns. */
export function refuseOtherColumns(place: string, found: readonly string[], asked: readonly string[]): void {
  if (asked.join() === found.join()) return;
  const missing = asked.filter((column) => !found.includes(column));
  const surplus = found.filter((column) => !asked.includes(column));
  throw tableConflict(
    sentence`Cannot add to ${place}: its columns are not those of this run (there: ${surplus.join(', ') || 'the same in another order'}; here: ${missing.join(', ') || 'the same in another order'}). Choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found, asked },
  );
}

export function tableConflict(
  message: string | Sentence,
  details: Readonly<Record<string, unknown>>,
): DatagenError {
  return new DatagenError('TABLE_CONFLICT', message, { details });
}
