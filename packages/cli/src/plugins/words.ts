/** The values of a flag in the words of a command, in either spelling: `--format x`, `--format=x`. */
export function flagValues(words: readonly string[], flag: string): readonly string[] {
  // What comes after `--` is no flag.
  const end = words.indexOf('--');
  const flags = end === -1 ? words : words.slice(0, end);
  return flags.flatMap((word, i) => {
    if (word === flag) return words[i + 1] ?? [];
    return word.startsWith(`${flag}=`) ? [word.slice(flag.length + 1)] : [];
  });
}

/** The last value of a flag. */
export function flagValue(words: readonly string[], flag: string): string | undefined {
  return flagValues(words, flag).at(-1);
}
