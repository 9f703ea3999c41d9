import { readFile } from 'node:fs/promises';
import { unknownName } from '@datagen/core';

const FILES: Readonly<Record<string, string>> = {
  bash: 'datagen.bash',
  zsh: 'datagen.zsh',
  fish: 'datagen.fish',
  powershell: 'datagen.ps1',
};

/**
 * The script that makes a shell ask `datagen complete` for what can come next. The words of the line are passed as
 * arguments, quoted; no script evaluates any of them.
 */
export async function completionScript(shell: string): Promise<string> {
  const file = Object.hasOwn(FILES, shell) ? FILES[shell] : undefined;
  if (file === undefined) throw unknownName('shell', shell, Object.keys(FILES));
  return readFile(new URL(`../../shells/${file}`, import.meta.url), 'utf8');
}
