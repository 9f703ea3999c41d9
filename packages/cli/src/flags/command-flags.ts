import { type Command, Option } from 'commander';
import { type Flag, isList, parseText } from './flags.ts';
import { flagText, valueName } from './flag-text.ts';

/** Adds flags to a command; the function returned gives the values that were typed, by `Flag.key`. */
export function addFlags(command: Command, flags: readonly Flag[]): () => ReadonlyMap<string, unknown> {
  const attributes = new Map(flags.map((flag) => [flag.key, addFlag(command, flag)]));
  return () => {
    const given = [...attributes].filter(([, name]) => command.getOptionValueSource(name) === 'cli');
    return new Map(given.map(([key, name]) => [key, command.getOptionValue(name) as unknown]));
  };
}

function addFlag(command: Command, { flag, group, description }: Flag): string {
  const text = flagText(description);
  if (description.type === 'boolean') {
    const on = new Option(flag, text).helpGroup(group);
    const off = new Option(flag.replace('--', '--no-'), text).helpGroup(group);
    // Help shows the one that changes something.
    (description.default === true ? on : off).hideHelp();
    command.addOption(on).addOption(off);
    return on.attributeName();
  }
  const option = new Option(`${flag} <${valueName(description)}>`, text).helpGroup(group);
  option.argParser((typed: string, previous: unknown) => {
    const value = parseText(description, typed);
    return isList(description.type) && Array.isArray(previous)
      ? [...(previous as unknown[]), ...(value as unknown[])]
      : value;
  });
  command.addOption(option);
  return option.attributeName();
}
