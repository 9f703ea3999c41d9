// Trino, which reads and writes Iceberg and Delta tables by its own code in Java: its server with these two connectors,
// fetched once into the cache.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../ensure.mjs';
import { fetchByMaven, findJava, hasMaven } from './java.mjs';

/** The last version whose server is on Maven Central. */
const VERSION = '476';
const NAME = `trino-server-${VERSION}`;
const CACHE = path.join(os.homedir(), '.cache/datagen/servers');
const LEAST_JAVA = 24;
/** A third of what the archive has: the connectors to everything else are not kept. */
const NEEDED = ['lib', 'plugin/iceberg', 'plugin/delta-lake'];

/**
 * `{ home, java }`: the server's folder, whose jars in `lib` have the main class `io.trino.server.TrinoServer`, and a
 * Java that runs it; `{ missing }` with the reason where they cannot be had.
 */
export function ensureTrino() {
  const java = findJava(LEAST_JAVA);
  if (java === undefined)
    return { missing: `no Java ${LEAST_JAVA} or newer was found; the tests that need it are skipped.` };
  const home = path.join(CACHE, NAME);
  if (!fs.existsSync(home)) {
    if (!hasMaven())
      return { missing: 'no Maven (mvn) was found to fetch it with; the tests that need it are skipped.' };
    if (!fetchServer(home))
      return { missing: 'its server could not be fetched (see above); the tests that need it are skipped.' };
  }
  return { home, java };
}

/** Fetches into a folder of its own and renames it once it is whole: another run may be fetching the same. */
function fetchServer(home) {
  console.error('Fetching the server of Trino (820 MB) …');
  fs.mkdirSync(CACHE, { recursive: true });
  const own = fs.mkdtempSync(`${home}-`);
  try {
    // Into a repository of its own: the user's would keep the archive.
    const repository = `-Dmaven.repo.local=${path.join(own, 'repository')}`;
    const artifact = `-Dartifact=io.trino:trino-server:${VERSION}:tar.gz`;
    if (!fetchByMaven('get', repository, artifact, '-Dtransitive=false')) return false;
    const archive = path.join(own, 'repository/io/trino/trino-server', VERSION, `${NAME}.tar.gz`);
    // All of it: jars are links to those of connectors that are not kept.
    if (run('tar', ['-xzf', archive, '-C', own]) !== 0) return false;
    const kept = path.join(own, 'kept');
    for (const name of NEEDED) {
      fs.mkdirSync(path.dirname(path.join(kept, name)), { recursive: true });
      fs.renameSync(path.join(own, NAME, name), path.join(kept, name));
    }
    if (!fs.existsSync(home)) fs.renameSync(kept, home);
    return true;
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
}
