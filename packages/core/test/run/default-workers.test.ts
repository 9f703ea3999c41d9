import { expect, it, jest } from '@jest/globals';

let processors = 1;
// What is imported below takes this in the place of what the machine and its container have.
jest.unstable_mockModule('../../src/run/threads/available-processors.ts', () => ({
  availableProcessors: () => processors,
}));
const { ParallelPipeline, writeDataset } = await import('../../src/index.ts');
const { countingWriter } = await import('./counting-writer.ts');
const { faultyPlugin } = await import('./faulty-plugin.ts');

/** How many blocks of a run are made on this thread, and not on one that was started for it. */
async function blocksMadeHere(): Promise<number> {
  const generator = faultyPlugin.create(faultyPlugin.options.parse({}));
  const generate = generator.generate.bind(generator);
  let made = 0;
  generator.generate = (...args) => {
    made++;
    return generate(...args);
  };
  await writeDataset(generator, countingWriter(), {
    startDate: '2026-01-01',
    endDate: '2026-01-04',
    fileRowsTarget: 1_000,
    executor: new ParallelPipeline({ rowsPerWorker: 1 }),
  });
  return made;
}

it('a run has as many threads as there are processors, those of a quota and not the cores', async () => {
  processors = 1;
  expect(await blocksMadeHere()).toBe(4);
  processors = 2;
  expect(await blocksMadeHere()).toBe(0);
});
