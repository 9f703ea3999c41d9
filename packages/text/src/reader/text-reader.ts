import { type FolderFormat, FolderReader, type FormatReader, recogniseFolders } from '@datagen/core/writer';
import { z } from '@datagen/core/zod';
import { FORMAT_NAMES, type RowFormat } from '../rows/row-format.ts';

/** Names that say the format. A file `.json` is mostly one document, and no lines. */
const DATA_FILES = {
  csv: /\.(csv|tsv)(\.gz|\.zst)?$/i,
  jsonl: /\.(jsonl|ndjson)(\.gz|\.zst)?$/i,
} as const;

/** Looks at folders of text files, partitioned as Hive does, whoever wrote them. */
export function textReader(format: RowFormat['format']): FormatReader {
  const folders: FolderFormat = {
    name: FORMAT_NAMES[format],
    isDataFile: DATA_FILES[format],
    // Loaded here, since who writes tables has no need of it.
    async readTable(storage, table, options) {
      const { readTextTable } = await import('./read-table.ts');
      return readTextTable(storage, format, table, options);
    },
  };
  return {
    options: z.strictObject({}),
    recognise: (paths) => recogniseFolders(paths, folders),
    open: (output) => new FolderReader(output, folders),
  };
}
