// The native encoder: `npm run build:native` builds the crate, `node tools/native.mjs --state` says what is
// built, `node tools/native.mjs --package FOLDER` makes the npm package of this platform.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from './ensure.mjs';

const CRATE = path.join(root, 'packages/parquet/native');
const ADDON = path.join(CRATE, 'datagen-parquet.node');
const STAMP = path.join(CRATE, 'datagen-parquet.stamp');
const CACHE = path.join(os.homedir(), '.cache/datagen');

/** The files of a crate that its build reads, as paths in it: its manifest, its build script and all below `src`. */
export function sourcesOf(crate) {
  const below = fs.readdirSync(path.join(crate, 'src'), { recursive: true, withFileTypes: true });
  const sources = below
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(crate, path.join(entry.parentPath, entry.name)));
  const beside = ['Cargo.toml', 'build.rs'].filter((name) => fs.existsSync(path.join(crate, name)));
  return [...beside, ...sources.sort()];
}

/** What a build depends on: the sources, the lock and the compiler. Undefined where there is no cargo. */
function wantedState() {
  const compiler = spawnSync('rustc', ['-vV'], { encoding: 'utf8' });
  if (compiler.status !== 0 || spawnSync('cargo', ['--version']).status !== 0) return undefined;
  const hash = createHash('sha256').update(compiler.stdout);
  // With their names: moving a module changes what is built, too.
  for (const name of sourcesOf(CRATE))
    hash.update(`${name}\0`).update(fs.readFileSync(path.join(CRATE, name)));
  return hash
    .update(fs.readFileSync(path.join(root, 'Cargo.toml')))
    .update(fs.readFileSync(path.join(root, 'Cargo.lock')))
    .digest('hex')
    .slice(0, 16);
}

/** Builds the addon where it is missing or older than its sources; `{ missing }` says why it cannot be had. */
export function ensureNative() {
  const state = wantedState();
  if (state === undefined) return { missing: 'no cargo was found (https://rustup.rs)' };
  if (fs.existsSync(ADDON) && fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === state) return {};
  // Checkouts of one machine share what was built from the same sources.
  const kept = path.join(CACHE, 'native', `${state}.node`);
  if (!fs.existsSync(kept) && !build(kept)) return { missing: 'the crate does not build (see above)' };
  // A new file, not new contents: a process may have the old one loaded.
  fs.rmSync(ADDON, { force: true });
  fs.copyFileSync(kept, ADDON);
  fs.writeFileSync(STAMP, state);
  return {};
}

function build(target) {
  console.error('Building the native encoder; the first time takes some minutes …');
  const targetDir = path.join(CACHE, 'cargo-target');
  const env = { ...process.env, CARGO_TARGET_DIR: targetDir };
  if (run('cargo', ['build', '--release', '--locked', '-p', 'datagen-parquet'], { env }) !== 0) return false;
  const library = { win32: 'datagen_parquet.dll', darwin: 'libdatagen_parquet.dylib' }[process.platform];
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const own = `${target}.${process.pid}`;
  fs.copyFileSync(path.join(targetDir, 'release', library ?? 'libdatagen_parquet.so'), own);
  fs.renameSync(own, target);
  return true;
}

/**
 * Writes the npm package of this machine's addon into a folder: `@datagen/parquet-<platform>`, which npm installs on
 * machines that fit and @datagen/parquet finds by name. A release makes one on each platform and names them all in the
 * optionalDependencies of @datagen/parquet.
 */
async function packAddon(folder) {
  const { platformTriple } = await import('../packages/parquet/dist/encoders/native/native-binding.js');
  const { version, license, engines } = JSON.parse(
    fs.readFileSync(path.join(root, 'packages/parquet/package.json'), 'utf8'),
  );
  const triple = platformTriple();
  const libc = { gnu: 'glibc', musl: 'musl' }[triple.split('-')[2]];
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(ADDON, path.join(folder, 'datagen-parquet.node'));
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  const manifest = {
    name: `@datagen/parquet-${triple}`,
    version,
    description: `The native encoder of @datagen/parquet for ${triple}`,
    license,
    engines,
    os: [process.platform],
    cpu: [process.arch],
    ...(libc && { libc: [libc] }),
    main: 'datagen-parquet.node',
    files: ['datagen-parquet.node'],
    publishConfig: { access: 'public' },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--state')) {
    const bytes = fs.existsSync(ADDON) ? fs.readFileSync(ADDON) : '';
    console.log(createHash('sha256').update(bytes).digest('hex'));
  } else {
    const { missing } = ensureNative();
    if (missing) {
      console.error(`datagen: the native encoder was not built: ${missing}.`);
      process.exit(1);
    }
    const packAt = process.argv.indexOf('--package');
    if (packAt > 0) await packAddon(process.argv[packAt + 1]);
  }
}
