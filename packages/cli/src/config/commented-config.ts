import type { GeneratorPlugin, WriterPlugin } from '@datagen/core';
import { stringify } from 'yaml';
import { valueName } from '../flags/flag-text.ts';
import type { Flag } from '../flags/flags.ts';

export interface CommentedConfigOptions {
  readonly generator: GeneratorPlugin;
  readonly writer: WriterPlugin;
  readonly flags: readonly Flag[];
  readonly modules: readonly string[];
  /** Where the JSON Schema lies, from the file's folder. */
  readonly schema: string;
  readonly program: string;
}

/** Lines of comments are no longer. */
const WIDTH = 100;

/** A configuration file in YAML that names all options, each commented out with its default below what it means. */
export function commentedConfig(options: CommentedConfigOptions): string {
  const { generator, writer, flags, modules, schema, program } = options;
  const named = {
    generator: generator.name,
    format: writer.name,
    output: `./out/${generator.name}`,
    ...(modules.length > 0 && { plugins: modules }),
  };
  const groups = [...new Set(flags.map(({ group }) => group))];
  return [
    `# yaml-language-server: $schema=${schema}`,
    '',
    ...comment(`${generator.description}. To write it:`),
    '#',
    `#     ${program} generate --config datagen.yaml`,
    stringify(named),
    ...comment('All options with their defaults: take the # off a line whose value should be another one.'),
    ...groups.flatMap((group) => ['', `# --- ${group.replace(/:$/, '')} ---`, ...groupLines(flags, group)]),
    '',
  ].join('\n');
}

function groupLines(flags: readonly Flag[], group: Flag['group']): string[] {
  return flags.filter((flag) => flag.group === group).flatMap((flag) => ['', ...optionLines(flag)]);
}

function optionLines({ key, description: option }: Flag): string[] {
  const { description, choices, default: fallback } = option;
  const notes = choices === undefined ? '' : ` (${choices.join(', ')})`;
  const value =
    fallback === undefined
      ? `<${valueName(option)}>`
      : stringify(fallback, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return [...comment(description + notes), `# ${key}: ${value}`];
}

/** A text as lines of comments, broken between words. */
function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
