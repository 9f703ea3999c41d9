import { PartitionSpec, writeDataset } from '@datagen/core';
import { docOf, typeNameOf } from '@datagen/core/generator';
import type { TableDefinition } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { python } from '../../readers/pyarrow.ts';
import {
  CATALOGS,
  createLake,
  inCatalog,
  inLake,
  isTestable,
  type TestLake,
  usePostgresql,
  writerOf,
} from './lakes/lakes.ts';

usePostgresql();

/** The tables of a catalog (specification, "Tables"), without their prefix. */
const TABLES =
  'metadata snapshot snapshot_changes schema table view tag column_tag data_file delete_file file_column_stats file_variant_stats column table_stats table_column_stats partition_info partition_column file_partition_value schema_versions files_scheduled_for_deletion inlined_data_tables column_mapping name_mapping macro macro_impl macro_parameters sort_info sort_expression'.split(
    ' ',
  );

const TYPES: Readonly<Record<string, string>> = {
  int64: 'BIGINT',
  int32: 'INTEGER',
  float64: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMPTZ',
  text: 'VARCHAR',
};

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 40 });
const partitionSpec = new PartitionSpec({
  startDate: '2026-01-30',
  endDate: '2026-02-02',
  partitionBy: ['month', 'group'],
});

const textOf = (value: unknown) => (value as { toString(): string }).toString();
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** What a user of the extension would type for a table. */
function statementsFor({
  name,
  description,
  schema,
  sortedBy,
  timeColumn,
}: TableDefinition): readonly string[] {
  const columns = schema.fields.map((field) => {
    const type = typeNameOf(field);
    return `"${field.name}" ${TYPES[type] ?? type}${field.nullable ? '' : ' NOT NULL'}`;
  });
  return [
    `CREATE TABLE lake.${name} (${columns.join(', ')})`,
    `COMMENT ON TABLE lake.${name} IS ${text(description)}`,
    ...schema.fields.map(
      (field) => `COMMENT ON COLUMN lake.${name}."${field.name}" IS ${text(docOf(field))}`,
    ),
    `ALTER TABLE lake.${name} SET SORTED BY (${(sortedBy ?? []).map((column) => `"${column}" ASC`).join(', ')})`,
    ...(timeColumn === undefined
      ? []
      : [`ALTER TABLE lake.${name} SET PARTITIONED BY (year(${timeColumn}), month(${timeColumn}), "group")`]),
  ];
}

/** The same tables and rows, by the extension in one transaction. */
async function writeByExtension(lake: TestLake, ours: TestLake): Promise<void> {
  const files = new Map<string, readonly string[]>();
  for (const { name } of generator.tables)
    files.set(
      name,
      await inLake(ours, async (attached) =>
        (await attached.query(`FROM ducklake_list_files('lake', '${name}')`)).map((row) =>
          String(row['data_file']),
        ),
      ),
    );
  await inLake(
    lake,
    async (attached) => {
      await attached.query('SET threads = 1');
      await attached.query('BEGIN');
      for (const table of generator.tables)
        for (const statement of statementsFor(table)) await attached.query(statement);
      for (const [name, paths] of files) {
        const list = paths.map(text).join(', ');
        await attached.query(
          `INSERT INTO lake.${name} SELECT * FROM read_parquet([${list}], hive_partitioning = false)`,
        );
      }
      await attached.query('COMMIT');
    },
    `(DATA_PATH '${lake.place}/', DATA_INLINING_ROW_LIMIT 0)`,
  );
}

type Row = Readonly<Record<string, unknown>>;

/** What cannot be the same: times, uuids, names and sizes of files, and who wrote. */
const DIFFERENT = [
  'snapshot_time',
  'schema_uuid',
  'table_uuid',
  'file_size_bytes',
  'footer_size',
  'column_size_bytes',
  'row_id_start',
  'author',
  'commit_message',
  'commit_extra_info',
];

/** The rows of all 28 tables, ids replaced by what they are of, in an order of their own. */
async function contentsOf(lake: TestLake): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, readonly Row[]> = {};
  for (const name of TABLES) all[name] = await inCatalog(lake, `SELECT * FROM ducklake_${name}`);
  const names = new Map(all['table']?.map((row) => [String(row['table_id']), row['table_name']]));
  const tableOf = (id: unknown) => names.get(String(id)) ?? id;
  const partitions = new Map<string, string>();
  for (const row of all['data_file'] ?? [])
    partitions.set(String(row['data_file_id']), String(tableOf(row['table_id'])));
  for (const row of [...(all['file_partition_value'] ?? [])].sort(
    (a, b) => Number(a['partition_key_index']) - Number(b['partition_key_index']),
  )) {
    const id = String(row['data_file_id']);
    partitions.set(id, `${partitions.get(id) ?? ''}/${String(row['partition_value'])}`);
  }
  const normal = (name: string, row: Row) => {
    const cells = Object.entries(row)
      .filter(([column]) => !DIFFERENT.includes(column))
      .map(([column, value]): [string, unknown] => {
        if (column === 'table_id' || column === 'object_id') return [column, tableOf(value)];
        if (column === 'data_file_id') return [column, partitions.get(String(value)) ?? value];
        if (column === 'partition_id' || column === 'sort_id') return [column, value === null ? null : 'id'];
        if (column === 'path' && name === 'data_file') return [column, 'file'];
        if (column === 'changes_made')
          return [
            column,
            String(value)
              .split(',')
              .filter((change) => !change.startsWith('altered_table:'))
              .map((change) => change.replace(/:(\d+)$/, (_, id) => `:${String(tableOf(id))}`))
              .sort(),
          ];
        const isFlag = /^(path_is_relative|nulls_allowed|contains_\w+)$/.test(column);
        if (isFlag && value !== null)
          return [column, value === true || value === 'true' || Number(value) === 1];
        return [column, value === null ? null : textOf(value)];
      });
    return JSON.stringify(Object.fromEntries(cells));
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, rows]) => [
      name,
      rows
        .filter((row) => !String(row['key']).startsWith('datagen.'))
        .filter((row) => !['created_by', 'data_path'].includes(String(row['key'])))
        .map((row) => normal(name, row))
        .sort(),
    ]),
  );
}

describe('a catalog that datagen makes', () => {
  for (const kind of CATALOGS)
    (python !== '' && isTestable(kind) ? it : it.skip)(
      `has the rows that DuckDB's extension writes for the same tables, in all 28 of its own: ${kind}`,
      async () => {
        const [ours, theirs] = [await createLake(kind), await createLake(kind)];
        await writeDataset(generator, writerOf(ours), { partitionSpec, maxWorkers: 1 });
        await writeByExtension(theirs, ours);
        const [found, expected] = [await contentsOf(ours), await contentsOf(theirs)];
        expect(expected['data_file']?.length).toBe(7);
        for (const name of TABLES) expect([name, found[name]]).toEqual([name, expected[name]]);
      },
      120_000,
    );
});
