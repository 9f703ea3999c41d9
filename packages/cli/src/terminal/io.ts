/** Where text goes, with what is known of the terminal there. */
export interface TextStream {
  /** Settles once the text is handed on, so that whoever has much to write can wait for the reader. */
  write(text: string): Promise<void>;
  /** The same of bytes, as they are. */
  writeBytes(bytes: Uint8Array): Promise<void>;
  readonly isTTY?: boolean;
  /** Width of the terminal, in characters. */
  readonly columns?: number;
}

/** All that a run of the command touches outside itself, besides the output it writes tables to. */
export interface Io {
  /** Results. */
  readonly stdout: TextStream;
  /** Progress and errors. */
  readonly stderr: TextStream;
  /** What `--config -` is read from. */
  readonly stdin: () => AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths begin here; absent for the working folder of the process. */
  readonly cwd?: string;
  /** How the command was started, as it is repeated to the user: `datagen`, `npx datagen`, `npm start --`. */
  readonly program: string;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Fires at the first interruption from now on; whoever asks promises to stop tidily. */
  interruption(): AbortSignal;
  /** Fires at the first interruption; who does not stop tidily is left behind by it. */
  readonly signal: AbortSignal;
  /** Keeps a secret out of all that is written from now on. */
  hide(secret: string): void;
}

/** Puts text into bold where the stream is a terminal that wants colors. */
export function bold(text: string, stream: TextStream, env: Io['env']): string {
  return wantsColors(stream, env) ? `\u001B[1m${text}\u001B[22m` : text;
}

/** Puts text into the colour of pictures where the stream is a terminal that wants colors. */
export function coloured(text: string, stream: TextStream, env: Io['env']): string {
  return wantsColors(stream, env) ? `\u001B[36m${text}\u001B[39m` : text;
}

/** Puts text into the background where the stream is a terminal that wants colors. */
export function faint(text: string, stream: TextStream, env: Io['env']): string {
  return wantsColors(stream, env) ? `\u001B[2m${text}\u001B[22m` : text;
}

function wantsColors(stream: TextStream, env: Io['env']): boolean {
  return isRichTerminal(stream, env) && (env['NO_COLOR'] ?? '') === '';
}

/** Characters in a line; some terminals say nothing, or 0. */
export function widthOf({ columns = 0 }: TextStream): number {
  return columns > 0 ? columns : 80;
}

/** Whether a stream is a terminal on which a line can be drawn over. */
export function isRichTerminal(stream: TextStream, env: Io['env']): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Keeps the passwords of URIs in a text out of all that is written from now on. */
export function hidePasswords(text: string, io: Io): void {
  for (const [, password = ''] of text.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:([^\s/?#]*)@/gi))
    io.hide(password);
}
