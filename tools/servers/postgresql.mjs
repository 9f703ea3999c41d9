// The PostgreSQL that catalogs are tested on. On Debian, as root, it is installed; elsewhere it is said.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { install } from './debian.mjs';

const DEBIAN = '/usr/lib/postgresql';

/** The newest folder with `initdb` and `postgres` in it; undefined where there is none. */
function findBin() {
  const versions = fs.existsSync(DEBIAN)
    ? fs
        .readdirSync(DEBIAN)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const folders = [
    ...versions.map((version) => path.join(DEBIAN, String(version), 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((program) => fs.existsSync(path.join(folder, program))),
  );
}

/** `{ bin }` of an installed server, and `{ version }` as it says it; `{ missing }` with the reason where there is none. */
export function ensurePostgresql() {
  if (findBin() === undefined) install(['postgresql']);
  const bin = findBin();
  if (bin === undefined)
    return { missing: 'no initdb was found; the tests of catalogs in PostgreSQL are skipped.' };
  const { stdout } = spawnSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return { bin, version: stdout.trim() };
}
