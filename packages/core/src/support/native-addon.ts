import { reasonOf } from './errors.ts';

/** Operating system, processor and C library, as napi-rs names them: `linux-x64-gnu`. */
export function platformTriple(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  if (platform !== 'linux') return `${platform}-${arch}`;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return `linux-${arch}-${header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}`;
}

/** What became of an addon; neither where there is no binary for this machine. */
export interface AddonLookup<Binding> {
  readonly binding?: Binding;
  /** Why a binary that is there does not load: made for another C library, cut short, … */
  readonly failure?: string;
}

/**
 * The addon of a package: the one built in its checkout, else the one of the platform's package, `<name>-<triple>`.
 * `require` is that of the caller, whom the path `built` is relative to.
 */
export function lookUpAddon<Binding>(
  require: NodeJS.Require,
  built: string,
  name: string,
): AddonLookup<Binding> {
  return firstThatLoads<Binding>(require, places(built, name));
}

function* places(built: string, name: string): Generator<string> {
  yield built;
  // Asking for the platform takes a while.
  yield `${name}-${platformTriple()}`;
}

/** The first of some addons that loads, else why the first one that is there does not. */
export function firstThatLoads<Binding>(
  require: NodeJS.Require,
  names: Iterable<string>,
): AddonLookup<Binding> {
  let failure: string | undefined;
  for (const name of names) {
    try {
      return { binding: require(name) as Binding };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') failure ??= reasonOf(error);
    }
  }
  return failure === undefined ? {} : { failure };
}
