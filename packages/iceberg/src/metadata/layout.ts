/** One value of a partition: what a transform makes of a column (specification, appendix C, "Partition Specs"). */
export interface PartitionField {
  readonly name: string;
  /** Such as `identity`, `day` or `bucket[16]`. */
  readonly transform: string;
  readonly 'source-id': number;
  /** From 1000 up, and never used again. */
  readonly 'field-id': number;
}

/** How a table's rows are kept apart; without fields they are not. */
export interface PartitionSpec {
  readonly 'spec-id': number;
  readonly fields: readonly PartitionField[];
}

export interface SortField {
  readonly transform: string;
  readonly 'source-id': number;
  readonly direction: 'asc' | 'desc';
  readonly 'null-order': 'nulls-first' | 'nulls-last';
}

/** The order of the rows in a data file; 0 is the order that has no fields (specification, "Sorting"). */
export interface SortOrder {
  readonly 'order-id': number;
  readonly fields: readonly SortField[];
}
