import { DatagenError } from '@datagen/core';
import type { Node, YAMLError } from 'yaml';

export interface YamlMap {
  readonly values: ReadonlyMap<string, unknown>;
  /** `name:7:13`: where a key stands, or what its value holds at `inside`. */
  readonly locate: (key: string, inside?: readonly PropertyKey[]) => string;
}

/** What is wrong, by the library's codes: its own sentences quote lines of the file, which may be secret. */
const SENTENCES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'expected a name after the *',
  BAD_DQ_ESCAPE: 'expected an escape sequence that YAML knows',
  BAD_INDENT: 'expected a list or map in brackets to be indented and to end with its bracket',
  BLOCK_AS_IMPLICIT_KEY: 'expected one key and one value in a line; put a text with a colon in quotes',
  DUPLICATE_KEY: 'expected every key once, and this one is repeated',
  MISSING_CHAR: 'expected a colon after a key, or the end of a text in quotes',
  MULTIPLE_DOCS: 'expected one document, and a second one begins here',
  TAB_AS_INDENT: 'expected spaces at the beginning of a line, got a tab',
  UNEXPECTED_TOKEN: 'expected this line to be indented like the others',
};

/** Reads a text of keys and values; `name` is what messages call it. */
export async function parseYaml(name: string, text: string): Promise<YamlMap> {
  // Only runs with a file pay for loading it.
  const { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const startOf = (node: unknown) => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
  const refuse = (offset: number, sentence: string, cause?: unknown): DatagenError =>
    new DatagenError('INVALID_OPTION', `${at(offset)}: ${sentence}.`, { cause });

  const [error, next] = document.errors;
  if (error !== undefined) {
    const line = misplacedLine(error, next, text);
    if (line !== undefined)
      throw refuse(line, 'expected this line to be indented like the one before', error);
    throw refuse(error.pos[0], SENTENCES[error.code] ?? 'expected YAML, which this is not', error);
  }
  const [warning] = document.warnings;
  if (warning !== undefined) throw refuse(warning.pos[0], 'expected no tags or directives', warning);
  const { contents } = document;
  if (contents === null) return { values: new Map(), locate: () => name };
  if (!isMap(contents)) {
    throw refuse(startOf(contents), 'expected keys and values, as in `generator: ecommerce`');
  }
  visit(document, {
    Alias: (_, alias, parents) => {
      const node = alias.resolve(document);
      if (node === undefined || parents.includes(node))
        throw refuse(startOf(alias), 'expected an alias of an anchor that stands before it');
    },
  });

  const keys = new Map<string, Node>();
  const values = new Map<string, unknown>();
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || typeof key.value !== 'string') {
      throw refuse(startOf(key), 'expected a name as key, as in `generator: ecommerce`');
    }
    keys.set(key.value, key);
    values.set(key.value, isNode(value) ? plainValue(value) : value);
  }
  return {
    values,
    locate: (key, inside = []) => {
      const node = inside.length === 0 ? undefined : document.getIn([key, ...inside], true);
      return at(startOf(isNode(node) && !isAlias(node) ? node : keys.get(key)));
    },
  };

  function plainValue(node: Node): unknown {
    try {
      return node.toJS(document) as unknown;
    } catch (cause) {
      throw refuse(startOf(node), 'expected fewer aliases: what they stand for is too much', cause);
    }
  }
}

/**
 * Where a line begins that is indented deeper than the value before it allows: the library points at that value and
 * says, in its next error, how far the supposed key reaches.
 */
function misplacedLine(error: YAMLError, next: YAMLError | undefined, text: string): number | undefined {
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY' || next?.code !== 'MULTILINE_IMPLICIT_KEY') return undefined;
  const line = text.lastIndexOf('\n', next.pos[1] - 1) + 1;
  return line + (/^ */.exec(text.slice(line))?.[0].length ?? 0);
}
