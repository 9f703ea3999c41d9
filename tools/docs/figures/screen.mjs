// The lines of a terminal and when each stood there. It knows what the command line prints: text, carriage returns,
// line feeds, and the escape sequences that clear a line or move up.

const ESCAPE = String.fromCharCode(27);
/** An escape sequence, a control character, or text between them. */
const PART = new RegExp(`${ESCAPE}\\[[\\d;?]*[A-Za-z]|\\r|\\n|[^${ESCAPE}\\r\\n]+`, 'g');

export class Screen {
  #columns;
  #lines = [''];
  #row = 0;
  #column = 0;
  /** What each row showed, from which second on. */
  #history = [];

  constructor(columns) {
    this.#columns = columns;
  }

  write(text, seconds) {
    for (const [part] of text.matchAll(PART)) this.#apply(part);
    this.#lines.forEach((line, row) => {
      const states = (this.#history[row] ??= [{ text: '', seconds: 0 }]);
      if (states.at(-1).text !== line) states.push({ text: line, seconds });
    });
  }

  /** `{ row, text, from, until }` of all that was shown; `until` is undefined for what still stands there. */
  spans() {
    return this.#history.flatMap((states, row) =>
      states
        .map(({ text, seconds }, i) => ({ row, text, from: seconds, until: states[i + 1]?.seconds }))
        .filter(({ text }) => text.trim() !== ''),
    );
  }

  #apply(part) {
    if (part === '\r') this.#column = 0;
    else if (part === '\n') this.#feed();
    else if (part.startsWith(ESCAPE)) this.#escape(part);
    else for (const character of part) this.#put(character);
  }

  #escape(sequence) {
    const count = Number.parseInt(sequence.slice(2)) || 0;
    const line = this.#lines[this.#row];
    if (sequence.endsWith('K')) this.#lines[this.#row] = count === 2 ? '' : line.slice(0, this.#column);
    if (sequence.endsWith('A')) this.#row = Math.max(0, this.#row - (count || 1));
    if (sequence.endsWith('G')) this.#column = Math.max(0, count - 1);
    if (sequence.endsWith('J')) this.#lines.splice(this.#row + 1);
  }

  #put(character) {
    if (this.#column === this.#columns) {
      this.#column = 0;
      this.#feed();
    }
    const line = this.#lines[this.#row].padEnd(this.#column);
    this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column++;
  }

  #feed() {
    this.#row++;
    this.#lines[this.#row] ??= '';
  }
}
