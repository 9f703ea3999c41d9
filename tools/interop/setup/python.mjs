// The Python programs that judge what we write, in virtual environments of their own outside the checkout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../ensure.mjs';

const CACHE = path.join(os.homedir(), '.cache/datagen');

/**
 * `{ interpreter }` of an environment that has the packages listed in a file of this folder, made at the first call;
 * `{ missing }` with the reason where there is no Python to make it with.
 */
export function ensurePython(list = 'requirements.txt') {
  const requirements = path.join(import.meta.dirname, list);
  const system = spawnSync('python3', ['--version'], { encoding: 'utf8' });
  if (system.status !== 0) return { missing: 'no python3 was found; the tests that need it are skipped.' };
  const wanted = createHash('sha256')
    .update(fs.readFileSync(requirements))
    .update(system.stdout)
    .digest('hex');
  const folder = path.join(CACHE, `venv-${wanted.slice(0, 12)}`);
  const interpreter = path.join(folder, 'bin/python');
  if (!fs.existsSync(interpreter) && !install(folder, requirements)) {
    return {
      missing: 'the virtual environment could not be made (see above); the tests that need it are skipped.',
    };
  }
  return { interpreter };
}

/**
 * Fills a folder of its own and links it as `folder` once it is whole: an environment cannot be moved, and
 * another run may be installing the same one.
 */
function install(folder, requirements) {
  console.error(`Installing the Python packages of ${path.basename(requirements)} …`);
  fs.mkdirSync(CACHE, { recursive: true });
  const own = fs.mkdtempSync(`${folder}-`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  if (run('python3', ['-m', 'venv', own]) !== 0 || run(path.join(own, 'bin/python'), pip) !== 0) {
    fs.rmSync(own, { recursive: true });
    return false;
  }
  const link = `${own}.link`;
  fs.symlinkSync(own, link);
  fs.renameSync(link, folder);
  return true;
}
