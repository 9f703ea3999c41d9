// Packages of Debian, for tests that need more than Node.js.
import { spawnSync } from 'node:child_process';
import { run } from '../ensure.mjs';

/** Installs packages, as root on Debian; elsewhere it does nothing, and who needs them says what is missing. */
export function install(packages) {
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (!canInstall) return;
  console.error(`Installing ${packages.join(' and ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quietly = { env, stdio: ['ignore', 'ignore', 2] };
  // Lists of packages that cannot be renewed may still do.
  run('apt-get', ['update', '-qq'], quietly);
  run('apt-get', ['install', '-qq', '--yes', '--no-install-recommends', ...packages], quietly);
}
