import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DatagenError } from '@datagen/core';

/** Conditions of `exports` that hold for an `import` in Node.js. */
const CONDITIONS = ['node', 'import', 'module-sync', 'default'];

/** Whether a module is named by its path and not by its package. */
export function isPath(name: string): boolean {
  return /^\.{0,2}[\\/]/.test(name) || path.isAbsolute(name) || /\.[cm]?[jt]s$/.test(name);
}

/**
 * The URL of a module that is named by its path, its `file:` URL or its package, looked up from a folder as `import`
 * in a file there would, and after that from where this package is installed.
 */
export function resolveModule(name: string, folder: string): string {
  if (name.startsWith('file:')) return name;
  if (isPath(name)) return resolveFile(name, path.resolve(folder, name));
  const found =
    resolvePackage(name, folder) ?? resolvePackage(name, fileURLToPath(new URL('.', import.meta.url)));
  if (found !== undefined) return found;
  throw new DatagenError(
    'INVALID_OPTION',
    `Cannot find the plug-in module "${name}" from ${folder}. Install its package there, or give a path that begins with ./`,
  );
}

function resolveFile(name: string, file: string): string {
  try {
    // Finds the main file of a folder, too.
    return pathToFileURL(createRequire(import.meta.url).resolve(file)).href;
  } catch (cause) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Cannot find the plug-in module "${name}": there is no ${file}.`,
      {
        cause,
      },
    );
  }
}

function resolvePackage(name: string, folder: string): string | undefined {
  try {
    return pathToFileURL(createRequire(path.join(folder, 'x.js')).resolve(name)).href;
  } catch {
    // `require` does not see what a package exports for `import` alone.
    return resolveExports(name, folder);
  }
}

function resolveExports(name: string, folder: string): string | undefined {
  const parts = name.split('/');
  const packageName = parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
  const subpath = `.${name.slice(packageName.length)}`;
  for (let at = folder; ; at = path.dirname(at)) {
    const root = path.join(at, 'node_modules', packageName);
    const manifest = path.join(root, 'package.json');
    if (existsSync(manifest)) {
      const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports?: unknown };
      const target = targetOf(exports, subpath);
      return target === undefined ? undefined : pathToFileURL(path.join(root, target)).href;
    }
    if (at === path.dirname(at)) return undefined;
  }
}

/** The file that `exports` of a package.json name for a subpath; patterns are not looked at. */
function targetOf(exports: unknown, subpath: string): string | undefined {
  if (typeof exports !== 'object' || exports === null) return undefined;
  const hasSubpaths = Object.keys(exports).some((key) => key.startsWith('.'));
  let target: unknown = hasSubpaths
    ? (exports as Record<string, unknown>)[subpath]
    : subpath === '.'
      ? exports
      : undefined;
  while (typeof target === 'object' && target !== null) {
    const conditions = target as Record<string, unknown>;
    const condition = Object.keys(conditions).find((key) => CONDITIONS.includes(key));
    target = condition === undefined ? undefined : conditions[condition];
  }
  return typeof target === 'string' ? target : undefined;
}
