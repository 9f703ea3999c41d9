import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { DatagenError, reasonOf, unknownName } from '@datagen/core';
import { commentedConfig } from '../config/commented-config.ts';
import { collectFlags } from '../flags/flags.ts';
import type { Offer } from '../plugins/offer.ts';
import type { Io } from '../terminal/io.ts';
import { baseFolder, NO_FOLDER } from '../terminal/working-folder.ts';
import { schemaText } from './schema.ts';

const CONFIG = 'datagen.yaml';
const SCHEMA = 'datagen.schema.json';

export interface InitOptions {
  /** @default 'ecommerce' */
  readonly generator?: string | undefined;
  /** @default 'parquet' */
  readonly format?: string | undefined;
}

/**
 * Writes a configuration file that names every option of a generator and a format, and the JSON Schema that an editor
 * completes it by: the one of the installed package, or one that is written beside it where there is no such package in
 * reach, or plug-ins have options of their own. Overwrites no configuration.
 */
export async function init(options: InitOptions, offer: Offer, io: Io): Promise<void> {
  const { generator = 'ecommerce', format = 'parquet' } = options;
  const folder = baseFolder(io.cwd);
  if (folder === undefined) throw new DatagenError('INVALID_OPTION', NO_FOLDER);
  const plugin = await named('generator', generator, offer.generators);
  const { load, isStream } = await named('format', format, withLoad(offer.formats));
  if (isStream === true)
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected a format of files, got ${JSON.stringify(format)}, which is a stream to the standard output alone. Choose another format.`,
    );
  const writer = await load();
  const installed = offer.modules.length > 0 ? undefined : installedSchema(folder);
  const text = commentedConfig({
    generator: plugin,
    writer,
    flags: collectFlags(plugin, writer),
    modules: offer.modules,
    schema: installed ?? `./${SCHEMA}`,
    program: io.program,
  });
  await writeNew(path.join(folder, CONFIG), text);
  if (installed === undefined) await fs.writeFile(path.join(folder, SCHEMA), await schemaText(offer));
  const files = installed === undefined ? `${CONFIG} and ${SCHEMA}` : CONFIG;
  await io.stdout.write(`Wrote ${files}.\n\nWrite the dataset:  ${io.program} generate --config ${CONFIG}\n`);
}

async function named<T>(
  kind: string,
  name: string,
  offered: Readonly<Record<string, () => Promise<T>>>,
): Promise<T> {
  const load = Object.hasOwn(offered, name) ? offered[name] : undefined;
  if (load === undefined) throw unknownName(kind, name, Object.keys(offered));
  return load();
}

function withLoad<T>(offered: Readonly<Record<string, T>>): Readonly<Record<string, () => Promise<T>>> {
  return Object.fromEntries(
    Object.entries(offered).map(([name, value]) => [name, () => Promise.resolve(value)]),
  );
}

/** The schema of a `@datagen/cli` that is installed in the folder or one above it, as a path from the folder. */
function installedSchema(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, 'node_modules/@datagen/cli', SCHEMA);
    if (existsSync(file)) return path.relative(folder, file).split(path.sep).join('/');
    if (path.dirname(at) === at) return undefined;
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await fs.writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new DatagenError(
        'INVALID_OPTION',
        `Expected no ${CONFIG} here, and there is one. Remove it, or go to another folder.`,
        { cause },
      );
    }
    throw new DatagenError('STORAGE_FAILED', `Cannot write ${CONFIG}: ${reasonOf(cause)}.`, { cause });
  }
}
