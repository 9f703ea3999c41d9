import {
  DatagenError,
  parseOptions,
  PluginRegistry,
  type Storage,
  type TableReader,
  type WriterPlugin,
} from '@datagen/core';
import { z } from '@datagen/core/zod';
import { checkSettings, optionsOf, type Settings } from '../config/settings.ts';
import { LookConfig } from '../flags/look-flags.ts';
import type { LookPlugins } from '../plugins/load-look-plugins.ts';
import type { Offer } from '../plugins/offer.ts';
import type { Io } from '../terminal/io.ts';
import { type Output, resolveOutput } from './output.ts';

/** What is looked at, and how. */
export interface LookRequest extends LookConfig {
  readonly output: Output;
  readonly format: string;
  readonly reader: TableReader;
  /** What else lies there and is not shown, as a sentence. */
  readonly warning?: string;
}

/** The format that tables are shown of, and those of folders beside them that are none of its tables. */
interface FoundFormats {
  readonly format: WriterPlugin;
  readonly besides: readonly WriterPlugin[];
}

/** Checks what was given and opens the output; where no format was named, lists what lies there. */
export async function resolveLook(
  typed: string | undefined,
  { writer, storage, flags }: LookPlugins,
  settings: Settings,
  offer: Offer,
  io: Io,
): Promise<LookRequest> {
  if (typed === undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected a folder or URI with tables, as in ${io.program} look ./out/ecommerce.`,
    );
  }
  const schemas = {
    generator: z.strictObject({}),
    writer: writer?.reader?.options ?? z.strictObject({}),
    storage: storage?.options ?? z.strictObject({}),
    run: LookConfig,
  };
  checkSettings(schemas, flags, settings);
  const config = parseOptions(LookConfig, optionsOf('run', flags, settings), 'command');
  const output = resolveOutput(typed, false, io);
  const registry = new PluginRegistry();
  if (storage) registry.registerStorage(storage);
  const storageOptions = optionsOf('storage', flags, settings);
  const { format, besides } = writer
    ? { format: writer, besides: [] }
    : await formatsAt(registry.openStorage(output.uri, storageOptions), output, offer);
  registry.registerWriter(format);
  const reader = registry.createReader(
    format.name,
    output.uri,
    optionsOf('writer', flags, settings),
    storageOptions,
  );
  return {
    ...config,
    output,
    format: format.name,
    reader,
    ...(besides.length > 0 && {
      warning: `${output.shown} also has folders of ${namesOf(besides)} files, which are no tables of ${format.name} and not shown: ask for them with --format ${namesOf(besides, ' or ')}.`,
    }),
  };
}

const namesOf = (plugins: readonly WriterPlugin[], between = ' and ') =>
  plugins.map(({ name }) => name).join(between);

/** The formats of what lies in an output, by the paths there. */
async function formatsAt(storage: Storage, { shown }: Output, offer: Offer): Promise<FoundFormats> {
  const paths = (await storage.list('')).map(({ path }) => path);
  const plugins: WriterPlugin[] = [];
  for (const { load } of Object.values(offer.formats)) {
    const plugin = await load();
    if (plugin.reader !== undefined) plugins.push(plugin);
  }
  const found = recognised(plugins, paths);
  const [only] = found;
  if (only !== undefined && found.length === 1)
    return { format: only, besides: filesBeside(only, plugins, paths) };
  if (found.length > 1) {
    throw new DatagenError(
      'INVALID_OPTION',
      `${shown} holds tables of ${namesOf(found)}: choose one with --format.`,
    );
  }
  if (paths.length === 0)
    throw new DatagenError('INVALID_OPTION', `Expected tables at ${shown}, found nothing there.`);
  // Its files lie as they would below a table's name.
  const inside = recognised(
    plugins,
    paths.map((path) => `table/${path}`),
  );
  const advice =
    inside.length > 0
      ? `It is a table itself (${namesOf(inside)}): look at the folder above, and choose the table with --tables.`
      : `Formats that can be looked at: ${plugins.map(({ name }) => name).join(', ')}; one whose catalog lies elsewhere is named with --format, which brings the flags for its catalog.`;
  throw new DatagenError('INVALID_OPTION', `Expected folders of tables at ${shown}, found none. ${advice}`);
}

/** The formats whose metadata lies there, or else those that the files alone could be tables of. */
function recognised(plugins: readonly WriterPlugin[], paths: readonly string[]): readonly WriterPlugin[] {
  const by = (kind: 'metadata' | 'files') =>
    plugins.filter(({ reader }) => reader?.recognise(paths) === kind);
  const withMetadata = by('metadata');
  return withMetadata.length > 0 ? withMetadata : by('files');
}

/** The formats that folders without the metadata of a format could be tables of. */
function filesBeside(
  format: WriterPlugin,
  plugins: readonly WriterPlugin[],
  paths: readonly string[],
): readonly WriterPlugin[] {
  if (format.reader?.recognise(paths) !== 'metadata') return [];
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.slice(0, path.indexOf('/') + 1);
    const inside = folders.get(folder);
    if (inside) inside.push(path);
    else folders.set(folder, [path]);
  }
  const others = [...folders.values()]
    .filter((inside) => format.reader?.recognise(inside) !== 'metadata')
    .flat();
  return plugins.filter(({ reader }) => reader?.recognise(others) === 'files');
}
