import {
  CatalogBasedWriter,
  DatagenError,
  type FileIdentity,
  type OpenTableOptions,
  type Storage,
  type TableDefinition,
  type TableFiles,
  type TableState,
} from '@datagen/core/writer';
import { loadEncoder, resolveEncoder } from '../encoders/load.ts';
import { slowerThanNative } from '../encoders/native/native-encoder.ts';
import type { DataFileConfig } from './config.ts';
import type { DataFileOptions } from './options.ts';
import { taggedDataFiles } from './write.ts';

/** A `CatalogBasedWriter` whose data files are Parquet with field ids: what the table formats of datagen extend. */
export abstract class ParquetCatalogWriter extends CatalogBasedWriter {
  /** See `DataFileOptions.partitionFolders`. */
  protected readonly partitionFolders: NonNullable<DataFileOptions['partitionFolders']> = 'components';
  readonly #config: DataFileConfig;

  constructor(storage: Storage, config: DataFileConfig) {
    super(storage);
    this.#config = config;
  }

  protected async openFiles(
    table: TableDefinition,
    options: OpenTableOptions,
    identity: FileIdentity,
    state: TableState,
  ): Promise<TableFiles> {
    const { dataset, compression, spec } = options;
    const fieldIds = this.fieldIdsOf(table, options, state);
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
      partitionFolders: this.partitionFolders,
      ...(fieldIds && { fieldIds }),
    });
    const warning = this.#config.encoder === 'auto' ? slowerThanNative() : undefined;
    return { ...files, encoder, ...(warning !== undefined && { warnings: [warning] }) };
  }

  /** The field ids that a table has for its columns, where they do not count from 1. */
  protected fieldIdsOf(
    _table: TableDefinition,
    _options: OpenTableOptions,
    _state: TableState,
  ): ReadonlyMap<string, number> | undefined {
    return undefined;
  }

  /** Partition columns that the format keeps out of the files, as Hive and Delta do. */
  protected abstract omittedColumns(table: TableDefinition, components: readonly string[]): readonly string[];
}
