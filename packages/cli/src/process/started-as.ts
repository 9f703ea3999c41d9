import path from 'node:path';
import { workingFolder } from '../terminal/working-folder.ts';

/**
 * How this process was started, as its user would start it again: `datagen` where the shell finds it, `npx datagen`
 * where npm did, `npx @datagen/cli` where npm fetched it, or node with the path of the script. `script` is `argv[1]`.
 */
export function startedAs(script: string, env: Readonly<Record<string, string | undefined>>): string {
  const parts = script.split(/[\\/]/);
  if (parts.includes('_npx')) return 'npx @datagen/cli';
  // A script of the user's package.json finds the command beside it, a shell does not.
  if (env['npm_command'] !== undefined || env['npm_lifecycle_event'] !== undefined) return 'npx datagen';
  const isInstalled =
    parts.includes('node_modules') || path.parse(script).name !== parts.at(-1)?.replace(/\.js$/, '');
  if (isInstalled || !script.endsWith('.js')) return 'datagen';
  const folder = workingFolder();
  const relative = folder === undefined ? '..' : path.relative(folder, script);
  return `node ${relative.startsWith('..') ? script : relative}`;
}
