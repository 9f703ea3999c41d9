import { configSchema, type OfferedPlugins } from '../config/json-schema.ts';
import type { Builtins, Offer } from '../plugins/offer.ts';
import type { Io } from '../terminal/io.ts';

/** Prints the JSON Schema of the configuration file, with the options of all plug-ins that are loaded. */
export async function schema(offer: Offer, io: Io): Promise<void> {
  await io.stdout.write(await schemaText(offer));
}

/** The JSON Schema of the configuration file, as a file holds it. */
export async function schemaText(offer: Builtins): Promise<string> {
  return `${JSON.stringify(configSchema(await loadAll(offer)), undefined, 2)}\n`;
}

async function loadAll({ generators, formats, storages = {} }: Builtins): Promise<OfferedPlugins> {
  return {
    generators: await inTurn(Object.values(generators)),
    writers: await inTurn(Object.values(formats).map(({ load }) => load)),
    storages: await inTurn(Object.values(storages).map(({ load }) => load)),
  };
}

/** Packages that share modules are loaded one after the other: at once is no faster. */
async function inTurn<T>(loads: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const loaded: T[] = [];
  for (const load of loads) loaded.push(await load());
  return loaded;
}
