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
  refuseBundled(module);
  try {
    return ((await import(module)) as Record<string, unknown>)[name];
  } catch (cause) {
    throw new DatagenError('INVALID_PLUGIN', `Cannot import ${module}: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Refuses a module that lies in one file with this package, as in a bundle: importing it would wait for the program
 * that does so, for ever, and a thread would run that program again.
 */
export function refuseBundled(module: string): void {
  if (module !== import.meta.url) return;
  throw new DatagenError(
    'INVALID_PLUGIN',
    'Expected the @datagen packages outside of the bundle, since they are imported again while a run goes on, got them inside: ' +
      'mark `@datagen/*` as external.',
  );
}
