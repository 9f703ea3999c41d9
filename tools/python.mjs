// The Python readers that judge what we write, in a virtual environment of their own outside the checkout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './ensure.mjs';

const REQUIREMENTS = path.join(import.meta.dirname, 'interop/requirements.txt');

/**
 * `{ interpreter }` of an environment that has tools/interop/requirements.txt, made at the first call;
 * `{ missing }` with the reason where there is no Python to make it with.
 */
export function ensurePython() {
  const system = spawnSync('python3', ['--version'], { encoding: 'utf8' });
  if (system.status !== 0)
    return { missing: 'no python3 was found; the tests that read with pyarrow are skipped.' };
  const wanted = createHash('sha256')
    .update(fs.readFileSync(REQUIREMENTS))
    .update(system.stdout)
    .digest('hex');
  const folder = path.join(os.homedir(), '.cache/datagen', `python-${wanted.slice(0, 12)}`);
  const interpreter = path.join(folder, 'bin/python');
  const complete = path.join(folder, 'complete');
  if (fs.existsSync(complete)) return { interpreter };
  console.error('Installing the Python readers …');
  fs.rmSync(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
  if (run('python3', ['-m', 'venv', folder]) !== 0 || run(interpreter, pip) !== 0) {
    return {
      missing:
        'the virtual environment could not be made (see above); the tests that read with pyarrow are skipped.',
    };
  }
  fs.writeFileSync(complete, '');
  return { interpreter };
}
