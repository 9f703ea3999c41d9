import { DatagenError } from '../support/errors.ts';

/** Imports a module that needs an optional package; says `hint` if exactly that package is not installed. */
export async function importOptional<M>(
  load: () => Promise<M>,
  packageName: string,
  hint: string,
): Promise<M> {
  try {
    return await load();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    if (!isMissing || !message.includes(`'${packageName}'`)) throw cause;
    throw new DatagenError('MISSING_DEPENDENCY', hint, { cause, details: { package: packageName } });
  }
}
