// Imported first by scripts that read generators and schemas from source, as the tests do, without a build: starts the
// script again where Node.js was not told how.
import { spawnSync } from 'node:child_process';
import { root } from '../ensure.mjs';

const flags = ['--import', 'tsx', '--conditions=@datagen/source'];
if (!process.execArgv.includes(flags[2])) {
  const { status } = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], {
    stdio: 'inherit',
    cwd: root,
  });
  process.exit(status ?? 1);
}
