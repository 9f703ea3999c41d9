// Makes the packages of a release: `node tools/release/pack.mjs TARBALLS [ADDONS]` packs every public package, and those
// of the addons that platforms have made below ADDONS (`node tools/build/native.mjs --package ADDONS/<platform>`). A package
// with a crate names the platforms in its optionalDependencies, so that npm installs the one that fits.
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, NPM, root, run } from '../ensure.mjs';

const readManifest = (folder) => JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** The folders of the packages that are published. */
function publicPackages() {
  return fs
    .readdirSync(path.join(root, 'packages'))
    .map((name) => path.join(root, 'packages', name))
    .filter((folder) => fs.existsSync(path.join(folder, 'package.json')) && !readManifest(folder).private);
}

/** The packages of addons below a folder: `<platform>/<crate>/package.json`. */
function addonsBelow(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => path.basename(name) === 'package.json')
    .map((name) => path.join(folder, path.dirname(name)));
}

function pack(folder, tarballs) {
  const quietly = ['--silent', '--pack-destination', tarballs];
  const status = run(NPM, ['pack', ...quietly], { cwd: folder, stdio: ['ignore', 'ignore', 2] });
  if (status !== 0) throw new Error(`npm pack failed in ${folder} (exit code ${status}).`);
}

/** Packs a package whose package.json names the packages of its addon, and leaves the file as it was. */
function packWithAddons(folder, addons, tarballs) {
  const file = path.join(folder, 'package.json');
  const before = fs.readFileSync(file, 'utf8');
  const manifest = JSON.parse(before);
  const named = addons.filter(({ name }) => name.startsWith(`${manifest.name}-`));
  for (const { name, version } of named)
    if (version !== manifest.version)
      throw new Error(`${name} is version ${version}, ${manifest.name} ${manifest.version}.`);
  try {
    if (named.length > 0) {
      manifest.optionalDependencies = Object.fromEntries(named.map(({ name, version }) => [name, version]));
      fs.writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
    }
    pack(folder, tarballs);
  } finally {
    fs.writeFileSync(file, before);
  }
}

const [tarballs, addonsFolder] = process.argv.slice(2).map((folder) => path.resolve(folder));
if (tarballs === undefined) {
  console.error('datagen: expected a folder for the packages: node tools/release/pack.mjs TARBALLS [ADDONS]');
  process.exit(2);
}
ensureInstalled();
ensureBuilt();
fs.mkdirSync(tarballs, { recursive: true });
const addonFolders = addonsFolder === undefined ? [] : addonsBelow(addonsFolder);
for (const folder of addonFolders) pack(folder, tarballs);
const addons = addonFolders.map(readManifest);
for (const folder of publicPackages()) packWithAddons(folder, addons, tarballs);
console.log(`${fs.readdirSync(tarballs).length} packages in ${tarballs}`);
