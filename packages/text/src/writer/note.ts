import {
  type DatasetIdentity,
  DatagenError,
  isDatagenError,
  option,
  putJson,
  reasonOf,
  sentence,
  type Storage,
} from '@datagen/core/writer';
import { z } from '@datagen/core/zod';

/** Beside the tables, where no reader of a table looks. */
const FOLDER = '.datagen/tables';

const Note = z.object({
  dataset: z.object({
    generator: z.string(),
    version: z.number(),
    options: z.record(z.string(), z.unknown()),
    digest: z.string(),
  }),
  /** Of the files, as `columnTextsOf` writes them. */
  columns: z.array(z.string()),
  /** What a reader has to be told, by option. */
  layout: z.record(z.string(), z.string()),
});

/** What text cannot say of itself: which dataset the files of a table are of, and how they are to be read. */
export interface Note {
  readonly dataset: DatasetIdentity;
  readonly columns: readonly string[];
  readonly layout: Readonly<Record<string, string>>;
}

/** The note on a table's files of one dataset; undefined where there is none. */
export async function readNote(storage: Storage, table: string, digest: string): Promise<Note | undefined> {
  const path = notePath(table, digest);
  const listed = await storage.list(FOLDER);
  if (!listed.some((stored) => stored.path === path)) return undefined;
  try {
    return Note.parse(JSON.parse(new TextDecoder().decode(await storage.read(path))));
  } catch (cause) {
    if (isDatagenError(cause)) throw cause;
    throw new DatagenError(
      'TABLE_CONFLICT',
      sentence`${storage.uri}/${path} is not as datagen wrote it: ${reasonOf(cause)}. Replace the table with ${option('mode', 'overwrite')}.`,
      { cause, details: { path } },
    );
  }
}

export async function putNote(storage: Storage, table: string, note: Note): Promise<void> {
  await putJson(storage, notePath(table, note.dataset.digest), note);
}

/** Removes the notes on a table, of all datasets. */
export async function removeNotes(storage: Storage, table: string): Promise<void> {
  for (const { path } of await storage.list(FOLDER)) {
    const [, name] = /^(.+)-[0-9a-f]{12}\.json$/.exec(path.slice(FOLDER.length + 1)) ?? [];
    if (name === table) await storage.remove(path);
  }
}

function notePath(table: string, digest: string): string {
  return `${FOLDER}/${table}-${digest}.json`;
}
