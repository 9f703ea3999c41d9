// tsc accepts a missing project reference silently, so: references = workspace dependencies, in every package.
import fs from 'node:fs';

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const dirs = fs.readdirSync('packages').filter((dir) => fs.existsSync(`packages/${dir}/package.json`));
const manifests = new Map(dirs.map((dir) => [dir, read(`packages/${dir}/package.json`)]));
const dirOf = new Map(dirs.map((dir) => [manifests.get(dir).name, dir]));

function compare(file, wanted) {
  if (!fs.existsSync(file)) return;
  const found = (read(file).references ?? []).map((reference) => reference.path);
  if (found.sort().join() === wanted.sort().join()) return;
  console.error(`${file}: references should be ${JSON.stringify(wanted.map((path) => ({ path })))}`);
  process.exitCode = 1;
}

const siblings = (dependencies) =>
  Object.keys(dependencies)
    .filter((name) => dirOf.has(name))
    .map((name) => `../${dirOf.get(name)}/tsconfig.lib.json`);

for (const [dir, { dependencies, peerDependencies, devDependencies }] of manifests) {
  compare(`packages/${dir}/tsconfig.lib.json`, siblings({ ...dependencies, ...peerDependencies }));
  const own = fs.existsSync(`packages/${dir}/tsconfig.lib.json`) ? ['./tsconfig.lib.json'] : [];
  compare(`packages/${dir}/tsconfig.spec.json`, [...own, ...siblings({ ...devDependencies })]);
}
compare(
  'tsconfig.json',
  dirs.map((dir) => `./packages/${dir}`),
);
