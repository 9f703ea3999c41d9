import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlace } from '../place.ts';

export const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Runs npm and gives back what it prints. */
export function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Packages as they are published, from which projects outside of the workspace are made. */
export class PackedPackages {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Packs packages of the workspace by their names without the scope; they have been built. */
  static async pack(...names: string[]): Promise<PackedPackages> {
    const folder = await createPlace();
    const workspaces = names.flatMap((name) => ['-w', `@datagen/${name}`]);
    npm(root, 'pack', '--silent', '--pack-destination', folder, ...workspaces);
    return new PackedPackages(folder);
  }

  /** A new project of ES modules that has installed some of the packages; npm adds core, which they are peers of. */
  async install(...names: string[]): Promise<string> {
    const project = await createPlace();
    // Where core is not named, npm is to find the packed one.
    const overrides = names.includes('core') ? {} : { '@datagen/core': `file:${this.#tarball('core')}` };
    const manifest = { name: 'consumer', private: true, type: 'module', overrides };
    writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
    const quietly = ['--prefer-offline', '--loglevel=error', '--no-audit', '--no-fund'];
    npm(project, 'install', ...quietly, ...names.map((name) => this.#tarball(name)));
    return project;
  }

  #tarball(name: string): string {
    // Versions begin with a digit: `parquet` is not `parquet-linux-x64-gnu`.
    const pattern = new RegExp(`^datagen-${name}-\\d`);
    const found = readdirSync(this.folder).find((file) => file === `datagen-${name}` || pattern.test(file));
    return path.join(this.folder, found ?? '');
  }
}
