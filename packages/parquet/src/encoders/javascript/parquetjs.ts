import { createRequire } from 'node:module';
import type * as Library from '@dsnp/parquetjs';
import type * as Thrift from '@dsnp/parquetjs/dist/gen-nodejs/parquet_types.js';
import type * as Util from '@dsnp/parquetjs/dist/lib/util.js';

/** parquetjs with the inner parts of it that patch a footer. */
export interface Parquetjs {
  readonly library: typeof Library;
  readonly thrift: typeof Thrift;
  readonly util: typeof Util;
}

/** Imports parquetjs in a way that starts no WebAssembly. */
export async function importParquetjs(): Promise<Parquetjs> {
  const undo = putOffXxhash();
  try {
    return {
      library: exportsOf(await import('@dsnp/parquetjs')),
      thrift: exportsOf(await import('@dsnp/parquetjs/dist/gen-nodejs/parquet_types.js')),
      util: exportsOf(await import('@dsnp/parquetjs/dist/lib/util.js')),
    };
  } finally {
    undo();
  }
}

/** Node.js gives what a CommonJS module exports as its default, other loaders by its names. */
function exportsOf<M extends object>(module: M): M {
  return (module as { default?: M }).default ?? module;
}

type Hasher = () => Promise<unknown>;

/**
 * As it is loaded, parquetjs starts the WebAssembly of xxhash-wasm for the hashes of bloom filters, of which this encoder
 * writes none; where WebAssembly may not run, or finds no memory, that ends the process. So parquetjs is given a
 * promise that starts it when somebody waits for it. Nothing is done where modules are found in another way, as in a
 * bundle.
 */
function putOffXxhash(): () => void {
  const nothing = () => undefined;
  let require: NodeJS.Require;
  let path: string;
  try {
    require = createRequire(createRequire(import.meta.url).resolve('@dsnp/parquetjs'));
    path = require.resolve('xxhash-wasm');
  } catch {
    return nothing;
  }
  if (require.cache[path] !== undefined) return nothing;
  const start = async () => (require(path) as Hasher)();
  const later = () => ({
    then: (pick: (hashes: unknown) => unknown) => ({
      then: (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => {
        start().then(pick).then(resolve, reject);
      },
    }),
  });
  require.cache[path] = {
    id: path,
    filename: path,
    loaded: true,
    exports: later,
  } as unknown as NodeJS.Module;
  return () => {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- how Node.js forgets a module
    delete require.cache[path];
  };
}
