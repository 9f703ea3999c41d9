import { withoutSecrets } from '@datagen/core';
import { type Flag, parseText } from '../flags/flags.ts';
import { shellWord } from '../terminal/text.ts';
import type { RunRequest } from './run-request.ts';

/** The dates are always spelled out: by tomorrow their defaults mean other days. The seed, because it is the dataset. */
const ALWAYS_SHOWN = ['startDate', 'endDate', 'seed'];

/**
 * The command that repeats a run exactly, whatever the day and the configuration file: every option that is no default.
 * Secrets are left out; `hiddenFlags` names them.
 */
export function commandLine(command: string, request: RunRequest): string {
  const { generator, output, format, spec, modules, program } = request;
  const words = [command, generator.name, ...(output === undefined ? [] : [output.shown])];
  for (const module of modules) words.push('--plugin', module);
  if (format !== 'parquet') words.push('--format', format);
  words.push('--start-date', spec.startDate, '--end-date', spec.endDate);
  if ('seed' in generator.config) words.push('--seed', String(generator.config.seed));
  for (const { flag, value } of changedFlags(request)) {
    if (flag.description.secret !== true) words.push(...flagWords(flag, value));
  }
  return `${program} ${words.map(shellWord).join(' ')}`;
}

/**
 * The command that looks at what a run wrote; undefined where its format cannot be read. The format is named where its
 * catalog is, or where the output is not listed by itself.
 */
export function lookLine(request: RunRequest): string | undefined {
  const { output, format, placeOptions, modules, program } = request;
  if (output === undefined || placeOptions === undefined) return undefined;
  const words = ['look', output.shown, ...modules.flatMap((module) => ['--plugin', module])];
  const changed = changedFlags(request);
  const ofFormat = changed.filter(
    ({ flag: { owners, description } }) =>
      owners.includes('writer') && placeOptions.includes(description.name),
  );
  if (ofFormat.length > 0) words.push('--format', format);
  const ofStorage = changed.filter(({ flag: { owners } }) => owners.includes('storage'));
  for (const { flag, value } of [...ofFormat, ...ofStorage]) {
    if (flag.description.secret !== true) words.push(...flagWords(flag, value));
  }
  return `${program} ${words.map(shellWord).join(' ')}`;
}

/** The flags of a run that the repeated command needs and does not show, or not all of. */
export function hiddenFlags(request: RunRequest): readonly string[] {
  return changedFlags(request)
    .filter(({ flag, value }) => JSON.stringify(withoutSecrets(flag.schema, value)) !== JSON.stringify(value))
    .map(({ flag: { flag } }) => flag);
}

function changedFlags({ flags, settings }: RunRequest): { readonly flag: Flag; readonly value: unknown }[] {
  return flags.flatMap((flag) => {
    const setting = settings.get(flag.key);
    if (setting === undefined || ALWAYS_SHOWN.includes(flag.key)) return [];
    const isDefault = JSON.stringify(setting.value) === JSON.stringify(flag.description.default);
    return isDefault ? [] : [{ flag, value: setting.value }];
  });
}

function flagWords({ flag, description, schema }: Flag, given: unknown): string[] {
  if (typeof given === 'boolean') return [given ? flag : flag.replace('--', '--no-')];
  const value = withoutSecrets(schema, given);
  if (!Array.isArray(value)) return [flag, typeof value === 'string' ? value : JSON.stringify(value)];
  const text = value.join(',');
  const isPlain = JSON.stringify(parseText(description, text)) === JSON.stringify(value);
  return [flag, isPlain ? text : JSON.stringify(value)];
}
