import type { RunRequest } from './run-request.ts';
import { shellWord } from '../terminal/text.ts';

/** The dates are always spelled out: by tomorrow their defaults mean other days. The seed, because it is the dataset. */
const ALWAYS_SHOWN = ['startDate', 'endDate', 'seed'];

/** The command that repeats a run exactly, whatever the day and the configuration file: every option that is no default. */
export function commandLine(command: string, request: RunRequest): string {
  const { generator, output, format, spec, flags, settings } = request;
  const words = ['datagen', command, generator.name, ...(output === undefined ? [] : [output])];
  if (format !== 'parquet') words.push('--format', format);
  words.push('--start-date', spec.startDate, '--end-date', spec.endDate);
  if ('seed' in generator.config) words.push('--seed', String(generator.config.seed));
  for (const { key, flag, description } of flags) {
    const setting = settings.get(key);
    if (setting === undefined || ALWAYS_SHOWN.includes(key)) continue;
    if (JSON.stringify(setting.value) === JSON.stringify(description.default)) continue;
    words.push(...flagWords(flag, setting.value));
  }
  return words.map(shellWord).join(' ');
}

function flagWords(flag: string, value: unknown): string[] {
  if (typeof value === 'boolean') return [value ? flag : flag.replace('--', '--no-')];
  if (!Array.isArray(value)) return [flag, String(value)];
  const isPlain = value.every((element) => typeof element !== 'object' && !String(element).includes(','));
  return [flag, isPlain ? value.join(',') : JSON.stringify(value)];
}
