import type { Storage } from '@datagen/core/writer';
import { parseRows } from './data-file.ts';

type Row = readonly (string | null)[];

interface Entry {
  readonly add: readonly { readonly path: string; readonly rowCount: number }[];
  readonly remove: readonly string[];
}

/**
 * Reads a log table as somebody would who knows the format and not the writer: all rows at a version, by default the
 * last one; undefined where there is no log. Throws where the log names a file that is not there or not what the log says.
 */
export async function readLogTable(
  storage: Storage,
  table: string,
  version = Infinity,
): Promise<readonly Row[] | undefined> {
  const text = async (path: string) => new TextDecoder().decode(await storage.read(path));
  const listed = (await storage.list(`${table}/_log`)).map(({ path }) => path).sort();
  if (listed.length === 0) return undefined;
  const live = new Map<string, number>();
  for (const path of listed.slice(0, version)) {
    const { add, remove } = JSON.parse(await text(path)) as Entry;
    for (const gone of remove)
      if (!live.delete(gone)) throw new Error(`${path} removes ${gone}, which is not live`);
    for (const { path: added, rowCount } of add) {
      if (live.has(added)) throw new Error(`${path} adds ${added}, which is live`);
      live.set(added, rowCount);
    }
  }
  const rows: Row[] = [];
  for (const [path, rowCount] of live) {
    const found = parseRows(await storage.read(path));
    if (found?.rows.length !== rowCount)
      throw new Error(`${path} is not the file of ${String(rowCount)} rows that the log names`);
    rows.push(...found.rows);
  }
  return rows;
}
