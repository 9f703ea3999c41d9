import type { Flag } from '../flags/flags.ts';
import type { RunRequest } from '../request/run-request.ts';

type Asked = Pick<RunRequest, 'flags' | 'settings' | 'options' | 'placeOptions'>;

/** Said where a run was asked for another layout and found rows: whether theirs is another one is not looked up. */
export function keptLayoutText(request: Asked): string {
  const asked = layoutAskedFor(request);
  if (asked.length === 0) return '';
  const names = asked.map(({ flag }) => flag).join(' and ');
  return ` Files that are there keep their layout, whatever ${names} ${asked.length === 1 ? 'says' : 'say'}; --mode overwrite writes them anew.`;
}

/** The same for programs: the options, where files are there; nothing where none is. */
export function keptLayoutJson(
  request: Asked,
  presentRowCount: number,
): { readonly keptLayout?: readonly string[] } {
  const asked = presentRowCount > 0 ? layoutAskedFor(request) : [];
  return asked.length === 0 ? {} : { keptLayout: asked.map(({ key }) => key) };
}

function layoutAskedFor(request: Asked): readonly Flag[] {
  return request.flags.filter((flag) => request.settings.has(flag.key) && laysOutFiles(flag, request));
}

/** Whether an option lays out the files a run makes, and changes none that is there. */
function laysOutFiles(flag: Flag, { options, placeOptions = [] }: Asked): boolean {
  const { key, owners, description } = flag;
  // The first and the last day are no options but the window: rows that are missing there are made.
  if (!(key in options)) return false;
  if (owners.includes('generator')) return isLayoutOfGenerator(flag);
  return owners.includes('writer') && !placeOptions.includes(description.name) && isLayoutOfWriter(flag);
}

/** A generator's options make rows, but those it marks; some of them say which tables there are, and not how they lie. */
function isLayoutOfGenerator({ schema }: Flag): boolean {
  const { layout, choosesTables } = schema.meta() ?? {};
  return layout === true && choosesTables !== true;
}

/** No option of a writer makes rows, so all of them lay rows out, but secrets and those marked by `meta({ layout: false })`. */
function isLayoutOfWriter({ schema, description }: Flag): boolean {
  return schema.meta()?.['layout'] !== false && description.secret !== true;
}
