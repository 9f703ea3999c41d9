import { DatagenError, type Storage, throwIfAborted } from '@datagen/core/writer';
import { type Footer, readFooter } from '../data-file/footer/footer.ts';
import type { ListedFile, ListedTable } from './listed-table.ts';

/** So many footers say enough of a table, and are read in seconds from a store far away. */
const MOST_FOOTERS = 1_000;
const READS_AT_ONCE = 16;

/** A file of a table whose footer was read. */
export interface OpenedFile extends ListedFile {
  readonly rowCount: number;
  readonly footer: Footer;
}

/** The footers of a table's files, or of some that are spread evenly over them. */
export async function openFiles(
  storage: Storage,
  { name, files }: ListedTable,
  signal: AbortSignal | undefined,
): Promise<readonly OpenedFile[]> {
  const chosen = spread(files.length, MOST_FOOTERS).map((i) => files[i] as ListedFile);
  const opened: OpenedFile[] = [];
  let next = 0;
  const openNext = async () => {
    for (let i = next++; i < chosen.length; i = next++) {
      throwIfAborted(signal);
      const file = chosen[i] as ListedFile;
      const footer = await readFooter(file.path, (count) => storage.read(file.path, -count));
      refuseNested(name, file, footer);
      opened[i] = { ...file, rowCount: footer.rowCount, footer };
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, openNext));
  return opened;
}

/** Up to `most` of `count` places, evenly over all of them. */
export function spread(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor(((i + 0.5) * count) / most));
}

/** A group of columns has no physical type, and what the footer says is told by the positions of columns without groups. */
function refuseNested(table: string, { path }: ListedFile, { columnTypes }: Footer): void {
  const nested = columnTypes.find(([, type]) => /^type \//.test(type));
  if (nested === undefined) return;
  throw new DatagenError(
    'TABLE_CONFLICT',
    `Cannot look at \`${table}\`: its column \`${nested[0]}\` is a list, a map or a struct (${path}), which datagen does not read.`,
    { details: { table, path, column: nested[0] } },
  );
}
