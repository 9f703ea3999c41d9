import type { TableDefinition } from '../../dataset/table.ts';
import { option, type Sentence, sentence } from '../../support/sentence.ts';
import { tableConflict } from '../table-conflicts.ts';
import type { FoundFile, TableFolder } from './table-folder.ts';
import { daysOf } from './window.ts';

/** One file of each dataset that has files in a table. */
export function oneFilePerDataset({ ours }: TableFolder): Iterable<FoundFile> {
  return new Map(ours.map((file) => [file.range.digest, file])).values();
}

export function refuseForeignFiles(place: string, { foreign, kind: { name } }: TableFolder): void {
  const [first] = foreign;
  if (first === undefined) return;
  const count = foreign.length === 1 ? `a ${name} file` : `${String(foreign.length)} ${name} files`;
  throw tableConflict(
    sentence`${place} holds ${count} that datagen did not write or that was renamed (${first.path}), and readers of the table take it for a part of it. Remove it, choose another output, or replace all files with ${option('mode', 'overwrite')}.`,
    { place, foreign: foreign.map(({ path }) => path) },
  );
}

export function refuseOtherPartitioning(
  place: string,
  { ours }: TableFolder,
  asked: readonly string[],
): void {
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
 * files or an interrupted overwrite leave them, and a block in two partitions, as a copied file does.
 */
export function refuseOverlaps(place: string, { ours }: TableFolder, table: TableDefinition): void {
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
      throw sameRows(place, table, furthest, file);
    if (!isSameLane || furthest === undefined || lastBlock > furthest.range.lastBlock) furthest = file;
    const twin = byFirstBlock.get(`${digest}/${firstBlock}`);
    if (twin !== undefined) throw sameRows(place, table, twin, file);
    byFirstBlock.set(`${digest}/${firstBlock}`, file);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameRows(place: string, table: TableDefinition, one: FoundFile, other: FoundFile) {
  return tableConflict(
    sentence`${place} holds rows twice: ${one.path} and ${other.path} have blocks in common. An interrupted overwrite, two runs at once, or a copy leave such files. Replace ${replacements(table, one, other)}, or remove one of the two files and run the same command again.`,
    { place, paths: [one.path, other.path] },
  );
}

/** What replaces two files: a window of their days, where the table has days, and all of the table. */
function replacements({ timeColumn }: TableDefinition, one: FoundFile, other: FoundFile): Sentence {
  const all = sentence`all files with ${option('mode', 'overwrite')}`;
  if (timeColumn === undefined) return all;
  const days = [...daysOf(one.range), ...daysOf(other.range)].sort();
  return sentence`the days from ${days[0] ?? ''} to ${days.at(-1) ?? ''} with ${option('mode', 'overwrite-window')}, or ${all}`;
}

const READS_AT_ONCE = 16;

/** Refuses files that do not end as one of their format does: presence of a name would else be taken for presence of rows. */
export async function refuseDamagedFiles(
  uri: string,
  { ours, kind: { name } }: TableFolder,
  endsWhole: (file: FoundFile) => Promise<boolean>,
): Promise<void> {
  const damaged: string[] = [];
  const queue = [...ours];
  const check = async () => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop())
      if (!(await endsWhole(file))) damaged.push(file.path);
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, check));
  const [first] = damaged.sort();
  if (first === undefined) return;
  const others = damaged.length === 1 ? '' : ` and ${String(damaged.length - 1)} more`;
  throw tableConflict(
    `${uri}/${first}${others} is no whole ${name} file: its end is missing or damaged. Remove it and run the same command again, which makes it anew.`,
    { paths: damaged },
  );
}
