import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What builds the encoder; a package of npm has none beside it, a checkout has. */
const BUILDER = '../../tools/build/native.mjs';

/**
 * What to do for a faster encoder, in a checkout where cargo could build it and did not; undefined elsewhere. `root` is
 * the folder of this package.
 */
export function nativeHint(
  encoder: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  root = fileURLToPath(new URL('../..', import.meta.url)),
): string | undefined {
  if (encoder !== 'wasm' || !existsSync(path.join(root, BUILDER)) || !hasCargo(env)) return undefined;
  return 'The native encoder writes several times as fast: npm run build:native builds it with the cargo that is here, in some minutes, once.';
}

function hasCargo({ PATH = '' }: Readonly<Record<string, string | undefined>>): boolean {
  const names = process.platform === 'win32' ? ['cargo.exe'] : ['cargo'];
  return PATH.split(path.delimiter).some((folder) =>
    names.some((name) => folder !== '' && existsSync(path.join(folder, name))),
  );
}
