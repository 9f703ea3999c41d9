// Sets up what a fresh clone lacks, and costs next to nothing when all is there. Node built-ins only: it runs
// before anything is installed. What it prints goes to stderr, so that stdout belongs to the command that follows.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
/** What npm is called as a process. */
export const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const STAMP = path.join(root, 'node_modules/.datagen-build');

/** The public packages that are compiled to dist/. */
export function packageDirs() {
  return fs
    .readdirSync(path.join(root, 'packages'))
    .filter((name) => fs.existsSync(path.join(root, 'packages', name, 'tsconfig.lib.json')))
    .map((name) => path.join('packages', name));
}

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error) throw error;
  return status ?? 1;
}

function must(what, command, args) {
  const status = run(command, args);
  if (status !== 0) {
    console.error(`datagen: ${what} failed (exit code ${status}); see above.`);
    process.exit(1);
  }
}

function modifiedMs(file) {
  return fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** `npm ci`, where node_modules is missing or older than the lock. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`datagen: needs Node.js 20.19 or newer, this is ${process.versions.node}.`);
    process.exit(1);
  }
  const installed = 'node_modules/.package-lock.json';
  if (modifiedMs(installed) >= modifiedMs('package-lock.json') && modifiedMs(installed) > 0) return;
  console.error('Installing dependencies …');
  must('npm ci', NPM, ['ci', '--loglevel=error']);
  fs.utimesSync(path.join(root, installed), new Date(), new Date());
}

/** Compiles the packages, where a source is newer than the last build. */
export function ensureBuilt() {
  const state = sourceState();
  const upToDate = fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === state;
  if (upToDate && packageDirs().every((dir) => fs.existsSync(path.join(root, dir, 'dist/index.js')))) return;
  console.error('Building the packages …');
  const projects = packageDirs().map((dir) => `${dir}/tsconfig.lib.json`);
  must('the build', process.execPath, ['node_modules/typescript/bin/tsc', '-b', ...projects]);
  must('the build', process.execPath, ['tools/build/bundle.mjs', ...packageDirs()]);
  fs.writeFileSync(STAMP, state);
}

function sourceState() {
  const parts = ['tsconfig.base.json', 'tools/build/bundle.mjs', 'node_modules/.package-lock.json'].map(
    modifiedMs,
  );
  for (const dir of packageDirs()) {
    const files = ['.', ...fs.readdirSync(path.join(root, dir, 'src'), { recursive: true })];
    parts.push(files.length, Math.max(...files.map((file) => modifiedMs(path.join(dir, 'src', file)))));
  }
  return parts.join(' ');
}
