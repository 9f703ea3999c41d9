import path from 'node:path';
import { DatagenError, type Plugin, PluginRegistry, reasonOf } from '@datagen/core';
import type { ConfigFile } from '../config/config-file.ts';
import type { Io } from '../terminal/io.ts';
import { baseFolder, NO_FOLDER } from '../terminal/working-folder.ts';
import type { Offer } from './offer.ts';
import { isPath, resolveModule } from './resolve-module.ts';

/** A module of plug-ins: a package or a path, and the folder that its name is looked up from. */
export interface NamedModule {
  readonly name: string;
  readonly from: string;
}

/** The modules that `--plugin` names; paths begin where the user stands. */
export function modulesNamed(names: readonly string[], io: Io): readonly NamedModule[] {
  return names.map((name) => ({ name, from: folderOf(io) }));
}

/** The modules under `plugins` in a file; paths begin at the file's folder. */
export function modulesIn(config: ConfigFile, io: Io): readonly NamedModule[] {
  const value = config.values.get('plugins');
  if (value === undefined) return [];
  const names = Array.isArray(value) ? (value as unknown[]) : [value];
  const from = path.resolve(folderOf(io), config.folder);
  return names.map((name) => {
    if (typeof name === 'string' && name !== '') return { name, from };
    throw new DatagenError(
      'INVALID_OPTION',
      `${config.locate('plugins')}: plugins: expected packages or paths of modules, got ${JSON.stringify(name)}.`,
    );
  });
}

/** Adds the plug-ins that modules export; refuses a module without any, and a name that is taken. */
export async function loadModules(modules: readonly NamedModule[], offer: Offer, io: Io): Promise<Offer> {
  let all = offer;
  const loaded = new Set<string>();
  for (const { name, from } of modules) {
    const url = resolveModule(name, from);
    if (loaded.has(url)) continue;
    loaded.add(url);
    for (const plugin of await pluginsOf(name, url)) all = withPlugin(all, plugin, name);
    all = { ...all, modules: [...all.modules, repeatable(name, from, folderOf(io))] };
  }
  return all;
}

async function pluginsOf(name: string, url: string): Promise<readonly Plugin[]> {
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = (await import(url)) as Record<string, unknown>;
  } catch (cause) {
    const reason = reasonOf(cause).split('\n', 1).join();
    throw new DatagenError('INVALID_PLUGIN', `Cannot load the plug-in module "${name}": ${reason}.`, {
      cause,
    });
  }
  // One plug-in may be exported under two names.
  const plugins = [...new Set(Object.values(exports))].filter(isPlugin);
  if (plugins.length > 0) return plugins;
  throw new DatagenError(
    'INVALID_PLUGIN',
    `Expected a plug-in among the exports of "${name}" (${Object.keys(exports).join(', ') || 'it has none'}). Export what \`definePlugin\` returns.`,
  );
}

/** Whether an export says that it is a plug-in; whether it is a whole one is checked when it is added. */
function isPlugin(value: unknown): value is Plugin {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, name } = value as Partial<Record<string, unknown>>;
  return typeof kind === 'string' && typeof name === 'string';
}

function withPlugin(offer: Offer, plugin: Plugin, module: string): Offer {
  const { name, kind } = plugin;
  new PluginRegistry().register(plugin);
  const names = {
    generator: Object.keys(offer.generators),
    writer: Object.keys(offer.formats),
    storage: Object.keys(offer.storages),
  };
  if (names[kind].includes(name)) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `The ${kind} "${name}" of "${module}" has a name that is taken. Load one of them alone, or rename the plug-in.`,
    );
  }
  if (kind === 'storage') {
    const offered = { schemes: plugin.schemes, load: () => Promise.resolve(plugin) };
    return { ...offer, storages: { ...offer.storages, [name]: offered } };
  }
  if (kind === 'writer')
    return { ...offer, formats: { ...offer.formats, [name]: { load: () => Promise.resolve(plugin) } } };
  return { ...offer, generators: { ...offer.generators, [name]: () => Promise.resolve(plugin) } };
}

/** A module as `--plugin` finds it from where the user stands. */
function repeatable(name: string, from: string, folder: string): string {
  if (!isPath(name)) return name;
  const relative = path.relative(folder, path.resolve(from, name));
  return relative.startsWith('..') || path.isAbsolute(relative) ? relative : `./${relative}`;
}

function folderOf({ cwd }: Io): string {
  const folder = baseFolder(cwd);
  if (folder === undefined) throw new DatagenError('INVALID_OPTION', NO_FOLDER);
  return folder;
}
