import type { ParquetEnvelopeWriter, ParquetSchema } from '@dsnp/parquetjs';
import type { OriginalType } from '@dsnp/parquetjs/dist/lib/declare.js';
import type { Schema } from 'apache-arrow';
import { type ColumnKind, columnKindOf } from '@datagen/core/writer';
import type { Parquetjs } from './parquetjs.ts';

const ORIGINAL_TYPES: Partial<Record<ColumnKind, OriginalType>> = {
  date: 'DATE',
  instant: 'TIMESTAMP_MICROS',
  decimal: 'DECIMAL',
};

/**
 * Days, instants and decimals are encoded as the whole numbers they are and get their meaning only in the footer:
 * parquetjs would refuse days and instants before 1970 and round decimals through doubles. Of instants it would not say
 * that they are UTC, and readers would take them for local time.
 */
export function declareTypes(
  { thrift, util }: Parquetjs,
  schema: Schema,
  parquetSchema: ParquetSchema,
  envelope: ParquetEnvelopeWriter,
): void {
  const writeFooter = envelope.writeFooter.bind(envelope);
  const writeSection = envelope.writeSection.bind(envelope);
  envelope.writeFooter = (metadata) => {
    for (const field of schema.fields) {
      const originalType = ORIGINAL_TYPES[columnKindOf(field)];
      const written = parquetSchema.fields[field.name];
      if (written !== undefined && originalType !== undefined) written.originalType = originalType;
    }
    envelope.writeSection = (footer) => {
      envelope.writeSection = writeSection;
      writeSection(withUtc(footer));
    };
    writeFooter(metadata);
  };

  /** A footer with its length and the magic word, whose instants say that they are UTC. */
  function withUtc(footer: Buffer): Buffer {
    const metadata = new thrift.FileMetaData();
    util.decodeThrift(metadata, footer);
    for (const [i, field] of schema.fields.entries()) {
      const element = metadata.schema[i + 1];
      if (element === undefined || columnKindOf(field) !== 'instant') continue;
      element.logicalType = new thrift.LogicalType({
        TIMESTAMP: new thrift.TimestampType({
          isAdjustedToUTC: true,
          unit: new thrift.TimeUnit({ MICROS: new thrift.MicroSeconds() }),
        }),
      });
    }
    const bytes = util.serializeThrift(metadata);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.byteLength);
    return Buffer.concat([bytes, length, Buffer.from('PAR1')]);
  }
}
