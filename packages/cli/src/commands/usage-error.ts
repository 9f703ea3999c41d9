import { nearestName } from '@datagen/core';
import type { Command, CommanderError } from 'commander';

/** One sentence for words that the command line cannot read. */
export function usageText(
  error: CommanderError,
  typedWords: readonly string[],
  program: Command,
  startedAs: string,
): string {
  const [typed = ''] = /(?<=')[^']*(?=')/.exec(error.message) ?? [];
  const commandName = typedWords.find((word) => !word.startsWith('-')) ?? '';
  const command = program.commands.find((known) => known.name() === commandName);
  if (error.code === 'commander.unknownCommand') {
    const names = program.commands.map((known) => known.name()).filter((name) => name !== 'complete');
    return `Unknown command "${typed}".${hint(typed, names)} Known: ${names.join(', ')}.`;
  }
  if (error.code === 'commander.unknownOption') {
    const flags = (command ?? program).createHelp().visibleOptions(command ?? program);
    const nearest = hint(
      typed,
      flags.map(({ long }) => long ?? ''),
    );
    const [first = ''] = command?.args ?? [];
    const words = [startedAs, commandName, first.startsWith('-') ? '' : first, '--help'];
    const help = words.filter((word) => word !== '').join(' ');
    return `Unknown option ${typed}.${nearest} See ${help}.`;
  }
  if (error.code === 'commander.optionMissingArgument') return `${typed.split(' ', 1).join()} needs a value.`;
  if (error.code === 'commander.excessArguments' && command !== undefined) {
    const known = command.registeredArguments;
    const names = known.map((argument) => argument.name());
    const surplus = command.args.slice(known.length).join(' ');
    return `Unexpected "${surplus}": ${startedAs} ${commandName} takes ${names.length === 0 ? 'flags only' : names.join(' and ')}.`;
  }
  const sentence = error.message.replace(/^error: /, '').replace(/\.?$/, '.');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function hint(typed: string, known: readonly string[]): string {
  const nearest = nearestName(typed, known);
  return nearest === undefined ? '' : ` Did you mean ${nearest.startsWith('-') ? nearest : `"${nearest}"`}?`;
}
