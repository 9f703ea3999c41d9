import { type FolderFormat, FolderReader, type FormatReader, recogniseFolders } from '@datagen/core/writer';
import { z } from '@datagen/core/zod';
import { readParquetTable } from './parquet-table.ts';

const FORMAT: FolderFormat = {
  name: 'Parquet',
  isDataFile: /\.(parquet|parq|pq)$/i,
  readTable: readParquetTable,
};

/** Looks at folders of Parquet files, partitioned as Hive does, whoever wrote them. */
export const folderReader: FormatReader = {
  options: z.strictObject({}),
  recognise: (paths) => recogniseFolders(paths, FORMAT),
  open: (output) => new FolderReader(output, FORMAT),
};
