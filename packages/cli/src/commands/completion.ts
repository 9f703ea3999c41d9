import { script } from '@bomb.sh/tab';
import { unknownName } from '@datagen/core';

/** The script that makes a shell ask `datagen complete` for what can come next. */
export function completionScript(shell: string, shells: readonly string[]): string {
  if (!shells.includes(shell)) throw unknownName('shell', shell, shells);
  const lines: string[] = [];
  const print = console.log;
  // The library prints the script and has no way to return it.
  console.log = (text: string) => lines.push(text);
  try {
    script(shell, 'datagen', 'datagen');
  } finally {
    console.log = print;
  }
  // Without it bash never falls back to file names, which the script's own directives rely on.
  return `${lines.join('\n')}\n`.replace(/^complete -F /m, 'complete -o default -F ');
}
