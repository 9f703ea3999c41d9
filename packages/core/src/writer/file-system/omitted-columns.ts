import type { TableDefinition } from '../../dataset/table.ts';
import { isTimeUnit } from '../../plan/partition-spec.ts';
import { DatagenError } from '../../support/errors.ts';

/** The columns that hive folders hold in place of the files. Refuses a time unit that would hide a column of its name. */
export function omittedColumnsOf(table: TableDefinition, components: readonly string[]): readonly string[] {
  const names = table.schema.names.map(String);
  const hidden = components.find((name) => names.includes(name) && isTimeUnit(name));
  if (hidden !== undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Cannot partition \`${table.name}\` by \`${hidden}\`: readers would take its folders for the column of that name.`,
      { details: { table: table.name, column: hidden } },
    );
  }
  return components.filter((name) => names.includes(name));
}
