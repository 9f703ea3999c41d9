// `npm test`: sets up what is missing, runs the tests of all packages through Nx and adds up what ran.
// The last line is plain: `N passed, N failed`, and `, N skipped` where something could not run here.
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, run } from './ensure.mjs';
import { ensurePython } from './interop/setup/python.mjs';
import { ensureNative } from './build/native.mjs';
import { ensureActionlint, ensureNodes, ensureNpmRegistry } from './release/setup.mjs';
import { ensureSpark } from './interop/setup/spark.mjs';
import { ensureS3Server } from './servers/s3.mjs';
import { ensureChromium } from './servers/chromium.mjs';
import { ensureIcebergRest } from './servers/iceberg-rest.mjs';
import { ensurePostgresql } from './servers/postgresql.mjs';
import { ensureTrino } from './servers/trino.mjs';
import { ensureShells } from './shells.mjs';

ensureInstalled();
const packages = fs
  .readdirSync(path.join(root, 'packages'))
  .filter((name) => fs.existsSync(path.join(root, 'packages', name, 'package.json')));
const resultsOf = (name) => path.join(root, 'packages', name, 'test-results');
for (const name of packages) fs.rmSync(resultsOf(name), { recursive: true, force: true });

const python = ensurePython();
if (python.missing) console.log(`Without Python: ${python.missing}`);
const recipes = ensurePython('requirements-recipes.txt');
if (recipes.missing && !python.missing) console.log(`Without the Python of the recipes: ${recipes.missing}`);
const spark = ensureSpark();
if (spark.missing) console.log(`Without Spark: ${spark.missing}`);
const native = ensureNative();
if (native.missing) console.log(`Without the native encoder: ${native.missing}; its tests are skipped.`);
const shells = ensureShells();
if (shells.missing.length > 0)
  console.log(`Without ${shells.missing.join(', ')}: the tests of completion in these shells are skipped.`);
const s3Server = ensureS3Server();
if (s3Server.missing) console.log(`Without an S3 server: ${s3Server.missing}`);
const postgresql = ensurePostgresql();
if (postgresql.missing) console.log(`Without PostgreSQL: ${postgresql.missing}`);
const pipes = ensurePython('requirements-pipes.txt');
if (pipes.missing) console.log(`Without DuckDB's command line and chdb: ${pipes.missing}`);
const icebergRest = ensureIcebergRest();
if (icebergRest.missing) console.log(`Without a REST catalog of Iceberg: ${icebergRest.missing}`);
const trino = ensureTrino();
if (trino.missing) console.log(`Without Trino: ${trino.missing}`);
const chromium = ensureChromium();
if (chromium.missing) console.log(`Without a browser: ${chromium.missing}`);
const actionlint = ensureActionlint();
if (actionlint.missing) console.log(`Without actionlint: ${actionlint.missing}`);
const npmRegistry = ensureNpmRegistry();
if (npmRegistry.missing) console.log(`Without a registry of npm: ${npmRegistry.missing}`);
const nodes = ensureNodes();
if (nodes.missing) console.log(`Without other versions of Node.js: ${nodes.missing}`);
const nx = path.join(root, 'node_modules/nx/dist/bin/nx.js');
const extra = process.argv.slice(2);
const args = [nx, 'run-many', '-t', 'test', '--output-style=static', ...extra];
const env = {
  ...process.env,
  NX_DAEMON: 'false',
  // Nx forces colours on otherwise, and tests that read the output of a child process would find them in it.
  FORCE_COLOR: '0',
  DATAGEN_PYTHON: python.interpreter ?? '',
  DATAGEN_RECIPES_PYTHON: recipes.interpreter ?? '',
  DATAGEN_SPARK_PYTHON: spark.interpreter ?? '',
  DATAGEN_SPARK_JARS: (spark.jars ?? []).join(),
  // Tests ask for the shells themselves; for Nx these are inputs.
  DATAGEN_SHELLS: shells.versions,
  DATAGEN_S3_SERVER: s3Server.binary ?? '',
  DATAGEN_POSTGRESQL: postgresql.bin ?? '',
  DATAGEN_PIPES: pipes.interpreter ?? '',
  DATAGEN_ICEBERG_REST: icebergRest.classPath ?? '',
  DATAGEN_TRINO: trino.home ?? '',
  DATAGEN_TRINO_JAVA: trino.java ?? '',
  DATAGEN_CHROMIUM: chromium.binary ?? '',
  DATAGEN_ACTIONLINT: actionlint.binary ?? '',
  DATAGEN_NPM_REGISTRY: npmRegistry.script ?? '',
  DATAGEN_NODES: (nodes.binaries ?? []).join(),
};
const status = run(process.execPath, args, { stdio: 'inherit', env });

/** The first lines of why a test failed as one line, without the frames of the stack. */
const essenceOf = (why) =>
  why
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+(at|File) /.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .slice(0, 200);

const total = { passed: 0, failed: 0 };
const skipped = [];
const failures = [];
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
  failures.push(...counts.failures.map((failure) => ({ package: name, ...failure })));
  skipped.push(...counts.skipped.map((test) => `${name}: ${test}`));
}
for (const test of skipped) console.log(`skipped: ${test}`);
for (const { package: name, file, name: test, why } of failures)
  console.log(`failed: ${name}: ${file}: ${test}\n${why}`);
// Once more, a line each: where a log is cut, its end still names every failure.
for (const { package: name, file, name: test, why } of failures)
  console.log(`failed: ${name}: ${path.basename(file)}: ${test.slice(-100)}: ${essenceOf(why)}`);
const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${tail}`);
process.exit(status === 0 && total.failed === 0 ? 0 : 1);
