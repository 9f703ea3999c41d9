import { countText } from '@datagen/look/text';

/** From here on hours say less than days. */
const DAYS_FROM_S = 48 * 3600;

/** `0.4 s`, `12 s`, `2 min 05 s`, `1 h 03 min`, `5 days` */
export function durationText(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const pad = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  if (seconds >= DAYS_FROM_S) return `${countText(seconds / 86_400)} days`;
  return `${Math.floor(seconds / 3600)} h ${pad(Math.floor((seconds % 3600) / 60))} min`;
}

/** `1 s`, `50 s`, `2 min`, `3 hours`: a time that is foretold, to one digit or two. */
export function roughDurationText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return 'a second';
  const [value, unit] =
    seconds < 90
      ? [seconds, 's']
      : seconds < 5400
        ? [seconds / 60, 'min']
        : seconds < DAYS_FROM_S
          ? [seconds / 3600, 'hours']
          : [seconds / 86_400, 'days'];
  return `${countText(Number(value.toPrecision(value < 20 ? 1 : 2)))} ${unit}`;
}

/** `850,000 rows/s`, to three digits. */
export function rateText(rowCount: number, elapsedMs: number): string {
  const rate = rowCount / Math.max(elapsedMs / 1000, 0.001);
  return `${countText(Number(rate.toPrecision(3)))} rows/s`;
}

/** Quotes a word for POSIX shells, if it needs it. */
export function shellWord(word: string): string {
  // zsh takes a word that begins with = for the path of a command.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word)) return word;
  // Double quotes leave history (!) and variables to the shell.
  return /[$`"\\!]/.test(word) || !word.includes("'") ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

/** Quotes a text for SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A count that may be an estimate: `1,234`, or `~1,234`. */
export function estimateText(count: number, isExact: boolean): string {
  return isExact ? countText(count) : `~${countText(count)}`;
}

/** What was thrown, as text; also an error of another realm. The same as `reasonOf` of core, which takes long to load. */
export function messageOf(thrown: unknown): string {
  const { message } = (thrown ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(thrown);
}

/** A sentence as the part of another one. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/[.\s]+$/, '');
}
