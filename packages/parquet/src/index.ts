export { type EncodeSettings, type ParquetEncoder } from './encoders/encoder.ts';
export {
  type EncoderChoice,
  type EncoderName,
  ENCODERS,
  loadEncoder,
  resolveEncoder,
} from './encoders/load.ts';
export { DataFileConfig } from './data-file/config.ts';
export { parquet, parquetPlugin, ParquetWriter } from './writer/parquet-writer.ts';
