/** A number that JavaScript would write in another way, such as `1.0` or `1e3`: kept as its text. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Parses JSON so that no number loses a digit: an integer beyond 2^53 becomes a bigint, and one that would be written
 * differently than it was read a `NumberText`. `isBigint` names keys whose integers are bigints however small they are.
 * Throws a `SyntaxError` that says where.
 */
export function parseJson(text: string, isBigint: (key: string) => boolean = () => false): unknown {
  return new Parser(text, isBigint).parse();
}

/** Writes what `parseJson` reads: bigints as integers, properties that are undefined not at all. */
export function formatJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(formatJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${formatJson(member)}`).join()}}`;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class Parser {
  readonly #text: string;
  readonly #isBigint: (key: string) => boolean;
  #at = 0;

  constructor(text: string, isBigint: (key: string) => boolean) {
    this.#text = text;
    this.#isBigint = isBigint;
  }

  parse(): unknown {
    const value = this.#value('');
    if (this.#next() !== undefined) throw this.#unexpected();
    return value;
  }

  #value(key: string): unknown {
    const first = this.#next();
    if (first === '{') return this.#object();
    if (first === '[') return this.#array(key);
    if (first === '"') return this.#string();
    const word = this.#take(WORD);
    if (word !== undefined) return JSON.parse(word);
    const digits = this.#take(NUMBER);
    if (digits === undefined) throw this.#unexpected();
    return numberOf(digits, this.#isBigint(key));
  }

  #object(): unknown {
    this.#at++;
    const members: [string, unknown][] = [];
    while (this.#next() !== '}') {
      if (members.length > 0) this.#expect(',');
      this.#next();
      const key = this.#string();
      this.#expect(':');
      members.push([key, this.#value(key)]);
    }
    this.#at++;
    // Unlike an assignment, this takes `__proto__` for a key as any other.
    return Object.fromEntries(members);
  }

  #array(key: string): unknown {
    this.#at++;
    const values: unknown[] = [];
    while (this.#next() !== ']') {
      if (values.length > 0) this.#expect(',');
      values.push(this.#value(key));
    }
    this.#at++;
    return values;
  }

  #string(): string {
    const found = this.#take(STRING);
    if (found === undefined) throw this.#unexpected();
    return JSON.parse(found) as string;
  }

  #expect(sign: string): void {
    if (this.#next() !== sign) throw this.#unexpected();
    this.#at++;
  }

  /** The next character that is no space; undefined at the end. */
  #next(): string | undefined {
    this.#take(SPACE);
    return this.#text[this.#at];
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #unexpected(): SyntaxError {
    const found = this.#text[this.#at];
    const what = found === undefined ? 'end' : `character ${JSON.stringify(found)}`;
    return new SyntaxError(`unexpected ${what} at position ${String(this.#at)} of the JSON text`);
  }
}

function numberOf(digits: string, isBigint: boolean): number | bigint | NumberText {
  const value = Number(digits);
  if (!/^-?\d+$/.test(digits) || digits === '-0')
    return String(value) === digits ? value : new NumberText(digits);
  return isBigint || !Number.isSafeInteger(value) ? BigInt(digits) : value;
}
