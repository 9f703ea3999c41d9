import { existsSync } from 'node:fs';
import { DatagenError, reasonOf } from './errors.ts';

/** Names a function so that another thread or process can import and call it: plain data. */
export interface ModuleRef {
  /** `import.meta.url` of the module; a bare specifier would be resolved from this package instead of the caller's. */
  readonly module: string;
  readonly export: string;
  /** Passed to the function; survives a structured clone. */
  readonly options: unknown;
  /** Whether what it opens is lost on another thread, as memory is. */
  readonly thisThreadOnly?: boolean;
  /** Of a `WriteDataFile`: whether it is done with a batch before it asks for the next one. */
  readonly copiesBatches?: boolean;
}

/** Imports the function a reference names. The caller states its type: references come from the same version's code. */
export async function importRef<F>(ref: ModuleRef): Promise<F> {
  const found = await importExport(ref);
  if (typeof found !== 'function') {
    throw new DatagenError('INVALID_PLUGIN', `Module ${ref.module} exports no function \`${ref.export}\`.`);
  }
  return found as F;
}

/** Imports whatever a reference names; undefined if the module does not export it. */
export async function importExport({ module, export: name }: ModuleRef): Promise<unknown> {
  refuseBundled();
  try {
    return ((await import(module)) as Record<string, unknown>)[name];
  } catch (cause) {
    const isMissing = module.startsWith('file:') && !existsSync(new URL(module));
    // A bundle is elsewhere than the modules that were joined to it.
    const reason = isMissing
      ? 'there is no such file. If its package is in a bundle, mark that as external, since it is imported again while a run goes on.'
      : reasonOf(cause);
    throw new DatagenError('INVALID_PLUGIN', `Cannot import ${module}: ${reason}`, { cause });
  }
}

/** Whether this module is where its package has it; found out once, since each file of a run asks. */
let isInPlace: boolean | undefined;

function liesInPlace(url: URL): boolean {
  return /\/support\/module-ref\.[jt]s$/.test(url.pathname) && existsSync(url);
}

/**
 * Refuses to import modules where this package lies in a bundle: importing the bundle again would wait for the program
 * that does so, for ever, and a thread would run that program again.
 */
export function refuseBundled(): void {
  isInPlace ??= liesInPlace(new URL(import.meta.url));
  if (isInPlace) return;
  throw new DatagenError(
    'INVALID_PLUGIN',
    'Expected the @datagen packages outside of the bundle, since they are imported again while a run goes on, got them inside: ' +
      'mark `@datagen/*` as external.',
  );
}
