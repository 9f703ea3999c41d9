import { type OptionDescription, type Sentence, sentenceText } from '@datagen/core';
import { choicesOf, isList, kebabCase } from './flags.ts';

const LONGEST_LIST = 60;

/** An option's default as it would be typed; undefined where it has none to show. */
export function defaultText({ default: value }: OptionDescription): string | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  return Array.isArray(value) ? shortened(value.map(plainText)) : plainText(value);
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `integer`, `snappy | zstd`, `list of text`: what a value of an option may be. */
export function typeText(option: OptionDescription): string {
  const { type } = option;
  if (!isList(type)) return type;
  const choices = choicesOf(option);
  return `list of ${choices.length > 0 ? shortened(choices) : type.slice(0, -2)}`;
}

/** A note of a generator, in which options are called by their flags. */
export function noteText(text: Sentence): string {
  return `Note: ${sentenceText(text, ({ option }) => `--${kebabCase(option)}`)}`;
}

/** The description of a flag with its choices and default: `Codec (snappy, zstd; default: snappy)` */
export function flagText(option: OptionDescription): string {
  const choices = option.choices ?? [];
  const value = defaultText(option);
  const notes = [
    ...(choices.length > 0 ? [shortened(choices, ', ')] : []),
    ...(value === undefined || option.type === 'boolean' ? [] : [`default: ${value}`]),
  ];
  return option.description + (notes.length === 0 ? '' : ` (${notes.join('; ')})`);
}

/** What stands for the value in `--flag <value>`. */
export function valueName({ name, type, choices }: OptionDescription): string {
  if (choices) return 'name';
  if (isList(type)) return 'a,b,…';
  if (type === 'integer') return 'n';
  if (type === 'number') return 'x';
  return /Date$/.test(name) ? 'day' : 'text';
}

function shortened(values: readonly string[], separator = ','): string {
  const whole = values.join(separator);
  if (whole.length <= LONGEST_LIST) return whole;
  return `${values.slice(0, 5).join(separator)}${separator}… (${values.length})`;
}
