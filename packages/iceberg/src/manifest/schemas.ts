import type { AvroField, AvroSchema } from './avro-type.ts';
import { nameOfField } from './field-names.ts';

const required = (id: number, type: AvroSchema): AvroField => ({
  name: nameOfField(id),
  type,
  'field-id': id,
});
const optional = (id: number, type: AvroSchema): AvroField => ({
  ...required(id, ['null', type]),
  default: null,
});
const list = (elementId: number, items: AvroSchema): AvroSchema => ({
  type: 'array',
  items,
  'element-id': elementId,
});
/** A map whose keys are no text is an array of pairs (specification, appendix A). */
const columnMap = (keyId: number, valueId: number, value: AvroSchema): AvroSchema => ({
  type: 'array',
  items: {
    type: 'record',
    name: `k${String(keyId)}_v${String(valueId)}`,
    fields: [required(keyId, 'int'), required(valueId, value)],
  },
  logicalType: 'map',
});

/** The schema of a manifest of version 2 whose partitions are of `partition`, a record. */
export function manifestSchema(partition: AvroSchema): AvroSchema {
  return {
    type: 'record',
    name: 'manifest_entry',
    fields: [
      required(0, 'int'),
      optional(1, 'long'),
      optional(3, 'long'),
      optional(4, 'long'),
      required(2, {
        type: 'record',
        name: 'r2',
        fields: [
          required(134, 'int'),
          required(100, 'string'),
          required(101, 'string'),
          required(102, partition),
          required(103, 'long'),
          required(104, 'long'),
          optional(108, columnMap(117, 118, 'long')),
          optional(109, columnMap(119, 120, 'long')),
          optional(110, columnMap(121, 122, 'long')),
          optional(137, columnMap(138, 139, 'long')),
          optional(125, columnMap(126, 127, 'bytes')),
          optional(128, columnMap(129, 130, 'bytes')),
          optional(131, 'bytes'),
          optional(132, list(133, 'long')),
          optional(135, list(136, 'int')),
          optional(140, 'int'),
          optional(143, 'string'),
        ],
      }),
    ],
  };
}

/** The schema of a manifest list of version 2. */
export const MANIFEST_LIST_SCHEMA: AvroSchema = {
  type: 'record',
  name: 'manifest_file',
  fields: [
    required(500, 'string'),
    required(501, 'long'),
    required(502, 'int'),
    required(517, 'int'),
    required(515, 'long'),
    required(516, 'long'),
    required(503, 'long'),
    required(504, 'int'),
    required(505, 'int'),
    required(506, 'int'),
    required(512, 'long'),
    required(513, 'long'),
    required(514, 'long'),
    optional(
      507,
      list(508, {
        type: 'record',
        name: 'r508',
        fields: [
          required(509, 'boolean'),
          optional(518, 'boolean'),
          optional(510, 'bytes'),
          optional(511, 'bytes'),
        ],
      }),
    ),
    optional(519, 'bytes'),
  ],
};
