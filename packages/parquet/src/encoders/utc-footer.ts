import parquetTypes from '@dsnp/parquetjs/dist/gen-nodejs/parquet_types.js';
import { decodeThrift, serializeThrift } from '@dsnp/parquetjs/dist/lib/util.js';

/** The length of the footer and the magic word. */
const END_BYTES = 8;

/**
 * Writes a footer of parquetjs again, with the logical type of instants: UTC, in microseconds (parquet.thrift,
 * TimestampType). parquetjs writes the older converted type alone, which readers take for UTC or for local time as they
 * like. `footer` is the end of a file from its metadata on.
 */
export function withUtcInstants(footer: Buffer, instants: ReadonlySet<string>): Buffer {
  const metadata = new parquetTypes.FileMetaData();
  decodeThrift(metadata, footer);
  for (const element of metadata.schema) {
    if (!instants.has(element.name)) continue;
    const unit = new parquetTypes.TimeUnit({ MICROS: new parquetTypes.MicroSeconds() });
    const utc = new parquetTypes.TimestampType({ isAdjustedToUTC: true, unit });
    element.logicalType = new parquetTypes.LogicalType({ TIMESTAMP: utc });
  }
  const written = serializeThrift(metadata);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(written.byteLength, 0);
  end.write('PAR1', 4);
  return Buffer.concat([written, end]);
}
