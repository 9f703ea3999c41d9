/** The names of fields by their ids, of all versions of the specification. */
const NAMES: Readonly<Record<number, string>> = {
  // Manifest entries
  0: 'status',
  1: 'snapshot_id',
  2: 'data_file',
  3: 'sequence_number',
  4: 'file_sequence_number',
  // Data files
  100: 'file_path',
  101: 'file_format',
  102: 'partition',
  103: 'record_count',
  104: 'file_size_in_bytes',
  108: 'column_sizes',
  109: 'value_counts',
  110: 'null_value_counts',
  125: 'lower_bounds',
  128: 'upper_bounds',
  131: 'key_metadata',
  132: 'split_offsets',
  134: 'content',
  135: 'equality_ids',
  137: 'nan_value_counts',
  140: 'sort_order_id',
  143: 'referenced_data_file',
  // Keys and values of maps
  ...Object.fromEntries([117, 119, 121, 126, 129, 138].map((id) => [id, 'key'])),
  ...Object.fromEntries([118, 120, 122, 127, 130, 139].map((id) => [id, 'value'])),
  // Manifest lists
  500: 'manifest_path',
  501: 'manifest_length',
  502: 'partition_spec_id',
  503: 'added_snapshot_id',
  504: 'added_files_count',
  505: 'existing_files_count',
  506: 'deleted_files_count',
  507: 'partitions',
  509: 'contains_null',
  510: 'lower_bound',
  511: 'upper_bound',
  512: 'added_rows_count',
  513: 'existing_rows_count',
  514: 'deleted_rows_count',
  515: 'sequence_number',
  516: 'min_sequence_number',
  517: 'content',
  518: 'contains_nan',
  519: 'key_metadata',
};

/** What a field is called in records: by the specification, or `f1000` for one that it has no name for. */
export function nameOfField(id: number): string {
  return NAMES[id] ?? `f${String(id)}`;
}
