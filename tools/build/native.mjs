// The native addons: `npm run build:native` builds the crates, `node tools/build/native.mjs --state` says what is built,
// `node tools/build/native.mjs --package FOLDER` makes the npm packages of this platform, each in a folder of its own.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled, root, run } from '../ensure.mjs';

/** The packages that have a crate, with what it is to their users. */
const CRATES = [
  { name: 'parquet', what: 'the native encoder' },
  { name: 'delta', what: 'the log of Delta tables' },
];
const CACHE = path.join(os.homedir(), '.cache/datagen');

const folderOf = ({ name }) => path.join(root, 'packages', name, 'native');
const addonOf = (crate) => path.join(folderOf(crate), `datagen-${crate.name}.node`);
const stampOf = (crate) => path.join(folderOf(crate), `datagen-${crate.name}.stamp`);

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
function wantedState(crate) {
  const compiler = spawnSync('rustc', ['-vV'], { encoding: 'utf8' });
  if (compiler.status !== 0 || spawnSync('cargo', ['--version']).status !== 0) return undefined;
  const hash = createHash('sha256').update(compiler.stdout);
  // With their names: moving a module changes what is built, too.
  for (const name of sourcesOf(folderOf(crate)))
    hash.update(`${name}\0`).update(fs.readFileSync(path.join(folderOf(crate), name)));
  return hash
    .update(fs.readFileSync(path.join(root, 'Cargo.toml')))
    .update(fs.readFileSync(path.join(root, 'Cargo.lock')))
    .digest('hex')
    .slice(0, 16);
}

/** Builds the addons that are missing or older than their sources; `{ missing }` says why they cannot be had. */
export function ensureNative() {
  for (const crate of CRATES) {
    const { missing } = ensureAddon(crate);
    if (missing) return { missing };
  }
  return {};
}

function ensureAddon(crate) {
  const state = wantedState(crate);
  if (state === undefined) return { missing: 'no cargo was found (https://rustup.rs)' };
  const [addon, stamp] = [addonOf(crate), stampOf(crate)];
  if (fs.existsSync(addon) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === state) return {};
  // Checkouts of one machine share what was built from the same sources.
  const kept = path.join(CACHE, 'native', `${state}.node`);
  if (!fs.existsSync(kept) && !build(crate, kept)) return { missing: 'a crate does not build (see above)' };
  // A new file, not new contents: a process may have the old one loaded.
  fs.rmSync(addon, { force: true });
  fs.copyFileSync(kept, addon);
  fs.writeFileSync(stamp, state);
  return {};
}

function build({ name, what }, target) {
  console.error(`Building ${what}; the first time takes some minutes …`);
  const targetDir = path.join(CACHE, 'cargo-target');
  const env = { ...process.env, CARGO_TARGET_DIR: targetDir };
  if (run('cargo', ['build', '--release', '--locked', '-p', `datagen-${name}`], { env }) !== 0) return false;
  const library = { win32: `datagen_${name}.dll`, darwin: `libdatagen_${name}.dylib` }[process.platform];
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const own = `${target}.${process.pid}`;
  fs.copyFileSync(path.join(targetDir, 'release', library ?? `libdatagen_${name}.so`), own);
  fs.renameSync(own, target);
  return true;
}

/**
 * Writes the npm package of one addon for this machine into a folder: `@datagen/<package>-<platform>`, which npm installs
 * on machines that fit and the package finds by name. A release makes one on each platform and names them all in the
 * optionalDependencies of the package.
 */
async function packAddon({ name, what }, folder) {
  const { platformTriple } = await import('@datagen/core/writer');
  const { version, license, engines } = JSON.parse(
    fs.readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'),
  );
  const triple = platformTriple();
  const libc = { gnu: 'glibc', musl: 'musl' }[triple.split('-')[2]];
  const file = `datagen-${name}.node`;
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(addonOf({ name }), path.join(folder, file));
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  const manifest = {
    name: `@datagen/${name}-${triple}`,
    version,
    description: `${what.charAt(0).toUpperCase()}${what.slice(1)} of @datagen/${name} for ${triple}`,
    license,
    engines,
    os: [process.platform],
    cpu: [process.arch],
    ...(libc && { libc: [libc] }),
    main: file,
    files: [file],
    publishConfig: { access: 'public' },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--state')) {
    const hash = createHash('sha256');
    for (const addon of CRATES.map(addonOf)) hash.update(fs.existsSync(addon) ? fs.readFileSync(addon) : '');
    console.log(hash.digest('hex'));
  } else {
    const { missing } = ensureNative();
    if (missing) {
      console.error(`datagen: the native addons were not built: ${missing}.`);
      process.exit(1);
    }
    const packAt = process.argv.indexOf('--package');
    if (packAt > 0) {
      ensureInstalled();
      ensureBuilt();
      for (const crate of CRATES) await packAddon(crate, path.join(process.argv[packAt + 1], crate.name));
    }
  }
}
