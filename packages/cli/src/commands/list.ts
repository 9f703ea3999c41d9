import type { Plugin } from '@datagen/core';
import type { Offer } from '../plugins/offer.ts';
import { formatTable } from '../terminal/format-table.ts';
import { bold, type Io } from '../terminal/io.ts';

type Named = Pick<Plugin, 'name' | 'description'>;

/** Names what there is to generate, to write, and to write to. */
export async function list(offer: Offer, isJson: boolean, io: Io): Promise<void> {
  const generators: Named[] = [];
  for (const load of Object.values(offer.generators)) generators.push(await load());
  const formats: Named[] = [];
  for (const format of Object.values(offer.formats)) formats.push(await format.load());
  const kinds = new Map<string, Named[]>([
    ['generator', generators],
    ['format', formats],
  ]);
  const storages: Named[] = [];
  for (const storage of Object.values(offer.storages)) storages.push(await storage.load());
  if (storages.length > 0) kinds.set('storage', storages);
  await io.stdout.write(isJson ? jsonText(kinds) : listText(kinds, io));
}

function jsonText(kinds: ReadonlyMap<string, readonly Named[]>): string {
  const json = [...kinds].map(([kind, plugins]) => [
    `${kind}s`,
    plugins.map(({ name, description }) => ({ name, description })),
  ]);
  return `${JSON.stringify(Object.fromEntries(json), undefined, 2)}\n`;
}

function listText(kinds: ReadonlyMap<string, readonly Named[]>, io: Io): string {
  const lines = [...kinds].flatMap(([kind, plugins]) => [
    ...formatTable(
      [{ header: kind }, { header: '' }],
      plugins.map(({ name, description }) => [name, description]),
      (line) => bold(line, io.stdout, io.env),
    ),
    '',
  ]);
  return [...lines, `Tables, columns and options of one:  ${io.program} describe <name>`, ''].join('\n');
}
