import {
  type DatasetIdentity,
  type OpenTableOptions,
  option,
  refuseOtherColumns,
  refuseOtherDataset,
  sentence,
  type Storage,
  type TableDefinition,
  tableConflict,
  typeNameOf,
} from '@datagen/core/writer';
import { datasetIn } from '../data-file/dataset-metadata.ts';
import { type Footer, readFooter } from '../data-file/footer.ts';
import type { FoundFile, TableFolder } from './table-folder.ts';

/** Refuses what the mode does not allow to be in a table's folder; opens one file per other dataset. */
export async function refuseConflicts(
  storage: Storage,
  found: TableFolder,
  table: TableDefinition,
  { spec, mode, dataset }: OpenTableOptions,
): Promise<void> {
  if (mode === 'overwrite') return;
  const place = `${storage.uri}/${found.folder}`;
  refuseForeignFiles(place, found);
  refuseOtherLayout(place, found, spec.componentsFor(table));
  refuseOverlaps(place, found);
  await refuseDamagedFiles(storage, found);
  for (const file of oneFilePerDataset(found)) {
    if (file.range.digest === dataset.digest) continue;
    const footer = await readFooter(file.path, (count) => storage.read(file.path, -count));
    const other = datasetIn(footer.keyValues);
    const datasets = other === undefined ? [] : [other];
    refuseOtherDataset(place, { digests: [file.range.digest], datasets }, dataset, mode);
    refuseOtherColumns(place, columnsOf(footer), columnsAsked(file, table));
  }
}

/** The datasets that files of a table belong to, by the footer of one file each; a damaged one does not say. */
export async function datasetsIn(storage: Storage, found: TableFolder): Promise<readonly DatasetIdentity[]> {
  const datasets: DatasetIdentity[] = [];
  for (const file of oneFilePerDataset(found)) {
    if (!(await endsWhole(storage, file))) continue;
    const footer = await readFooter(file.path, (count) => storage.read(file.path, -count));
    const dataset = datasetIn(footer.keyValues);
    if (dataset !== undefined) datasets.push(dataset);
  }
  return datasets;
}

function oneFilePerDataset({ ours }: TableFolder): Iterable<FoundFile> {
  return new Map(ours.map((file) => [file.range.digest, file])).values();
}

function refuseForeignFiles(place: string, { foreign }: TableFolder): void {
  const [first] = foreign;
  if (first === undefined) return;
  const count = foreign.length === 1 ? 'a Parquet file' : `${String(foreign.length)} Parquet files`;
  throw tableConflict(
    sentence`${place} holds ${count} that datagen did not write or that was renamed (${first.path}), and readers of the table take it for a part of it. Remove it, choose another output, or replace all files with ${option('mode', 'overwrite')}.`,
    { place, foreign: foreign.map(({ path }) => path) },
  );
}

function refuseOtherLayout(place: string, { ours }: TableFolder, asked: readonly string[]): void {
  const other = ours.find(({ partitionNames }) => partitionNames.join() !== asked.join());
  if (other === undefined) return;
  throw tableConflict(
    sentence`${place} is partitioned by ${layoutText(other.partitionNames)}, and this run asks for ${layoutText(asked)}. Use the same partitioning, choose another output, or replace the table with ${option('mode', 'overwrite')}.`,
    { place, found: other.partitionNames, asked },
  );
}

function layoutText(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(',');
}

/**
 * Refuses files that hold the same blocks: ranges of one partition that overlap, as two runs at once with other sizes of
 * files leave them, and a block in two partitions, as a copied file does.
 */
export function refuseOverlaps(place: string, { ours }: TableFolder): void {
  const sorted = [...ours].sort(
    (a, b) =>
      compare(a.range.digest, b.range.digest) ||
      compare(a.range.partitionPath, b.range.partitionPath) ||
      compare(a.range.firstBlock, b.range.firstBlock),
  );
  const byFirstBlock = new Map<string, FoundFile>();
  let furthest: FoundFile | undefined;
  for (const file of sorted) {
    const { digest, partitionPath, firstBlock, lastBlock } = file.range;
    const isSameLane = furthest?.range.digest === digest && furthest.range.partitionPath === partitionPath;
    if (furthest !== undefined && isSameLane && firstBlock <= furthest.range.lastBlock)
      throw sameRows(place, furthest, file);
    if (!isSameLane || furthest === undefined || lastBlock > furthest.range.lastBlock) furthest = file;
    const twin = byFirstBlock.get(`${digest}/${firstBlock}`);
    if (twin !== undefined) throw sameRows(place, twin, file);
    byFirstBlock.set(`${digest}/${firstBlock}`, file);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameRows(place: string, one: FoundFile, other: FoundFile) {
  return tableConflict(
    sentence`${place} holds rows twice: ${one.path} and ${other.path} have blocks in common. Two runs at once, or a copy, leave such files. Remove one of the two and run the same command again, or replace all files with ${option('mode', 'overwrite')}.`,
    { place, paths: [one.path, other.path] },
  );
}

/** The magic word, and the length of the footer before it. */
const TAIL_BYTES = 8;
const LEAST_FILE_SIZE = 12;
const READS_AT_ONCE = 16;

/** Refuses files that do not end as a Parquet file does: presence of a name would else be taken for presence of rows. */
async function refuseDamagedFiles(storage: Storage, { ours }: TableFolder): Promise<void> {
  const damaged: string[] = [];
  const queue = [...ours];
  const check = async () => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop())
      if (!(await endsWhole(storage, file))) damaged.push(file.path);
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, check));
  const [first] = damaged.sort();
  if (first === undefined) return;
  const others = damaged.length === 1 ? '' : ` and ${String(damaged.length - 1)} more`;
  throw tableConflict(
    `${storage.uri}/${first}${others} is no whole Parquet file: its end is missing or damaged. Remove it and run the same command again, which makes it anew.`,
    { paths: damaged },
  );
}

async function endsWhole(storage: Storage, { path, byteSize }: FoundFile): Promise<boolean> {
  if (byteSize < LEAST_FILE_SIZE) return false;
  const tail = await storage.read(path, -TAIL_BYTES);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const isMagic = String.fromCharCode(...tail.subarray(4)) === 'PAR1';
  return isMagic && view.getUint32(0, true) + LEAST_FILE_SIZE <= byteSize;
}

function columnsOf({ columnTypes }: Footer): readonly string[] {
  return columnTypes.map(([name, type]) => `${name} ${type}`);
}

function columnsAsked({ partitionNames }: FoundFile, table: TableDefinition): readonly string[] {
  return table.schema.fields
    .filter(({ name }) => !partitionNames.includes(name))
    .map((field) => `${field.name} ${typeNameOf(field)}`);
}
