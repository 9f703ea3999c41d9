// Publishes the packages of a release: `node tools/release/publish.mjs TARBALLS [npm publish's options]`. Dependencies
// come before what depends on them, so that nobody installs a package whose parts are missing; what is there already is
// passed over, so that a release that broke off is finished by the same command.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { NPM } from '../ensure.mjs';

/** The manifest within a tarball of npm. */
function manifestOf(tarball) {
  const { stdout, status } = spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${tarball} is no package of npm.`);
  return { tarball, ...JSON.parse(stdout) };
}

/** The packages in an order in which each comes after those that it depends on. */
function inOrder(packages) {
  const byName = new Map(packages.map((each) => [each.name, each]));
  const ordered = new Set();
  const add = (each) => {
    if (ordered.has(each)) return;
    const { dependencies, optionalDependencies, peerDependencies } = each;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      if (byName.has(name)) add(byName.get(name));
    ordered.add(each);
  };
  for (const each of packages) add(each);
  return [...ordered];
}

const isPublished = ({ name, version }) =>
  spawnSync(NPM, ['view', `${name}@${version}`, 'version'], { encoding: 'utf8' }).stdout.trim() === version;

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) {
  console.error('datagen: expected the folder that pack.mjs filled: node tools/release/publish.mjs TARBALLS');
  process.exit(2);
}
const tarballs = fs.readdirSync(folder).filter((name) => name.endsWith('.tgz'));
for (const each of inOrder(tarballs.map((name) => manifestOf(path.join(folder, name))))) {
  const title = `${each.name}@${each.version}`;
  if (isPublished(each)) {
    console.log(`${title} is there already`);
    continue;
  }
  const publish = [
    'publish',
    path.resolve(each.tarball),
    '--access',
    'public',
    '--loglevel=error',
    ...options,
  ];
  const { status } = spawnSync(NPM, publish, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    console.error(`datagen: ${title} was not published (exit code ${status}); see above.`);
    process.exit(1);
  }
  console.log(`${title} published`);
}
