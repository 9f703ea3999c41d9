import { describe, expect, it } from '@jest/globals';
import {
  DatagenError,
  type Executor,
  ParallelPipeline,
  parseOptions,
  writeDataset,
} from '../../src/index.ts';
import { InlineExecutor } from '../../src/run/executor.ts';
import { fromPlainError, toPlainError } from '../../src/run/threads/plain-error.ts';
import type { Fault } from './broken-file-writers.ts';
import { countingWriter } from './counting-writer.ts';
import { faultyPlugin } from './faulty-plugin.ts';

const brokenWriters = new URL('./broken-file-writers.ts', import.meta.url).href;
const block = '2026-01-05';
const PLACE = 'Cannot write the file of `events` with blocks 2026-01-05 to 2026-01-05: ';
const NAMED = { table: 'events', firstBlock: block, lastBlock: block };

/** How a run ends whose writer has a fault in one file. */
async function failureOf(
  fault: string,
  executor: Executor,
  generatorFault: 'none' | 'throw' = 'none',
): Promise<DatagenError> {
  const options = { fileRowsTarget: 1_000, fault: generatorFault, faultDay: block };
  const generator = faultyPlugin.create(parseOptions(faultyPlugin.options, options, 'generator "faulty"'));
  const writer = countingWriter();
  const fileWriter = {
    module: brokenWriters,
    export: 'failsOnce',
    options: { block, fault } satisfies Fault,
  };
  const broken: typeof writer = {
    ...writer,
    openTable: async (...args) => ({ ...(await writer.openTable(...args)), fileWriter }),
  };
  const failure: unknown = await writeDataset(generator, broken, {
    startDate: '2026-01-01',
    endDate: '2026-01-10',
    executor,
  }).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(DatagenError);
  expect(writer.commits).toEqual([]);
  return failure as DatagenError;
}

const EXECUTORS: [where: string, executor: Executor][] = [
  ['on the calling thread', new InlineExecutor()],
  ['on threads', new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 })],
];

describe.each(EXECUTORS)('a writer that fails %s', (_, executor) => {
  it('has its table and blocks named, with all causes', async () => {
    expect(await failureOf('error', executor)).toMatchObject({
      code: 'ENCODE_FAILED',
      message: `${PLACE}the pen is empty`,
      details: NAMED,
      stack: expect.stringContaining('the pen is empty') as unknown,
      cause: {
        name: 'RangeError',
        message: 'the pen is empty',
        stack: expect.stringContaining('broken-file-writers.ts') as unknown,
        cause: { name: 'Error', message: 'no ink', code: 'EINK' },
      },
    });
  });

  it('keeps the code, the details and the options of what an encoder says', async () => {
    const failure = await failureOf('encoder', executor);
    expect(failure).toMatchObject({
      code: 'ENCODE_FAILED',
      message: `${PLACE}The pen is empty. Choose another \`encoder\`.`,
      details: { ...NAMED, option: 'encoder' },
      retryable: true,
      cause: {
        name: 'DatagenError',
        message: 'The pen is empty. Choose another `encoder`.',
        cause: { name: 'RangeError', message: 'no ink' },
      },
    });
    // By which the command line calls the option by its flag.
    expect(failure.details['sentence']).toContainEqual({ option: 'encoder' });
  });

  it.each([
    ['named', 'The pen of `events` is empty.'],
    ['storage', 'Cannot write /out/x: it is full.'],
  ])('is not named twice where it names itself or its path: %s', async (fault, message) => {
    expect((await failureOf(fault, executor)).message).toBe(message);
  });

  it('is found out where it skips rows', async () => {
    expect(await failureOf('skips', executor)).toMatchObject({
      code: 'INVALID_PLUGIN',
      message:
        'The writer of data files of `events` stopped after 0 rows without asking for the rest (blocks 2026-01-05 to 2026-01-05).',
      details: NAMED,
    });
  });

  it('takes no blame for the generator, and hides nothing of it', async () => {
    expect(await failureOf('hides', executor, 'throw')).toMatchObject({
      code: 'GENERATE_FAILED',
      message: 'Block 2026-01-05 of `events` failed: the cause',
      cause: { name: 'TypeError', message: 'the cause' },
    });
  });
});

describe('errors of threads', () => {
  const again = (thrown: unknown) => fromPlainError(structuredClone(toPlainError(thrown)));

  it('end a chain of causes that goes in a circle', () => {
    const circle = new Error('round');
    circle.cause = circle;
    let depth = 0;
    for (let at: unknown = again(circle); at instanceof Error; at = at.cause) depth++;
    expect(depth).toBe(6);
  });

  it('keep causes that are no errors, or cannot be cloned', () => {
    expect(again(new DatagenError('ENCODE_FAILED', 'x', { cause: 'y' })).cause).toMatchObject({
      message: 'y',
    });
    const odd = Object.assign(new Error('odd'), { callback: () => undefined });
    expect(again(new DatagenError('ENCODE_FAILED', 'x', { cause: odd })).cause).toMatchObject({
      message: 'odd',
      stack: odd.stack,
    });
  });
});
