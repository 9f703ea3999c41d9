import { readFile } from 'node:fs/promises';
import { DatagenError, nearestName, reasonOf } from '@datagen/core';

/** Options from a YAML file, each with the place it stands at. */
export interface ConfigFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, unknown>;
  /** `datagen.yaml:7:13`: where a key stands, or what its value holds at `inside`. */
  locate(key: string, inside?: readonly PropertyKey[]): string;
}

/** Reads a file of keys and values; what cannot be read or is no such file is `INVALID_OPTION`. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : reasonOf(cause);
    throw invalid(`Cannot read ${path}: ${reason}.`, cause);
  }
  // Only runs with a file pay for loading it.
  const { isMap, isNode, isScalar, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error !== undefined) throw invalid(`${at(error.pos[0])}: ${error.message.replace(/\.?$/, '.')}`, error);
  const { contents } = document;
  if (contents === null) return { path, values: new Map(), locate: () => path };
  if (!isMap(contents)) {
    throw invalid(`${at(contents.range[0])}: expected keys and values, as in \`generator: ecommerce\`.`);
  }

  const offsets = new Map<string, number>();
  const values = new Map<string, unknown>();
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    offsets.set(name, key.range[0]);
    values.set(name, isNode(value) ? value.toJS(document) : value);
  }
  return {
    path,
    values,
    locate: (key, inside = []) => {
      const node = inside.length === 0 ? undefined : document.getIn([key, ...inside], true);
      return at(isNode(node) ? (node.range?.[0] ?? 0) : (offsets.get(key) ?? 0));
    },
  };
}

/** Refuses keys that no option has, all of them at once. */
export function checkKeys(config: ConfigFile, known: readonly string[]): void {
  const problems = [...config.values.keys()]
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean \`${nearest}\`?`;
      return `${config.locate(key)}: unknown key \`${key}\`. ${hint}`;
    });
  if (problems.length > 0) throw invalid(problems.join('\n'));
}

/** A key whose value must be text, or undefined where the file does not have it. */
export function textIn(config: ConfigFile | undefined, key: string): string | undefined {
  const value = config?.values.get(key);
  if (config === undefined || value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`${config.locate(key)}: ${key}: expected a text, got ${JSON.stringify(value)}.`);
}

function invalid(message: string, cause?: unknown): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { cause });
}
