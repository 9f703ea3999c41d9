export { type EncodeSettings, type ParquetEncoder } from './encoders/encoder.ts';
export {
  type EncoderChoice,
  type EncoderName,
  ENCODERS,
  loadEncoder,
  resolveEncoder,
} from './encoders/load.ts';
export { parquet, parquetPlugin, ParquetWriter, ParquetWriterConfig } from './writer/parquet-writer.ts';
