import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';

const folder = fileURLToPath(new URL('../..', import.meta.url));

/** Core as it is loaded a second time, and a generator and a writer that its plug-ins make. */
async function anotherCopy() {
  jest.resetModules();
  const { GeneratorConfig, parseOptions } = await import('../../src/generator.ts');
  const { planDataset, PluginRegistry, writeDataset } = await import('../../src/index.ts');
  const { definePlugin, MemoryStorage } = await import('../../src/writer/index.ts');
  const generatorPlugin = definePlugin({
    kind: 'generator',
    name: 'none',
    description: 'No tables',
    options: GeneratorConfig,
    module: import.meta.url,
    export: 'none',
    create: (config) => ({
      name: 'none',
      version: 1,
      config,
      tables: [],
      blocks: () => [],
      generate: () => [],
    }),
  });
  const writerPlugin = definePlugin({
    kind: 'writer',
    name: 'nowhere',
    description: 'Writes nothing',
    options: z.strictObject({}),
    module: import.meta.url,
    export: 'nowhere',
    create: ({ uri }) => ({
      outputUri: uri,
      openTable: () => Promise.reject(new Error('not used')),
      commit: () => Promise.resolve([]),
    }),
  });
  const generator = generatorPlugin.create(parseOptions(GeneratorConfig, {}, 'generator "none"'));
  const writer = writerPlugin.create(new MemoryStorage('memory:copies'), {});
  return { generatorPlugin, writerPlugin, generator, writer, planDataset, writeDataset, PluginRegistry };
}

describe('what another copy of core made', () => {
  it('is refused in a run and a plan, by its name and the folders of both copies', async () => {
    const [mine, theirs] = [await anotherCopy(), await anotherCopy()];
    const sentence = (what: string) =>
      `Expected ${what} to be made by the copy of @datagen/core that runs it, in ${folder}, got one of the copy in ${folder}: `;
    for (const run of [mine.writeDataset, mine.planDataset]) {
      await expect(run(theirs.generator, mine.writer)).rejects.toThrow(sentence('the generator "none"'));
      await expect(run(mine.generator, theirs.writer)).rejects.toThrow(sentence('the writer'));
      await expect(run(mine.generator, mine.writer)).resolves.toBeDefined();
    }
    const registry = new mine.PluginRegistry();
    expect(() => {
      registry.register(theirs.writerPlugin);
    }).toThrow(sentence('the writer plug-in "nowhere"'));
    registry.register(mine.writerPlugin);
  });
});
