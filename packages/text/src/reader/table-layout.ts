import { DatagenError, parseDataFileName, type FolderTable, type Storage } from '@datagen/core/writer';
import { codecOf, CODECS } from '../rows/compress.ts';
import { FORMAT_NAMES, type RowFormat } from '../rows/row-format.ts';
import { readNote } from '../writer/note.ts';
import { decompress } from './decompress.ts';
import { csvFields, jsonObject } from './row-syntax.ts';

/** More than a line of names takes. */
const HEAD_BYTES = 256 * 1024;
const DELIMITERS = [',', ';', '|', '\t'];

/** How the files of a table are to be read. */
export interface TableLayout {
  readonly format: RowFormat;
  /** Those of the files; a type is absent where the values are to tell it. */
  readonly columns: readonly { readonly name: string; readonly type?: string }[];
}

/** What the note beside a table says, or else the first line of its files. */
export async function layoutOf(
  storage: Storage,
  format: RowFormat['format'],
  table: FolderTable,
): Promise<TableLayout> {
  // Files of several datasets are written in one way, and have the same columns.
  const digest = table.files.map(({ path }) => digestOf(path, format)).find((each) => each !== undefined);
  const note = digest === undefined ? undefined : await readNote(storage, table.name, digest);
  if (note === undefined) return layoutByFirstLine(storage, format, table);
  const { delimiter = ',', header, nullText = '' } = note.layout;
  return {
    format: format === 'csv' ? { format, delimiter, header: header === 'true', nullText } : { format },
    columns: note.columns.map((text) => {
      const space = text.lastIndexOf(' ');
      return { name: text.slice(0, space), type: text.slice(space + 1) };
    }),
  };
}

/** The dataset that the name of a file of ours says. */
function digestOf(path: string, format: RowFormat['format']): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return parseDataFileName(name, `.${format}${CODECS[codecOf(path)]}`)?.digest;
}

async function layoutByFirstLine(
  storage: Storage,
  format: RowFormat['format'],
  { name, files }: FolderTable,
): Promise<TableLayout> {
  const file = files.find(({ byteSize }) => byteSize > 0);
  const line = file && (await firstLine(storage, file));
  if (format === 'jsonl') {
    const object = line === undefined || line === '' ? {} : jsonObject(line);
    if (object === undefined) throw unreadable(name, format, file?.path ?? '', 'a JSON object on each line');
    return { format: { format }, columns: Object.keys(object).map((key) => ({ name: key })) };
  }
  const text = line ?? '';
  const counts = DELIMITERS.map((each) => text.split(each).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
  const names = csvFields(text, delimiter, undefined);
  if (names === undefined)
    throw unreadable(name, format, file?.path ?? '', 'the names of columns on the first line');
  return {
    format: { format, delimiter, header: true, nullText: '' },
    columns: names.map((each) => ({ name: each ?? '' })),
  };
}

async function firstLine(
  storage: Storage,
  { path, byteSize }: { readonly path: string; readonly byteSize: number },
): Promise<string> {
  const bytes = await storage.read(path, 0, Math.min(byteSize, HEAD_BYTES));
  const text = (await decompress(path, bytes, byteSize <= HEAD_BYTES)).toString('utf8');
  return /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
}

/** A file that is not of its format, or has other columns than its table. */
export function unreadable(
  table: string,
  format: RowFormat['format'],
  path: string,
  expected: string,
): DatagenError {
  return new DatagenError(
    'TABLE_CONFLICT',
    `Cannot look at \`${table}\` as ${FORMAT_NAMES[format]}: expected ${expected}, and ${path} has something else.`,
    { details: { table, path } },
  );
}
