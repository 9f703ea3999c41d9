import { collectSettings } from '../config/settings.ts';
import type { LoadedPlugins } from '../plugins/load-plugins.ts';
import type { Offer } from '../plugins/offer.ts';
import { withAdvice } from '../request/partition-advice.ts';
import { resolveRun } from '../request/run-request.ts';
import { inUsersTerms } from '../request/wording.ts';
import type { Io } from '../terminal/io.ts';
import { generate } from './generate.ts';
import { plan } from './plan.ts';
import { preview } from './preview.ts';

/** A parsed `generate`, `plan` or `preview`. */
export interface RunCommand {
  readonly name: 'generate' | 'plan' | 'preview';
  readonly operands: readonly string[];
  /** What was given by flag, by `Flag.key`. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly plugins: LoadedPlugins;
  readonly values: { readonly json?: boolean; readonly table?: string; readonly rows?: string };
  readonly offer: Offer;
  readonly io: Io;
}

/** Runs it; errors come out in the user's terms. */
export async function runCommand(command: RunCommand): Promise<void> {
  const { name, operands, given, plugins, values, offer, io } = command;
  const settings = collectSettings(plugins.flags, given, plugins.config, io);
  const isJson = values.json === true;
  try {
    const request = resolveRun(operands, plugins, settings, offer, io);
    const run = () => {
      if (name === 'plan') return plan(request, isJson, io);
      if (name === 'preview') return preview(request, { ...values, isJson }, io);
      return generate(request, offer.formats[request.format], isJson, io);
    };
    await run().catch((thrown: unknown) => {
      throw withAdvice(thrown, request, plugins);
    });
  } catch (thrown) {
    throw inUsersTerms(thrown, plugins.flags, settings);
  }
}
