import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Builtins } from '../builtins.ts';
import { type Io, widthOf } from '../terminal/io.ts';
import type { LoadedPlugins } from '../plugins/load-plugins.ts';

const RUN_GROUP = 'Other options:';
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

/** A command whose flags depend on the plug-ins it names. */
type RunCommandName = 'generate' | 'plan' | 'preview';

/**
 * The command line for some words: all commands, with the flags of the one that the words name. Other commands'
 * flags, and what would have to be loaded for them, are left out.
 */
export async function createProgram(words: readonly string[], io: Io, builtins: Builtins): Promise<Command> {
  const program = createRoot(io, builtins);
  const commandName = words.find((word) => !word.startsWith('-'));
  await addRunCommands(program, commandName, words, io, builtins);

  program
    .command('list')
    .description('List generators and formats')
    .addOption(jsonOption())
    .addOption(debugOption())
    .action(async ({ json }: { json?: boolean }) => {
      const { list } = await import('./list.ts');
      await list(builtins, json === true, io);
    });

  program
    .command('describe')
    .description('Show tables, columns and options of one')
    .argument('<name>', 'a generator or a format')
    .addOption(jsonOption())
    .addOption(debugOption())
    .action(async (name: string, { json }: { json?: boolean }) => {
      const { describe } = await import('./describe.ts');
      await describe(name, builtins, json === true, io);
    });

  program
    .command('completion')
    .description('Print a script that completes commands in a shell')
    .argument('<shell>', SHELLS.join(', '))
    .addOption(debugOption())
    .addHelpText(
      'after',
      '\nExamples:\n  source <(datagen completion bash)    needs the bash-completion package\n  datagen completion fish | source',
    )
    .action(async (shell: string) => {
      const { completionScript } = await import('./completion.ts');
      io.stdout.write(completionScript(shell, SHELLS));
    });

  // The scripts call it as `datagen complete -- <words>`.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (typed: string[]) => {
      const { complete } = await import('../complete.ts');
      const programFor = (known: readonly string[]) => createProgram(known, io, builtins);
      io.stdout.write(await complete(typed, builtins, programFor));
    });
  return program;
}

function createRoot(io: Io, builtins: Builtins): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return new Command('datagen')
    .description('Generates realistic synthetic datasets straight into lakehouse formats.')
    .version(version, '--version', 'Print the version')
    .addHelpOption(grouped('-h, --help', 'Show help', RUN_GROUP))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // Errors are thrown, and written in one place.
      writeErr: () => undefined,
      getOutHelpWidth: () => (io.stdout.isTTY === true ? Math.min(widthOf(io.stdout), 120) : 110),
      getOutHasColors: () => false,
    })
    .addOption(debugOption())
    .addHelpText('after', () =>
      examplesText(Object.keys(builtins.generators), Object.keys(builtins.formats)),
    );
}

function examplesText(generators: readonly string[], formats: readonly string[]): string {
  return `
Generators: ${generators.join(', ')}
Formats:    ${formats.join(', ')}

Examples:
  datagen generate ecommerce ./out                          30 days of a shop as Parquet files
  datagen generate ecommerce ./out --n-customers 100000 --partition-by year,month
  datagen plan ecommerce --start-date 2026-01-01 --end-date 2026-12-31
  datagen preview ecommerce --table orders --rows 5

The same command again writes what is missing, and nothing twice.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;
}

async function addRunCommands(
  program: Command,
  current: string | undefined,
  words: readonly string[],
  io: Io,
  builtins: Builtins,
): Promise<void> {
  const descriptions: Record<RunCommandName, string> = {
    generate: 'Write a dataset: make the files that its tables lack',
    plan: 'Show what generate would write: partitions, files and rows',
    preview: 'Show the first rows of the tables',
  };
  for (const [name, description] of Object.entries(descriptions) as [RunCommandName, string][]) {
    const command = program
      .command(name)
      .description(description)
      .argument('[generator]', 'what to generate');
    if (name !== 'preview') command.argument('[output-uri]', 'folder or URI to write tables to');
    if (name !== current) continue;
    const { loadPlugins } = await import('../plugins/load-plugins.ts');
    const plugins = await loadPlugins(words.slice(words.indexOf(name) + 1), builtins);
    await addRunFlags(command, name, plugins, io, builtins);
  }
}

async function addRunFlags(
  command: Command,
  name: RunCommandName,
  plugins: LoadedPlugins,
  io: Io,
  builtins: Builtins,
): Promise<void> {
  const { addFlags } = await import('../flags/command-flags.ts');
  const formats = Object.keys(builtins.formats).join(', ');
  const isPreview = name === 'preview';
  if (isPreview) {
    command
      .addOption(grouped('--table <name>', 'Table to show; the default is all', 'Preview options:'))
      .addOption(grouped('--rows <n>', 'Rows to show of each (default: 10)', 'Preview options:'));
  }
  const shown = plugins.flags.filter(({ group }) => !isPreview || group === 'Dataset options:');
  const readFlags = addFlags(command, shown);
  if (!isPreview) {
    const text = `Format of the tables (${formats}; default: parquet)`;
    command.addOption(grouped('--format <name>', text, 'Output options:'));
  }
  command
    .addOption(
      grouped('--config <file>', 'YAML file with options as keys, as in `nCustomers: 100000`', RUN_GROUP),
    )
    .addOption(jsonOption())
    .addOption(debugOption())
    .addHelpText('after', generatorHint(name, plugins, builtins))
    .action(async () => {
      const { runCommand } = await import('./run-command.ts');
      await runCommand({
        name,
        operands: command.args,
        given: readFlags(),
        plugins,
        values: command.opts<{ json?: boolean; table?: string; rows?: string }>(),
        builtins,
        io,
      });
    });
}

function generatorHint(name: string, { generator }: LoadedPlugins, builtins: Builtins): string {
  if (generator !== undefined) return `\nColumns of its tables:  datagen describe ${generator.name}`;
  const names = Object.keys(builtins.generators);
  return `\nOptions of a generator (${names.join(', ')}):  datagen ${name} <generator> --help`;
}

function jsonOption(): Option {
  return grouped('--json', 'Print one JSON object', RUN_GROUP);
}

function debugOption(): Option {
  return grouped('--debug', 'Show where an error comes from', RUN_GROUP);
}

function grouped(flags: string, text: string, group: string): Option {
  return new Option(flags, text).helpGroup(group);
}
