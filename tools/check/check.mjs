// `npm run check`: everything that is not a test, each as one process over the whole tree.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, run } from '../ensure.mjs';

ensureInstalled();
const node = (script, ...args) => [process.execPath, [script, ...args]];
const hasCargo = spawnSync('cargo', ['--version']).status === 0;
if (!hasCargo) console.log('Without cargo: the native encoder is not checked.');
process.env.CARGO_TARGET_DIR = path.join(os.homedir(), '.cache/datagen/cargo-target');
const checks = {
  types: node('node_modules/typescript/bin/tsc', '-b'),
  lint: node('node_modules/eslint/bin/eslint.js', '.'),
  format: node('node_modules/prettier/bin/prettier.cjs', '--check', '.'),
  unused: node('node_modules/knip/bin/knip.js'),
  lock: node('tools/check/lock.mjs'),
  references: node('tools/check/references.mjs'),
  structure: node('tools/check/structure.mjs'),
  readmes: node('tools/docs/readme.mjs', '--check'),
  docs: node('tools/docs/site.mjs'),
  ...(hasCargo && {
    rustfmt: ['cargo', ['fmt', '--check']],
    clippy: ['cargo', ['clippy', '--release', '--locked', '--quiet', '--', '--deny', 'warnings']],
  }),
};
const failed = Object.entries(checks).filter(([name, [command, args]]) => {
  console.log(`— ${name}`);
  return run(command, args, { stdio: 'inherit' }) !== 0;
});
if (failed.length > 0) {
  console.log(`Failed: ${failed.map(([name]) => name).join(', ')}.`);
  process.exit(1);
}
console.log('All checks passed.');
