import { throwIfAborted, unknownName } from '@datagen/core';
import { profileTable, type TableProfile } from '@datagen/look';
import { bytesText, countOf } from '@datagen/look/text';
import { collectSettings } from '../config/settings.ts';
import type { LookPlugins } from '../plugins/load-look-plugins.ts';
import type { Offer } from '../plugins/offer.ts';
import { lookJson } from '../report/look-json.ts';
import { lookText } from '../report/look-text.ts';
import { type LookRequest, resolveLook } from '../request/look-request.ts';
import { inUsersTerms } from '../request/wording.ts';
import type { Io } from '../terminal/io.ts';
import { shellWord } from '../terminal/text.ts';

/** A parsed `look`. */
export interface LookCommand {
  readonly output: string | undefined;
  /** What was given by flag, by `Flag.key`. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly plugins: LookPlugins;
  readonly isJson: boolean;
  readonly offer: Offer;
  readonly io: Io;
}

/** Reads tables back and shows what they hold; writes nothing but the page that was asked for. */
export async function look({ output, given, plugins, isJson, offer, io }: LookCommand): Promise<void> {
  const settings = collectSettings(plugins.flags, given, undefined, io);
  try {
    const request = await resolveLook(output, plugins, settings, offer, io);
    try {
      if (request.warning !== undefined) await io.stderr.write(`datagen: ${request.warning}\n`);
      await show(request, isJson, io);
    } finally {
      await request.reader.close?.();
    }
  } catch (thrown) {
    throw inUsersTerms(thrown, plugins.flags, settings);
  }
}

async function show(request: LookRequest, isJson: boolean, io: Io): Promise<void> {
  const { reader, output, format, html } = request;
  const names = { format, versionNoun: reader.versionNoun };
  const profiles: TableProfile[] = [];
  for (const name of await tablesOf(request)) {
    throwIfAborted(io.signal);
    const { version, sampleRows, rows } = request;
    const table = await reader.readTable(name, {
      sampleRows,
      signal: io.signal,
      ...(version !== undefined && { version }),
    });
    const profile = profileTable(table, rows);
    if (isJson || html !== undefined) profiles.push(profile);
    else await io.stdout.write(lookText(profile, names, io));
  }
  if (html !== undefined) {
    const { lookPage } = await import('@datagen/look/html');
    const { writePage } = await import('../report/write-page.ts');
    const page = lookPage({ place: output.shown, ...names }, profiles);
    const byteSize = await writePage(html, page, io);
    const text = `Wrote a page on ${countOf(profiles.length, 'table')} to ${shellWord(html)} (${bytesText(byteSize)}).\n`;
    await (isJson ? io.stderr : io.stdout).write(text);
  }
  if (isJson) await io.stdout.write(lookJson(output.shown, names, profiles));
}

/** The tables that were asked for, or all; each is checked before the first is read. */
async function tablesOf({ reader, tables, output }: LookRequest): Promise<readonly string[]> {
  const known = await reader.tableNames();
  const unknown = tables?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownName('table', unknown, known, `They are those of ${output.shown}.`);
  return tables ?? known;
}
