import type { Plugin } from '@datagen/core';
import type { Builtins } from '../builtins.ts';
import { formatTable } from '../terminal/format-table.ts';
import { bold, type Io } from '../terminal/io.ts';

/** Names what there is to generate and to write. */
export async function list(builtins: Builtins, isJson: boolean, io: Io): Promise<void> {
  const generators: Plugin[] = [];
  for (const load of Object.values(builtins.generators)) generators.push(await load());
  const formats: Plugin[] = [];
  for (const format of Object.values(builtins.formats)) formats.push(await format.load());
  if (isJson) {
    const shown = (plugins: readonly Plugin[]) =>
      plugins.map(({ name, description }) => ({ name, description }));
    const json = { generators: shown(generators), formats: shown(formats) };
    io.stdout.write(`${JSON.stringify(json, undefined, 2)}\n`);
    return;
  }
  const lines = (header: string, plugins: readonly Plugin[]) =>
    formatTable(
      [{ header }, { header: '' }],
      plugins.map(({ name, description }) => [name, description]),
      (line) => bold(line, io.stdout, io.env),
    );
  const text = [
    ...lines('generator', generators),
    '',
    ...lines('format', formats),
    '',
    'Tables, columns and options of one:  datagen describe <name>',
    '',
  ];
  io.stdout.write(text.join('\n'));
}
