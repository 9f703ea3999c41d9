import { DatagenError } from './errors.ts';
import { type Sentence, sentence, sentenceText } from './sentence.ts';

/** Damerau-Levenshtein distance (optimal string alignment): edits, with a swap of neighbours as one. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => {
    const row = new Array<number>(b.length + 1).fill(0);
    row[0] = i;
    return row;
  });
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let j = 0; j <= b.length; j++) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(i - 2, j - 2) + 1);
      (rows[i] as number[])[j] = best;
    }
  }
  return at(a.length, b.length);
}

/** The known name closest to what was typed, if it is close enough to be what was meant. */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** `Unknown writer "detla". Did you mean "delta"? Known: delta, parquet.`, and what else can be done. */
export function unknownName(
  kind: string | Sentence,
  typed: string,
  known: Iterable<string>,
  advice?: string,
): DatagenError {
  const names = [...known];
  const nearest = nearestName(typed, names);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const message = sentence`Unknown ${kind} "${typed}".${hint} Known: ${names.join(', ')}.${advice === undefined ? '' : ` ${advice}`}`;
  return new DatagenError('UNKNOWN_NAME', message, {
    details: { kind: sentenceText(kind), typed, known: names, nearest },
  });
}
