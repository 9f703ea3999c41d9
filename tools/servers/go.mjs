// Programs that are compiled once into the cache from the module proxy of Go.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../ensure.mjs';

const CACHE = path.join(os.homedir(), '.cache/datagen');

/**
 * `{ binary }` of a program, made at the first call; `{ missing }` with the reason where it cannot be made.
 * `module` is the path of its main package, `version` a tag of it.
 */
export function ensureGoProgram({ module, version }) {
  const name = path.posix.basename(module);
  const binary = path.join(CACHE, 'servers', `${name}-${version}`);
  if (fs.existsSync(binary)) return { binary };
  if (spawnSync('go', ['version']).status !== 0)
    return { missing: 'no go was found (https://go.dev); the tests that need it are skipped.' };
  if (!install(`${module}@${version}`, binary))
    return { missing: `${name} could not be compiled (see above); the tests that need it are skipped.` };
  return { binary };
}

/** Compiles into a folder of its own and moves the result: another run may be at it, too. */
function install(program, binary) {
  console.error(`Compiling ${program}; it may take some minutes …`);
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  const own = fs.mkdtempSync(`${binary}-`);
  const env = {
    ...process.env,
    GOBIN: own,
    GOCACHE: path.join(CACHE, 'go-build'),
    GOMODCACHE: path.join(CACHE, 'go-mod'),
  };
  const isDone = run('go', ['install', program], { env }) === 0;
  if (isDone) fs.renameSync(path.join(own, fs.readdirSync(own)[0]), binary);
  fs.rmSync(own, { recursive: true });
  return isDone;
}
