/** A type as JSON writes it: the name of a primitive one, such as `long` or `decimal(12,2)`, or a nested type. */
export type Type = string | StructType | ListType | MapType;

/** A column, or a field of a struct (specification, "Nested Types"). */
export interface NestedField {
  readonly id: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: Type;
  readonly doc?: string;
}

export interface StructType {
  readonly type: 'struct';
  readonly fields: readonly NestedField[];
}

export interface ListType {
  readonly type: 'list';
  readonly 'element-id': number;
  readonly element: Type;
  readonly 'element-required': boolean;
}

export interface MapType {
  readonly type: 'map';
  readonly 'key-id': number;
  readonly key: Type;
  readonly 'value-id': number;
  readonly value: Type;
  readonly 'value-required': boolean;
}

/** The columns of a table (specification, appendix C, "Schemas"). */
export interface Schema extends StructType {
  readonly 'schema-id': number;
  /** The columns that tell rows apart, as a primary key does. */
  readonly 'identifier-field-ids'?: readonly number[];
}
