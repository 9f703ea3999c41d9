import { DatagenError, option, sentence } from '@datagen/core/writer';

/** The properties that a user asks for, as `name=value`. Throws `INVALID_OPTION` for one that cannot be kept. */
export function parseProperties(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      const name = text.slice(0, at);
      if (name.startsWith('datagen.')) throw invalid(name, 'datagen sets it itself');
      if (name === 'format-version') throw invalid(name, 'datagen writes version 2');
      return [name, text.slice(at + 1)];
    }),
  );
}

function invalid(name: string, reason: string): DatagenError {
  return new DatagenError(
    'INVALID_OPTION',
    sentence`Cannot set ${option('tableProperties')} "${name}": ${reason}.`,
    { details: { option: 'tableProperties', name } },
  );
}
