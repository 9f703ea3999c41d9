// Fails on a circle of files, on an import from the wrong room or package, and on a folder with too many entries;
// type imports count. `node tools/check/structure.mjs [root]`, by default of this repository.
import fs from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { root } from '../ensure.mjs';
import { IMPORTS, MOST_ENTRIES, ROOMS } from './rooms.mjs';

process.chdir(process.argv[2] ?? root);
const packages = fs.readdirSync('packages');

const { output } = await cruise(['packages'], {
  includeOnly: '^packages/[^/]+/(src|test)/',
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['@datagen/source', 'node', 'import', 'default'],
    extensions: ['.ts', '.mjs', '.js'],
  },
  validate: true,
  ruleSet: { forbidden: [{ name: 'circle', from: {}, to: { circular: true } }] },
});

const problems = [...circles(), ...wrongImports(), ...fullFolders()];
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

/** Each circle once, whichever of its files it is found at. */
function circles() {
  const found = output.summary.violations.map(({ from, cycle }) => {
    const files = cycle.map(({ name }) => name);
    return [files.toSorted().join(), `A circle of files: ${[from, ...files].join(' → ')}.`];
  });
  return new Map(found).values();
}

function wrongImports() {
  return output.modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ resolved }) => {
      const reason = whyNot(source, resolved);
      return reason === undefined ? [] : `${source} imports ${resolved}: ${reason}.`;
    }),
  );
}

/** Why a file of some package's `src` may not import another file; undefined if it may. */
function whyNot(source, target) {
  const [, from, area, file] = /^packages\/([^/]+)\/(src|test)\/(.*)$/.exec(source);
  const [, to, otherArea, otherFile] = /^packages\/([^/]+)\/(src|test)\/(.*)$/.exec(target);
  if (area === 'test') return undefined;
  if (otherArea === 'test') return 'what is published needs no test';
  if (from !== to) {
    const entries = IMPORTS[from]?.[to];
    if (entries === undefined) return `${from} may not depend on ${to}`;
    const names = entries.map((name) => `${name}.ts`);
    return names.includes(otherFile) ? undefined : `of ${to} it may import ${names.join(', ')} alone`;
  }
  const order = ROOMS[from] ?? [];
  const levels = order.map((rooms) => [rooms].flat());
  const levelOf = (name) => levels.findIndex((rooms) => rooms.includes(roomOf(name)));
  const isEntry = path.basename(file) === 'index.ts' || levelOf(file) === -1 || levelOf(otherFile) === -1;
  if (isEntry || roomOf(file) === roomOf(otherFile) || levelOf(otherFile) < levelOf(file)) return undefined;
  const shown = levels.map((rooms) => rooms.join(' | ')).join(' < ');
  return `in ${from} imports go from right to left of ${shown}`;
}

/** The folder of `src` that a file lies in, or its own name. */
function roomOf(file) {
  return file.split('/')[0].replace(/\.\w+$/, '');
}

function fullFolders() {
  const tops = packages.flatMap((name) => [`packages/${name}/src`, `packages/${name}/test`]);
  return [...tops, 'tools'].filter((folder) => fs.existsSync(folder)).flatMap(fullBelow);
}

function fullBelow(folder) {
  const entries = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== '__pycache__');
  const below = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => fullBelow(`${folder}/${name}`));
  if (entries.length <= MOST_ENTRIES) return below;
  const advice = 'put those that share an idea into a folder named for it';
  return [`${folder} has ${entries.length} entries, and ${MOST_ENTRIES} are the most: ${advice}.`, ...below];
}
