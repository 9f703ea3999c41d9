// Spark with Delta Lake and Iceberg: the one judge of Delta tables that shares no code with delta-rs, and Iceberg's own
// code in Java. It has an environment of its own: it is as large as all other Python readers together, and of no use
// where there is no Java.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fetchByMaven, hasMaven, javaVersion } from '../../servers/java.mjs';
import { ensurePython } from './python.mjs';

const CACHE = path.join(os.homedir(), '.cache/datagen/jars');
const LEAST_JAVA = 17;

/** What pyspark does not bring itself; names end in the versions of Spark and Scala that they are built for. */
const ARTIFACTS = [
  'io.delta:delta-spark_4.1_2.13:4.4.0',
  'io.delta:delta-storage:4.4.0',
  'org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.11.0',
  // What its S3FileIO needs of the AWS SDK.
  'org.apache.iceberg:iceberg-aws-bundle:1.11.0',
  'org.postgresql:postgresql:42.7.13',
  'org.xerial:sqlite-jdbc:3.50.3.0',
];

/**
 * `{ interpreter, jars }`, a Python with pyspark and the paths of the jars it needs, fetched at the first call;
 * `{ missing }` with the reason where they cannot be had.
 */
export function ensureSpark() {
  if (javaVersion() < LEAST_JAVA)
    return { missing: `no Java ${LEAST_JAVA} or newer was found; the tests that need it are skipped.` };
  const jars = ARTIFACTS.map(pathOf);
  if (!jars.every((jar) => fs.existsSync(jar))) {
    if (!hasMaven())
      return { missing: 'no Maven (mvn) was found to fetch its jars with; the tests of it are skipped.' };
    if (!fetchJars())
      return { missing: 'its jars could not be fetched (see above); the tests of it are skipped.' };
  }
  const { interpreter, missing } = ensurePython('requirements-spark.txt');
  return missing ? { missing } : { interpreter, jars };
}

function pathOf(artifact) {
  const [, name, version] = artifact.split(':');
  return path.join(CACHE, `${name}-${version}.jar`);
}

/** Fetches into a folder of its own and renames what is whole: another run may be fetching the same. */
function fetchJars() {
  console.error('Fetching the jars of Spark …');
  fs.mkdirSync(CACHE, { recursive: true });
  const own = fs.mkdtempSync(path.join(CACHE, 'fetch-'));
  try {
    return ARTIFACTS.every((artifact) => {
      if (!fetchByMaven('copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${own}`)) return false;
      const jar = pathOf(artifact);
      fs.renameSync(path.join(own, path.basename(jar)), jar);
      return true;
    });
  } finally {
    fs.rmSync(own, { recursive: true });
  }
}
