import {
  CatalogBasedWriter,
  DatagenError,
  type FileIdentity,
  type OpenTableOptions,
  type Storage,
  type TableDefinition,
  type TableFiles,
} from '@datagen/core/writer';
import { loadEncoder, resolveEncoder } from '../encoders/load.ts';
import { slowerThanNative } from '../encoders/native/native-encoder.ts';
import type { DataFileConfig } from './config.ts';
import { taggedDataFiles } from './write.ts';

/** A `CatalogBasedWriter` whose data files are Parquet with field ids: what the table formats of datagen extend. */
export abstract class ParquetCatalogWriter extends CatalogBasedWriter {
  readonly #config: DataFileConfig;

  constructor(storage: Storage, config: DataFileConfig) {
    super(storage);
    this.#config = config;
  }

  protected async openFiles(
    table: TableDefinition,
    { dataset, compression, spec }: OpenTableOptions,
    identity: FileIdentity,
  ): Promise<TableFiles> {
    const encoder = resolveEncoder(this.#config.encoder);
    const { encodings, compressionLevel, rowGroupRows } = this.#config;
    if (!(await loadEncoder(encoder)).fieldIds) {
      throw new DatagenError(
        'INVALID_OPTION',
        `The encoder "${encoder}" writes no field ids, which table formats need. Use the encoder "native" or "wasm".`,
        { details: { option: 'encoder', encoder } },
      );
    }
    const files = await taggedDataFiles({
      table,
      storage: this.storage,
      folder: this.folderOf(table),
      dataset,
      compression,
      omittedColumns: this.omittedColumns(table, spec.componentsFor(table)),
      encodings,
      rowGroupRows,
      ...(compressionLevel !== undefined && { level: compressionLevel }),
      encoder,
      identity,
    });
    const warning = this.#config.encoder === 'auto' ? slowerThanNative() : undefined;
    return { ...files, encoder, ...(warning !== undefined && { warnings: [warning] }) };
  }

  /** Partition columns that the format keeps out of the files, as Hive and Delta do. */
  protected abstract omittedColumns(table: TableDefinition, components: readonly string[]): readonly string[];
}
