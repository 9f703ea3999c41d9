// Fails when package-lock.json lacks the binary package of some platform (`npm ci` refuses such a lock) or says
// where packages were downloaded from.
import fs from 'node:fs';

const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
const have = new Set(Object.keys(packages).map((key) => key.split('node_modules/').pop()));
const problems = Object.entries(packages).flatMap(([key, { optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !have.has(name))
    .map(([name, range]) => `${key.split('node_modules/').pop()} lacks ${name}@${range}`),
);
const hosts = Object.values(packages).filter(({ resolved }) => /^https?:/.test(resolved ?? ''));
if (hosts.length > 0) problems.push(`${hosts.length} entries of package-lock.json name a registry`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
