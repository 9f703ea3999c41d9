import { readConfigFile } from '../config/config-file.ts';
import type { Io } from '../terminal/io.ts';
import { loadModules, modulesIn, modulesNamed } from './load-modules.ts';
import type { Builtins, Offer } from './offer.ts';
import { flagValue, flagValues } from './words.ts';

/** Reads the file and loads the modules that the words of a command name; costs nothing where they name none. */
export async function offerOf(words: readonly string[], builtins: Builtins, io: Io): Promise<Offer> {
  const named = flagValues(words, '--plugin');
  const configPath = flagValue(words, '--config');
  const offer: Offer = { storages: {}, ...builtins, modules: [] };
  if (named.length === 0 && configPath === undefined) return offer;
  const config = configPath === undefined ? undefined : await readConfigFile(configPath, io);
  const withFile = config === undefined ? offer : { ...offer, config };
  const inFile = config === undefined ? [] : modulesIn(config, io);
  return loadModules([...modulesNamed(named, io), ...inFile], withFile, io);
}
