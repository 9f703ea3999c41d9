import { DatagenError, reasonOf } from './errors.ts';

/** Names a function so that another thread or process can import and call it: plain data. */
export interface ModuleRef {
  /** `import.meta.url` of the module; a bare specifier would be resolved from this package instead of the caller's. */
  readonly module: string;
  readonly export: string;
  /** Passed to the function; survives a structured clone. */
  readonly options: unknown;
}

/** Imports the function a reference names. The caller states its type: references come from the same version's code. */
export async function importRef<F>(ref: ModuleRef): Promise<F> {
  let loaded: Record<string, unknown>;
  try {
    loaded = (await import(ref.module)) as Record<string, unknown>;
  } catch (cause) {
    throw new DatagenError('INVALID_PLUGIN', `Cannot import ${ref.module}: ${reasonOf(cause)}`, { cause });
  }
  const found = loaded[ref.export];
  if (typeof found !== 'function') {
    throw new DatagenError('INVALID_PLUGIN', `Module ${ref.module} exports no function \`${ref.export}\`.`);
  }
  return found as F;
}
