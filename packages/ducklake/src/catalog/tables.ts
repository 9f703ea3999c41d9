import type { SqlColumn, SqlTable, SqlType } from '@datagen/sql';

/** The version of the DuckLake specification that these tables are of. */
export const CATALOG_VERSION = '1.0';

const DELETED = 'begin_snapshot BIGINT, end_snapshot BIGINT';
const FILE_STATISTICS =
  'column_size_bytes BIGINT, value_count BIGINT, null_count BIGINT, min_value VARCHAR, max_value VARCHAR, contains_nan BOOLEAN, extra_stats VARCHAR';

/**
 * The tables of a catalog, their columns in the order of DuckDB's extension, which inserts by position
 * (specification, "Tables").
 */
export const TABLES = {
  metadata: table('metadata', 'key VARCHAR NOT NULL, value VARCHAR NOT NULL, scope VARCHAR, scope_id BIGINT'),
  snapshot: table(
    'snapshot',
    'snapshot_id BIGINT PRIMARY KEY, snapshot_time TIMESTAMPTZ, schema_version BIGINT, next_catalog_id BIGINT, next_file_id BIGINT',
  ),
  snapshotChanges: table(
    'snapshot_changes',
    'snapshot_id BIGINT PRIMARY KEY, changes_made VARCHAR, author VARCHAR, commit_message VARCHAR, commit_extra_info VARCHAR',
  ),
  schema: table(
    'schema',
    `schema_id BIGINT PRIMARY KEY, schema_uuid UUID, ${DELETED}, schema_name VARCHAR, path VARCHAR, path_is_relative BOOLEAN`,
  ),
  table: table(
    'table',
    `table_id BIGINT, table_uuid UUID, ${DELETED}, schema_id BIGINT, table_name VARCHAR, path VARCHAR, path_is_relative BOOLEAN`,
  ),
  view: table(
    'view',
    `view_id BIGINT, view_uuid UUID, ${DELETED}, schema_id BIGINT, view_name VARCHAR, dialect VARCHAR, sql VARCHAR, column_aliases VARCHAR`,
  ),
  tag: table('tag', `object_id BIGINT, ${DELETED}, key VARCHAR, value VARCHAR`),
  columnTag: table('column_tag', `table_id BIGINT, column_id BIGINT, ${DELETED}, key VARCHAR, value VARCHAR`),
  dataFile: table(
    'data_file',
    `data_file_id BIGINT PRIMARY KEY, table_id BIGINT, ${DELETED}, file_order BIGINT, path VARCHAR, path_is_relative BOOLEAN, file_format VARCHAR, record_count BIGINT, file_size_bytes BIGINT, footer_size BIGINT, row_id_start BIGINT, partition_id BIGINT, encryption_key VARCHAR, mapping_id BIGINT, partial_max BIGINT`,
  ),
  deleteFile: table(
    'delete_file',
    `delete_file_id BIGINT PRIMARY KEY, table_id BIGINT, ${DELETED}, data_file_id BIGINT, path VARCHAR, path_is_relative BOOLEAN, format VARCHAR, delete_count BIGINT, file_size_bytes BIGINT, footer_size BIGINT, encryption_key VARCHAR, partial_max BIGINT`,
  ),
  fileColumnStats: table(
    'file_column_stats',
    `data_file_id BIGINT, table_id BIGINT, column_id BIGINT, ${FILE_STATISTICS}`,
  ),
  fileVariantStats: table(
    'file_variant_stats',
    `data_file_id BIGINT, table_id BIGINT, column_id BIGINT, variant_path VARCHAR, shredded_type VARCHAR, ${FILE_STATISTICS}`,
  ),
  column: table(
    'column',
    `column_id BIGINT, ${DELETED}, table_id BIGINT, column_order BIGINT, column_name VARCHAR, column_type VARCHAR, initial_default VARCHAR, default_value VARCHAR, nulls_allowed BOOLEAN, parent_column BIGINT, default_value_type VARCHAR, default_value_dialect VARCHAR`,
  ),
  tableStats: table(
    'table_stats',
    'table_id BIGINT, record_count BIGINT, next_row_id BIGINT, file_size_bytes BIGINT',
  ),
  tableColumnStats: table(
    'table_column_stats',
    'table_id BIGINT, column_id BIGINT, contains_null BOOLEAN, contains_nan BOOLEAN, min_value VARCHAR, max_value VARCHAR, extra_stats VARCHAR',
  ),
  partitionInfo: table('partition_info', `partition_id BIGINT, table_id BIGINT, ${DELETED}`),
  partitionColumn: table(
    'partition_column',
    'partition_id BIGINT, table_id BIGINT, partition_key_index BIGINT, column_id BIGINT, transform VARCHAR',
  ),
  filePartitionValue: table(
    'file_partition_value',
    'data_file_id BIGINT, table_id BIGINT, partition_key_index BIGINT, partition_value VARCHAR',
  ),
  schemaVersions: table('schema_versions', 'begin_snapshot BIGINT, schema_version BIGINT, table_id BIGINT'),
  filesScheduledForDeletion: table(
    'files_scheduled_for_deletion',
    'data_file_id BIGINT, path VARCHAR, path_is_relative BOOLEAN, schedule_start TIMESTAMPTZ',
  ),
  inlinedDataTables: table(
    'inlined_data_tables',
    'table_id BIGINT, table_name VARCHAR, schema_version BIGINT',
  ),
  columnMapping: table('column_mapping', 'mapping_id BIGINT, table_id BIGINT, type VARCHAR'),
  nameMapping: table(
    'name_mapping',
    'mapping_id BIGINT, column_id BIGINT, source_name VARCHAR, target_field_id BIGINT, parent_column BIGINT, is_partition BOOLEAN',
  ),
  macro: table('macro', `schema_id BIGINT, macro_id BIGINT, macro_name VARCHAR, ${DELETED}`),
  macroImpl: table(
    'macro_impl',
    'macro_id BIGINT, impl_id BIGINT, dialect VARCHAR, sql VARCHAR, type VARCHAR',
  ),
  macroParameters: table(
    'macro_parameters',
    'macro_id BIGINT, impl_id BIGINT, column_id BIGINT, parameter_name VARCHAR, parameter_type VARCHAR, default_value VARCHAR, default_value_type VARCHAR',
  ),
  sortInfo: table('sort_info', `sort_id BIGINT, table_id BIGINT, ${DELETED}`),
  sortExpression: table(
    'sort_expression',
    'sort_id BIGINT, table_id BIGINT, sort_key_index BIGINT, expression VARCHAR, dialect VARCHAR, sort_direction VARCHAR, null_order VARCHAR',
  ),
} as const;

function table(name: string, columns: string): SqlTable {
  return {
    name: `ducklake_${name}`,
    columns: columns.split(', ').map((text): SqlColumn => {
      const [column = '', type, ...rest] = text.split(' ');
      const constraint = rest.join(' ') as NonNullable<SqlColumn['constraint']> | '';
      return { name: column, type: type as SqlType, ...(constraint !== '' && { constraint }) };
    }),
  };
}
