import type { Builtins } from './builtins.ts';
import { generate } from './commands/generate.ts';
import { plan } from './commands/plan.ts';
import { preview } from './commands/preview.ts';
import type { Io } from './io.ts';
import type { LoadedPlugins } from './load-plugins.ts';
import { resolveRun } from './run-request.ts';
import { collectSettings, inUsersTerms } from './settings.ts';

/** A parsed `generate`, `plan` or `preview`. */
export interface RunCommand {
  readonly name: 'generate' | 'plan' | 'preview';
  readonly operands: readonly string[];
  /** What was given by flag, by `Flag.key`. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly plugins: LoadedPlugins;
  readonly values: { readonly json?: boolean; readonly table?: string; readonly rows?: string };
  readonly builtins: Builtins;
  readonly io: Io;
}

/** Runs it; errors come out in the user's terms. */
export async function runCommand(command: RunCommand): Promise<void> {
  const { name, operands, given, plugins, values, builtins, io } = command;
  const settings = collectSettings(plugins.flags, given, plugins.config);
  const isJson = values.json === true;
  try {
    const request = resolveRun(operands, plugins, settings, builtins);
    if (name === 'plan') await plan(request, isJson, io);
    else if (name === 'preview')
      preview(
        request,
        { rows: values.rows ?? '10', isJson, ...(values.table && { table: values.table }) },
        io,
      );
    else await generate(request, builtins.formats[request.format], isJson, io);
  } catch (thrown) {
    throw inUsersTerms(thrown, plugins.flags, settings);
  }
}
