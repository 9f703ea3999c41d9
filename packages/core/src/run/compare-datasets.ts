import { differenceText } from '../dataset/difference.ts';
import type { DatasetGenerator, DatasetIdentity } from '../dataset/generator.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { DatagenError } from '../support/errors.ts';
import { option, sentence } from '../support/sentence.ts';
import type { TableWriter } from '../writer/table-writer.ts';
import type { ResolvedRun } from './options.ts';

/**
 * Compares the datasets of all tables of an output, because foreign keys cross tables. Throws `TABLE_CONFLICT` where
 * the run would put its tables beside tables of another dataset, and returns sentences on what breaks where the mode
 * allows that. Tables that the run writes are refused by the writer itself.
 */
export async function compareDatasets(
  generator: DatasetGenerator,
  writer: TableWriter,
  { tables, mode, dataset }: ResolvedRun,
): Promise<readonly string[]> {
  if (writer.datasetsOf === undefined) return [];
  const warnings: string[] = [];
  for (const table of generator.tables) {
    const found = await writer.datasetsOf(table);
    const others = found.filter(({ digest }) => digest !== dataset.digest);
    const [other] = others;
    if (other === undefined) continue;
    const isWritten = tables.includes(table);
    if (isWritten) {
      if (mode === 'append') warnings.push(repeatedKeys(table));
      continue;
    }
    if (others.length < found.length) continue;
    if (mode === 'error' || mode === 'overwrite-window')
      throw conflict(writer, table, other, dataset, tables);
    warnings.push(brokenKeys(generator, table, tables));
  }
  return warnings;
}

function repeatedKeys({ name, primaryKey }: TableDefinition): string {
  return `\`${name}\` holds rows of more than one dataset now: values of its key (${primaryKey.join(', ')}) repeat.`;
}

/** What rows of a table that keeps another dataset have to do with the tables that are written. */
function brokenKeys(
  { tables }: DatasetGenerator,
  kept: TableDefinition,
  written: readonly TableDefinition[],
): string {
  const names = (found: readonly TableDefinition[]) => found.map(({ name }) => `\`${name}\``).join(', ');
  const parents = written.filter(({ name }) => kept.foreignKeys.some((key) => key.table === name));
  const children = written.filter(({ foreignKeys }) => foreignKeys.some((key) => key.table === kept.name));
  const problems = [
    ...(parents.length > 0
      ? [`its rows refer to rows of ${names(parents)} that may not be there any more`]
      : []),
    ...(children.length > 0 ? [`rows of ${names(children)} refer to rows of it that are not there`] : []),
  ];
  const consequence = problems.length > 0 ? `: ${problems.join(', and ')}` : '';
  return `\`${kept.name}\` keeps another dataset than ${names(written)}${consequence}. Write all of ${names(tables)} to keep them together.`;
}

function conflict(
  { outputUri }: TableWriter,
  table: TableDefinition,
  found: DatasetIdentity,
  asked: DatasetIdentity,
  written: readonly TableDefinition[],
): DatagenError {
  const names = written.map(({ name }) => name).join(', ');
  return new DatagenError(
    'TABLE_CONFLICT',
    sentence`${outputUri} holds \`${table.name}\` of another dataset, to which rows of ${names} would not fit: ${differenceText(found, asked)}. Run with the same options to continue it, choose another output, or write all tables with ${option('mode', 'overwrite')}.`,
    { details: { table: table.name, found, asked } },
  );
}
