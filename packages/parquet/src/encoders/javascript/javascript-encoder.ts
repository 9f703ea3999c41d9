import type { ParquetEnvelopeWriter } from '@dsnp/parquetjs';
import type { FieldDefinition, ParquetCompression } from '@dsnp/parquetjs/dist/lib/declare.js';
import { type Data, DataType, type Field, type Schema } from 'apache-arrow';
import { type ColumnKind, columnKindOf, type Compression } from '@datagen/core/writer';
import { type Chunk, EVEN_CHUNKS } from '../../chunks/chunk-cutter.ts';
import type { EncodeSettings, ParquetEncoder } from '../encoder.ts';
import { declareTypes } from './footer.ts';
import type { Parquetjs } from './parquetjs.ts';
import { isWide, valueReader } from './values.ts';

const CODECS: Readonly<Partial<Record<Compression, ParquetCompression>>> = {
  snappy: 'SNAPPY',
  gzip: 'GZIP',
  none: 'UNCOMPRESSED',
};

/** parquetjs keeps every value of a row group for its statistics: 262,144 rows of 14 columns took 750 MB, these 350 MB. */
const MOST_GROUP_ROWS = 65_536;

/**
 * parquetjs: JavaScript alone, for places where WebAssembly may not run. Slower, without field ids and dictionary; its
 * encodings are classic in any case.
 */
export function javascriptEncoder(parquetjs: Parquetjs): ParquetEncoder {
  return {
    name: 'javascript',
    version: 2,
    compressions: Object.keys(CODECS) as Compression[],
    fieldIds: false,
    levels: false,
    sortingColumns: false,
    countsNans: false,
    limits: { rowGroupRows: MOST_GROUP_ROWS },
    chunks: EVEN_CHUNKS,
    encode: (schema, chunks, settings) => encode(parquetjs, schema, chunks, settings),
  };
}

async function* encode(
  parquetjs: Parquetjs,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  const { ParquetSchema, ParquetWriter } = parquetjs.library;
  const parquetSchema = new ParquetSchema(
    Object.fromEntries(schema.fields.map((field) => [field.name, definitionOf(field, settings.compression)])),
  );
  let pieces: Uint8Array[] = [];
  const sink = {
    write: (piece: Uint8Array, done: () => void) => {
      pieces.push(piece);
      done();
    },
    end: (done: () => void) => done(),
  };
  const writer = await ParquetWriter.openStream(parquetSchema, sink as never, {
    rowGroupSize: settings.rowGroupRows,
    // Older readers know only the first page format; parquetjs marks pages as all null that are not in its page index.
    useDataPageV2: false,
    pageIndex: false,
  });
  declareTypes(parquetjs, schema, parquetSchema, writer.envelopeWriter as ParquetEnvelopeWriter);
  writer.setMetadata(settings.keyValue.key, settings.keyValue.value);
  for await (const { rowCount, columns } of chunks) {
    const readers = schema.fields.map(
      (field, i) => [field.name, valueReader(field, columns[i] as Data)] as const,
    );
    for (let row = 0; row < rowCount; row++) {
      const record: Record<string, unknown> = {};
      for (const [name, read] of readers) record[name] = read(row);
      await writer.appendRow(record);
    }
    yield* pieces;
    pieces = [];
  }
  await writer.close();
  yield* pieces;
}

const TYPES: Readonly<Record<ColumnKind, NonNullable<FieldDefinition['type']>>> = {
  int32: 'INT32',
  int64: 'INT64',
  float64: 'DOUBLE',
  boolean: 'BOOLEAN',
  // Named in the footer by `declareTypes`.
  date: 'INT32',
  instant: 'INT64',
  decimal: 'INT64',
  text: 'UTF8',
};

function definitionOf(field: Field, compression: Compression): FieldDefinition {
  const kind = columnKindOf(field);
  const definition: FieldDefinition = {
    type: isWide(field) ? 'DECIMAL' : TYPES[kind],
    optional: field.nullable,
    compression: CODECS[compression],
  };
  // parquetjs orders text by UTF-16 and wide decimals as unsigned bytes, and keeps a leading NaN as minimum.
  if (kind === 'text' || kind === 'float64' || isWide(field)) definition.statistics = false;
  const type = field.type as DataType;
  if (DataType.isDecimal(type)) Object.assign(definition, { precision: type.precision, scale: type.scale });
  if (isWide(field)) definition.typeLength = 16;
  return definition;
}
