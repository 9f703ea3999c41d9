import {
  definePlugin,
  type FileDescription,
  FileSystemWriter,
  type FolderFiles,
  type FoundFile,
  type OpenTableOptions,
  openStorage,
  parseOptions,
  type Storage,
  type TableDefinition,
  type TableWriter,
} from '@datagen/core/writer';
import type { z } from '@datagen/core/zod';
import { DataFileConfig } from '../data-file/config.ts';
import { datasetIn } from '../data-file/dataset-metadata.ts';
import { readFooter } from '../data-file/footer/footer.ts';
import { EXTENSION } from '../data-file/path.ts';
import { dataFileWriter } from '../data-file/write.ts';
import { folderReader } from '../reader/folder-reader.ts';
import { resolveEncoder } from '../encoders/load.ts';
import { slowerThanNative } from '../encoders/native/native-encoder.ts';

/** The magic word, and the length of the footer before it. */
const TAIL_BYTES = 8;
const LEAST_FILE_SIZE = 12;

/** Tables as folders of Parquet files; each says in its footer which dataset made it. */
export class ParquetWriter extends FileSystemWriter {
  readonly #config: DataFileConfig;

  constructor(storage: Storage, config: DataFileConfig) {
    super(storage, { name: 'Parquet', extensions: [EXTENSION], isRead: /\.(parquet|parq|pq)$/i });
    this.#config = config;
  }

  protected async openFiles(
    table: TableDefinition,
    { dataset, compression }: OpenTableOptions,
    omittedColumns: readonly string[],
  ): Promise<FolderFiles> {
    const encoder = resolveEncoder(this.#config.encoder);
    const { encodings, compressionLevel, rowGroupRows } = this.#config;
    const files = await dataFileWriter({
      table,
      storage: this.storage,
      folder: table.name,
      dataset,
      compression,
      omittedColumns,
      encodings,
      rowGroupRows,
      // Nothing but names is committed.
      statistics: false,
      ...(compressionLevel !== undefined && { level: compressionLevel }),
      encoder,
    });
    const warning = this.#config.encoder === 'auto' ? slowerThanNative() : undefined;
    return { ...files, encoder, ...(warning !== undefined && { warnings: [warning] }) };
  }

  protected async endsWhole({ path, byteSize }: FoundFile): Promise<boolean> {
    if (byteSize < LEAST_FILE_SIZE) return false;
    const tail = await this.storage.read(path, -TAIL_BYTES);
    const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
    const isMagic = String.fromCharCode(...tail.subarray(4)) === 'PAR1';
    return isMagic && view.getUint32(0, true) + LEAST_FILE_SIZE <= byteSize;
  }

  protected async describeFile({ path }: FoundFile): Promise<FileDescription> {
    const { keyValues, columnTypes } = await readFooter(path, (count) => this.storage.read(path, -count));
    const dataset = datasetIn(keyValues);
    return { columns: columnTypes.map(([name, type]) => `${name} ${type}`), ...(dataset && { dataset }) };
  }
}

/** Writes Parquet files below a local folder, another URI `openStorage` knows, or a storage of yours. */
export function parquet(output: string | Storage, options: z.input<typeof DataFileConfig> = {}): TableWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  return parquetPlugin.create(storage, parseOptions(DataFileConfig, options, 'writer "parquet"'));
}

export const parquetPlugin = definePlugin({
  kind: 'writer',
  name: 'parquet',
  description: 'Folders of Parquet files, partitioned as Hive does',
  options: DataFileConfig,
  module: import.meta.url,
  export: 'parquetPlugin',
  create: (output, options) => new ParquetWriter(output, options),
  reader: folderReader,
});
