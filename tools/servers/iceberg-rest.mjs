// The server of Iceberg's REST catalog that tests commit to: the reference one in Java, fetched once into the cache.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fetchByMaven, hasMaven, javaVersion } from './java.mjs';

const POM = path.join(import.meta.dirname, 'iceberg-rest-pom.xml');
const CACHE = path.join(os.homedir(), '.cache/datagen/servers');
const LEAST_JAVA = 17;

/**
 * `{ classPath }` of the server, whose main class is `org.apache.iceberg.rest.RESTCatalogServer`; `{ missing }` with the
 * reason where it cannot be had.
 */
export function ensureIcebergRest() {
  if (javaVersion() < LEAST_JAVA)
    return { missing: `no Java ${LEAST_JAVA} or newer was found; the tests that need it are skipped.` };
  const digest = createHash('sha256').update(fs.readFileSync(POM)).digest('hex').slice(0, 12);
  const folder = path.join(CACHE, `iceberg-rest-${digest}`);
  if (!fs.existsSync(folder)) {
    if (!hasMaven())
      return { missing: 'no Maven (mvn) was found to fetch it with; the tests that need it are skipped.' };
    if (!fetchJars(folder))
      return { missing: 'its jars could not be fetched (see above); the tests that need it are skipped.' };
  }
  return { classPath: path.join(folder, '*') };
}

/** Fetches into a folder of its own and renames it once it is whole: another run may be fetching the same. */
function fetchJars(folder) {
  console.error("Fetching the server of Iceberg's REST catalog …");
  fs.mkdirSync(CACHE, { recursive: true });
  const own = fs.mkdtempSync(`${folder}-`);
  const isDone = fetchByMaven('copy-dependencies', '-f', POM, `-DoutputDirectory=${own}`);
  if (isDone && !fs.existsSync(folder)) fs.renameSync(own, folder);
  fs.rmSync(own, { recursive: true, force: true });
  return isDone;
}
