import { DatagenError, type OptionMention, type Sentence, sentenceText } from '@datagen/core';
import type { Settings } from '../config/settings.ts';
import type { Flag } from '../flags/flags.ts';

/**
 * The same error in the words of the command line: an option that its sentence speaks of is called by its flag, or keeps
 * its name and gets its place where it comes from the configuration file.
 */
export function inUsersTerms(thrown: unknown, flags: readonly Flag[], settings: Settings): unknown {
  if (!(thrown instanceof DatagenError)) return thrown;
  const { code, details, retryable } = thrown;
  const sentence = details['sentence'] as Sentence | undefined;
  const flagOf = (name: string) => flags.find(({ description }) => description.name === name);
  const configOf = (name: string) => settings.get(flagOf(name)?.key ?? '')?.config;
  const nameOf = ({ option, value }: OptionMention) => {
    const flag = flagOf(option);
    if (flag === undefined || (configOf(option) !== undefined && value === undefined)) return `\`${option}\``;
    return value === undefined ? flag.flag : `${flag.flag} ${value}`;
  };
  const mentioned = (sentence ?? []).flatMap((part) => (typeof part === 'string' ? [] : [part.option]));
  const blamed = typeof details['option'] === 'string' ? [details['option']] : [];
  const [inFile] = [...mentioned, ...blamed].filter((name) => configOf(name) !== undefined);
  const key = inFile === undefined ? undefined : flagOf(inFile)?.key;
  const place = inFile === undefined || key === undefined ? '' : `${configOf(inFile)?.locate(key) ?? ''}: `;
  const message = place + (sentence === undefined ? thrown.message : sentenceText(sentence, nameOf));
  return message === thrown.message
    ? thrown
    : new DatagenError(code, message, { cause: thrown, details, retryable });
}
