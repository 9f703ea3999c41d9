// The shells whose completion is tested. On Debian, as root, what is missing is installed; elsewhere it is said.
import { spawnSync } from 'node:child_process';
import { install } from './servers/debian.mjs';

/** The shells that are asked for, and the Debian package of each; Debian has none of PowerShell. */
const PACKAGES = { bash: 'bash', zsh: 'zsh', fish: 'fish', pwsh: undefined };

/** What a shell says of its version; undefined where there is no such shell. */
function versionOf(shell) {
  const { status, stdout } = spawnSync(shell, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n', 1).join() : undefined;
}

/** `{ versions }` of the shells that are there, as one text, and the names of those that are `missing`. */
export function ensureShells() {
  const packages = Object.entries(PACKAGES).filter(([shell, name]) => name && versionOf(shell) === undefined);
  if (packages.length > 0) install(packages.map(([, name]) => name));
  const shells = Object.keys(PACKAGES).map((shell) => [shell, versionOf(shell)]);
  return {
    versions: shells.flatMap(([, version]) => version ?? []).join('; '),
    missing: shells.filter(([, version]) => version === undefined).map(([shell]) => shell),
  };
}
