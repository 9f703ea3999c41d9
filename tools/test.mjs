// `npm test`: sets up what is missing, runs the tests of all packages through Nx and adds up what ran.
// The last line is plain: `N passed, N failed`, and `, N skipped` where something could not run here.
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, run } from './ensure.mjs';
import { ensureNative } from './native.mjs';
import { ensurePython } from './python.mjs';
import { ensureShells } from './shells.mjs';

ensureInstalled();
const packages = fs
  .readdirSync(path.join(root, 'packages'))
  .filter((name) => fs.existsSync(path.join(root, 'packages', name, 'package.json')));
const resultsOf = (name) => path.join(root, 'packages', name, 'test-results');
for (const name of packages) fs.rmSync(resultsOf(name), { recursive: true, force: true });

const python = ensurePython();
if (python.missing) console.log(`Without Python: ${python.missing}`);
const native = ensureNative();
if (native.missing) console.log(`Without the native encoder: ${native.missing}; its tests are skipped.`);
const shells = ensureShells();
if (shells.missing.length > 0)
  console.log(`Without ${shells.missing.join(', ')}: the tests of completion in these shells are skipped.`);
const nx = path.join(root, 'node_modules/nx/dist/bin/nx.js');
const extra = process.argv.slice(2);
const args = [nx, 'run-many', '-t', 'test', '--output-style=static', ...extra];
const env = {
  ...process.env,
  NX_DAEMON: 'false',
  // Nx forces colours on otherwise, and tests that read the output of a child process would find them in it.
  FORCE_COLOR: '0',
  DATAGEN_PYTHON: python.interpreter ?? '',
  // Tests ask for the shells themselves; for Nx these are inputs.
  DATAGEN_SHELLS: shells.versions,
};
const status = run(process.execPath, args, { stdio: 'inherit', env });

const total = { passed: 0, failed: 0 };
const skipped = [];
for (const name of packages) {
  const file = path.join(resultsOf(name), 'counts.json');
  if (!fs.existsSync(file)) {
    // With arguments (`-p @datagen/core`) only some packages were asked for.
    if (extra.length > 0) continue;
    console.log(`failed: ${name} left no test results`);
    total.failed++;
    continue;
  }
  const counts = JSON.parse(fs.readFileSync(file, 'utf8'));
  total.passed += counts.passed;
  total.failed += counts.failed;
  skipped.push(...counts.skipped.map((test) => `${name}: ${test}`));
}
for (const test of skipped) console.log(`skipped: ${test}`);
const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${tail}`);
process.exit(status === 0 && total.failed === 0 ? 0 : 1);
