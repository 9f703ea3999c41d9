import {
  type CommitOutcome,
  type Compression,
  type FileDescription,
  type FileKind,
  FileSystemWriter,
  type FolderFiles,
  type FoundFile,
  type OpenTable,
  type OpenTableOptions,
  option,
  sentence,
  type Storage,
  type TableCommit,
  type TableDefinition,
  tableConflict,
  typeNameOf,
} from '@datagen/core/writer';
import { schemaWithout, textFileWriter } from '../data-file/write.ts';
import { codecFor, codecOf, CODECS, ENDS } from '../rows/compress.ts';
import { FORMAT_NAMES, type RowFormat } from '../rows/row-format.ts';
import { type Note, putNote, readNote, removeNotes } from './note.ts';

/** What readers take for a file of the format, compressed or not. */
const READ = {
  csv: /\.(csv|tsv)(\.\w{1,4})?$/i,
  jsonl: /\.(jsonl|ndjson|json)(\.\w{1,4})?$/i,
} as const;

/**
 * Tables as folders of text files. Text has no place to say what it is: a note beside the tables says which dataset
 * its files are of and how they are written, and files that were written differently are never put beside each other.
 */
export class TextWriter extends FileSystemWriter {
  readonly #format: RowFormat;
  /** What is to be noted once an overwrite has come to its end. */
  readonly #notes = new WeakMap<OpenTable, Note>();

  constructor(storage: Storage, format: RowFormat) {
    super(storage, kindOf(format));
    this.#format = format;
  }

  override async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const opened = await super.openTable(table, options);
    if (options.runId === undefined) return opened;
    const note = this.#noteOn(table, options);
    try {
      if (options.mode === 'overwrite') {
        // Until it has come to its end, files of both layouts lie there, and nothing may be added.
        await removeNotes(this.storage, table.name);
        this.#notes.set(opened, note);
      } else await putNote(this.storage, table.name, note);
      return opened;
    } catch (thrown) {
      await opened.release?.();
      throw thrown;
    }
  }

  override async commit(commits: readonly TableCommit[]): Promise<readonly CommitOutcome[]> {
    const outcomes = await super.commit(commits);
    for (const { opened } of commits) {
      const note = this.#notes.get(opened);
      if (note !== undefined) await putNote(this.storage, opened.table.name, note);
    }
    return outcomes;
  }

  protected openFiles(
    table: TableDefinition,
    { dataset: { digest }, compression }: OpenTableOptions,
    omittedColumns: readonly string[],
  ): Promise<FolderFiles> {
    const format = this.#format;
    const codec = codecFor(compression);
    const extension = `.${format.format}${CODECS[codec]}`;
    const { storage } = this;
    const fileWriter = textFileWriter({ table, storage, digest, omittedColumns, format, codec, extension });
    return Promise.resolve({ fileWriter });
  }

  protected async endsWhole({ path, byteSize }: FoundFile): Promise<boolean> {
    const format = this.#format;
    const codec = codecOf(path);
    if (byteSize === 0 && codec === 'none') return format.format === 'jsonl' || !format.header;
    const end = ENDS[codec];
    return byteSize >= end.length && Buffer.compare(await this.storage.read(path, -end.length), end) === 0;
  }

  protected async describeFile({ range }: FoundFile, table: TableDefinition): Promise<FileDescription> {
    return (await readNote(this.storage, table.name, range.digest)) ?? { columns: [] };
  }

  protected override async refuseMisfit(
    file: FoundFile,
    table: TableDefinition,
    options: OpenTableOptions,
  ): Promise<void> {
    const place = `${this.storage.uri}/${table.name}`;
    const name = FORMAT_NAMES[this.#format.format];
    const note = await readNote(this.storage, table.name, file.range.digest);
    if (note === undefined) {
      throw tableConflict(
        sentence`${place} holds ${name} files of datagen, and nothing beside the tables (in .datagen/tables) says how they are written, as after an overwrite that was broken off or where only the table was copied. Choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
        { place, path: file.path },
      );
    }
    const asked = this.#layout(options.compression);
    const other = Object.keys(asked).filter((key) => note.layout[key] !== asked[key]);
    if (other.length > 0) {
      const texts = (layout: Note['layout']) =>
        other.map((key) => `${key} ${JSON.stringify(layout[key] ?? '')}`).join(', ');
      throw tableConflict(
        sentence`${place} holds ${name} files with ${texts(note.layout)}, and this run asks for ${texts(asked)}. Use the same options, choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
        { place, found: note.layout, asked },
      );
    }
    await super.refuseMisfit(file, table, options);
  }

  #noteOn(table: TableDefinition, { dataset, spec, compression }: OpenTableOptions): Note {
    const { fields } = schemaWithout(table, spec.componentsFor(table));
    return {
      dataset,
      columns: fields.map((field) => `${field.name} ${typeNameOf(field)}`),
      layout: this.#layout(compression),
    };
  }

  /** What a reader of the files has to be told. */
  #layout(compression: Compression): Note['layout'] {
    const { format: _, ...layout } = this.#format;
    const texts = Object.entries(layout).map(([key, value]) => [key, String(value)] as const);
    return Object.fromEntries([['compression', codecFor(compression)], ...texts]);
  }
}

function kindOf({ format }: RowFormat): FileKind {
  return {
    name: FORMAT_NAMES[format],
    extensions: Object.values(CODECS).map((end) => `.${format}${end}`),
    isRead: READ[format],
  };
}
