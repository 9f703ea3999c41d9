// What the tests of a release need: a check of workflows, a registry of npm, and the versions of Node.js.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NPM, run } from '../ensure.mjs';
import { ensureGoProgram } from '../servers/go.mjs';

const CACHE = path.join(os.homedir(), '.cache/datagen/servers');
const QUIETLY = ['--no-audit', '--no-fund', '--loglevel=error'];

/** `{ binary }` of actionlint, which checks workflows; `{ missing }` with the reason where it cannot be had. */
export const ensureActionlint = () =>
  ensureGoProgram({ module: 'github.com/rhysd/actionlint/cmd/actionlint', version: 'v1.7.8' });

/** `{ script }` of verdaccio, a registry of npm; `{ missing }` with the reason where it cannot be had. */
export function ensureNpmRegistry() {
  const verdaccio = '6.1.6';
  const folder = path.join(CACHE, `verdaccio-${verdaccio}`);
  const manifest = {
    private: true,
    dependencies: { verdaccio },
    // A part of it asks for this version by a tag, which not every registry has.
    overrides: { 'node-fetch': '2.7.0' },
  };
  if (!fs.existsSync(folder) && !install(manifest, folder))
    return { missing: 'verdaccio could not be installed (see above); the test of a release is skipped.' };
  return { script: path.join(folder, 'node_modules/verdaccio/bin/verdaccio') };
}

/** The versions of Node.js that packages are run by, besides the one that runs this: the oldest supported is 20.19. */
const NODES = ['20.19.0', '22.23.5', '24.22.3'];

/** `{ binaries }` of the versions of Node.js; `{ missing }` with the reason where they cannot be had. */
export function ensureNodes() {
  const name = `node-${process.platform}-${process.arch}`;
  const folders = NODES.map((version) => path.join(CACHE, `node-${version}`));
  for (const [i, folder] of folders.entries()) {
    const manifest = { private: true, dependencies: { [name]: NODES[i] } };
    if (!fs.existsSync(folder) && !install(manifest, folder))
      return { missing: `${name}@${NODES[i]} could not be installed (see above); its tests are skipped.` };
  }
  const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return { binaries: folders.map((folder) => path.join(folder, 'node_modules', name, program)) };
}

/** Installs into a folder of its own and renames it once it is whole: another run may be at it, too. */
function install(manifest, folder) {
  console.error(`Installing ${Object.entries(manifest.dependencies).flat().join(' ')} …`);
  fs.mkdirSync(CACHE, { recursive: true });
  const own = fs.mkdtempSync(`${folder}-`);
  fs.writeFileSync(path.join(own, 'package.json'), JSON.stringify(manifest));
  const isDone = run(NPM, ['install', ...QUIETLY], { cwd: own }) === 0;
  if (isDone && !fs.existsSync(folder)) fs.renameSync(own, folder);
  fs.rmSync(own, { recursive: true, force: true });
  return isDone;
}
