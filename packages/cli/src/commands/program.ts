import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Builtins, Offer } from '../plugins/offer.ts';
import { flagValues } from '../plugins/words.ts';
import type { LoadedPlugins } from '../plugins/load-plugins.ts';
import { type Io, widthOf } from '../terminal/io.ts';

const RUN_GROUP = 'Other options:';
/** Known without loading the scripts. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

/** A command whose flags depend on the plug-ins it names. */
type RunCommandName = 'generate' | 'plan' | 'preview';

/**
 * The command line for some words: all commands, with the flags of the one that the words name. Other commands'
 * flags, and what would have to be loaded for them, are left out.
 */
export async function createProgram(words: readonly string[], io: Io, builtins: Builtins): Promise<Command> {
  const commandName = commandOf(words);
  const offer = await offerFor(commandName === 'complete' ? [] : words, builtins, io);
  const program = createRoot(io, offer);
  await addRunCommands(program, commandName, words, io, offer);

  await addLookCommand(program, commandName, words, io, offer);

  program
    .command('list')
    .description('List generators, formats and storages')
    .addOption(pluginOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .action(async ({ json }: { json?: boolean }) => {
      const { list } = await import('./list.ts');
      await list(offer, json === true, io);
    });

  program
    .command('describe')
    .description('Show tables, columns and options of one')
    .argument('<name>', 'a generator, a format or a storage')
    .addOption(pluginOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .action(async (name: string, { json }: { json?: boolean }) => {
      const { describe } = await import('./describe.ts');
      await describe(name, offer, json === true, io);
    });

  program
    .command('init')
    .description('Write a datagen.yaml with all options of a generator, which editors complete')
    .argument('[generator]', 'what to generate (default: ecommerce)')
    .addOption(
      new Option(
        '--format <name>',
        `Format of the tables (${Object.keys(offer.formats).join(', ')}; default: parquet)`,
      ),
    )
    .addOption(pluginOption())
    .addOption(debugOption())
    .action(async (generator: string | undefined, { format }: { format?: string }) => {
      const { init } = await import('./init.ts');
      await init({ generator, format }, offer, io);
    });

  program
    .command('schema')
    .description('Print the JSON Schema of the configuration file')
    .addOption(pluginOption())
    .addOption(debugOption())
    .action(async () => {
      const { schema } = await import('./schema.ts');
      await schema(offer, io);
    });

  program
    .command('completion')
    .description('Print a script that completes commands in a shell')
    .argument('<shell>', SHELLS.join(', '))
    .addOption(debugOption())
    .addHelpText(
      'after',
      '\nExamples:\n  source <(datagen completion bash)\n  datagen completion fish | source',
    )
    .action(async (shell: string) => {
      const { completionScript } = await import('../completion/script.ts');
      await io.stdout.write(await completionScript(shell));
    });

  // The scripts call it as `datagen complete -- <words>`, or with the words as base64 of a JSON list.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .option('--encoded <words>')
    .action(async (words: string[], { encoded }: { encoded?: string }) => {
      const { complete } = await import('../completion/complete.ts');
      const decoded = Buffer.from(encoded ?? '', 'base64').toString();
      const typed = encoded === undefined ? words : (JSON.parse(decoded) as string[]);
      const programFor = (known: readonly string[]) => createProgram(known, io, builtins);
      // The last word is still being typed, and the file may be one that does not exist.
      const known = await offerFor(typed.slice(0, -1), builtins, io).catch(() => builtins);
      await io.stdout.write(await complete(typed, known, programFor));
    });
  return program;
}

/** The first word that is neither a flag nor a module's name. */
function commandOf(words: readonly string[]): string | undefined {
  return words.find((word, i) => !word.startsWith('-') && words[i - 1] !== '--plugin');
}

async function offerFor(words: readonly string[], builtins: Builtins, io: Io): Promise<Offer> {
  const names = ['--plugin', '--config'].some((flag) => flagValues(words, flag).length > 0);
  // Only words that name modules pay for what loads them.
  if (!names) return { storages: {}, ...builtins, modules: [] };
  const { offerOf } = await import('../plugins/collect-offer.ts');
  return offerOf(words, builtins, io);
}

function createRoot(io: Io, { generators, formats }: Builtins): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return (
    new Command(io.program)
      .description('Generates realistic synthetic datasets straight into lakehouse formats.')
      .version(version, '--version', 'Print the version')
      .addHelpOption(grouped('-h, --help', 'Show help', RUN_GROUP))
      .helpCommand(false)
      .exitOverride()
      // `look --version 3` is not `--version`.
      .enablePositionalOptions()
      .addOption(pluginOption())
      .configureOutput({
        writeOut: (text) => void io.stdout.write(text),
        // Errors are thrown, and written in one place.
        writeErr: () => undefined,
        getOutHelpWidth: () => (io.stdout.isTTY === true ? Math.min(widthOf(io.stdout), 120) : 110),
        getOutHasColors: () => false,
      })
      .addOption(debugOption())
      .addHelpText('after', () => examplesText(Object.keys(generators), Object.keys(formats), io.program))
  );
}

function examplesText(generators: readonly string[], formats: readonly string[], program: string): string {
  return `
Generators: ${generators.join(', ')}
Formats:    ${formats.join(', ')}

Examples:
  ${program} generate ecommerce ./out/ecommerce    30 days of a shop as Parquet files
  ${program} generate ecommerce ./out/ecommerce --n-customers 100000 --partition-by year,month
  ${program} plan ecommerce --start-date 2026-01-01 --end-date 2026-12-31
  ${program} preview ecommerce --table orders --rows 5
  ${program} look ./out/ecommerce                  rows, columns and pictures of what was written

The same command again writes what is missing, and nothing twice.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;
}

async function addRunCommands(
  program: Command,
  current: string | undefined,
  words: readonly string[],
  io: Io,
  offer: Offer,
): Promise<void> {
  const descriptions: Record<RunCommandName, string> = {
    generate: 'Write a dataset: make the files that its tables lack',
    plan: 'Show what generate would write, what of it is there and what is missing',
    preview: 'Show the first rows of the tables',
  };
  for (const [name, description] of Object.entries(descriptions) as [RunCommandName, string][]) {
    const command = program
      .command(name)
      .description(description)
      .argument('[generator]', 'what to generate');
    if (name !== 'preview')
      command.argument('[output-uri]', 'folder or URI to write tables to, or - for one table to stdout');
    if (name !== current) continue;
    const { loadPlugins } = await import('../plugins/load-plugins.ts');
    const plugins = await loadPlugins(words.slice(words.indexOf(name) + 1), offer);
    await addRunFlags(command, name, plugins, io, offer);
  }
}

async function addLookCommand(
  program: Command,
  current: string | undefined,
  words: readonly string[],
  io: Io,
  offer: Offer,
): Promise<void> {
  const command = program
    .command('look')
    .description('Show what tables hold: rows, columns, and a picture of each')
    .argument('[output-uri]', 'folder or URI with tables');
  if (current !== 'look') return;
  const { loadLookPlugins } = await import('../plugins/load-look-plugins.ts');
  const { addFlags } = await import('../flags/command-flags.ts');
  const plugins = await loadLookPlugins(words.slice(words.indexOf('look') + 1), offer);
  const readFlags = addFlags(command, plugins.flags);
  const formats = Object.keys(offer.formats).join(', ');
  const text = `Format of the tables (${formats}); by default what lies there tells it`;
  command
    .addOption(grouped('--format <name>', text, 'Place options:'))
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .action(async () => {
      const { look } = await import('./look.ts');
      const isJson = command.opts<{ json?: boolean }>().json === true;
      await look({ output: command.args[0], given: readFlags(), plugins, isJson, offer, io });
    });
}

async function addRunFlags(
  command: Command,
  name: RunCommandName,
  plugins: LoadedPlugins,
  io: Io,
  offer: Offer,
): Promise<void> {
  const { addFlags } = await import('../flags/command-flags.ts');
  const formats = Object.keys(offer.formats).join(', ');
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
    .addOption(configOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .addHelpText('after', generatorHint(name, plugins, offer, io))
    .action(async () => {
      const { runCommand } = await import('./run-command.ts');
      await runCommand({
        name,
        operands: command.args,
        given: readFlags(),
        plugins,
        values: command.opts<{ json?: boolean; table?: string; rows?: string }>(),
        offer,
        io,
      });
    });
}

function generatorHint(
  name: string,
  { generator }: LoadedPlugins,
  { generators }: Offer,
  { program }: Io,
): string {
  if (generator !== undefined) return `\nColumns of its tables:  ${program} describe ${generator.name}`;
  return `\nOptions of a generator (${Object.keys(generators).join(', ')}):  ${program} ${name} <generator> --help`;
}

function configOption(): Option {
  const text = 'YAML file with options as keys, as in `nCustomers: 100000`; - for stdin';
  return grouped('--config <file>', text, RUN_GROUP);
}

function pluginOption(): Option {
  const text = 'Package or path of a module with plug-ins; may be given several times';
  return grouped('--plugin <module>', text, RUN_GROUP);
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
