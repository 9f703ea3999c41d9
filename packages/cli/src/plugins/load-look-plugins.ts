import { schemeOf, type StoragePlugin, type WriterPlugin } from '@datagen/core';
import type { Flag } from '../flags/flags.ts';
import { collectLookFlags } from '../flags/look-flags.ts';
import { loadStorage, loadWriter } from './load-plugins.ts';
import type { Offer } from './offer.ts';
import { flagValue } from './words.ts';

/** What words of `look` name before they are parsed. */
export interface LookPlugins {
  /** Absent where the format is to be told by what lies there. */
  readonly writer?: WriterPlugin;
  readonly storage?: StoragePlugin;
  readonly flags: readonly Flag[];
}

/** Loads the format and the storage that the words after `look` name. */
export async function loadLookPlugins(words: readonly string[], offer: Offer): Promise<LookPlugins> {
  const format = flagValue(words, '--format');
  const writer = format === undefined ? undefined : await loadWriter(format, offer);
  const storage = await loadStorage(words.map(schemeOf), offer);
  return {
    ...(writer && { writer }),
    ...(storage && { storage }),
    flags: collectLookFlags(writer?.reader, storage),
  };
}
