import { DatagenError } from '@datagen/core';
import { collectSettings, type Settings } from '../config/settings.ts';
import type { LoadedPlugins } from '../plugins/load-plugins.ts';
import type { Offer } from '../plugins/offer.ts';
import { STDOUT } from '../request/output.ts';
import { withAdvice } from '../request/partition-advice.ts';
import { resolveRun, type RunRequest } from '../request/run-request.ts';
import { sizeTarget, withoutSize } from '../request/size/target.ts';
import { inUsersTerms } from '../request/wording.ts';
import type { Io } from '../terminal/io.ts';
import { generateStream } from './generate/generate-stream.ts';
import { generate } from './generate/generate.ts';
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

const NOTHING_TO_PLAN =
  'Expected a folder or URI to plan tables for, got "-": a stream to the standard output has no files to plan.';

/** The run that settings ask for; where they ask for a size, with the options that make it. */
async function requestOf(
  { operands, plugins, offer, io }: RunCommand,
  settings: Settings,
): Promise<RunRequest> {
  const resolve = (given: Settings) => resolveRun(operands, plugins, given, offer, io);
  const target = sizeTarget(settings);
  if (target === undefined || plugins.generator === undefined) return resolve(withoutSize(settings));
  // Only runs of a size pay for loading what finds it.
  const { sizedRun } = await import('../request/size/choose-options.ts');
  return sizedRun(target, plugins.generator, settings, resolve, io.signal);
}

/** Runs it; errors come out in the user's terms. */
export async function runCommand(command: RunCommand): Promise<void> {
  const { name, given, plugins, values, offer, io } = command;
  const settings = collectSettings(plugins.flags, given, plugins.config, io);
  const isJson = values.json === true;
  try {
    const request = await requestOf(command, settings);
    const run = async () => {
      const isStream = request.output?.uri === STDOUT;
      if (name === 'plan' && isStream) throw new DatagenError('INVALID_OPTION', NOTHING_TO_PLAN);
      if (name === 'plan') return plan(request, isJson, io);
      if (name === 'preview') return preview(request, { ...values, isJson }, io);
      if (isStream) return generateStream(request, offer, isJson, io);
      const storage = plugins.storage && offer.storages[plugins.storage.name];
      return generate(request, { format: offer.formats[request.format], storage }, isJson, io);
    };
    await run().catch((thrown: unknown) => {
      throw withAdvice(thrown, request, plugins);
    });
  } catch (thrown) {
    throw inUsersTerms(thrown, plugins.flags, settings);
  }
}
