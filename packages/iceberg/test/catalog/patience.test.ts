import { afterEach, expect, jest, test } from '@jest/globals';
import type { ChangeOutcome } from '../../src/catalog/index.ts';
import { Patience } from '../../src/catalog/patience.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const lost: ChangeOutcome = { conflict: 'somebody else was first' };
const won = { table: {} } as ChangeOutcome;

/** How long it takes to hear of some outcomes, in ms, where chance waits as long as it may. */
async function waitedMs(patience: Patience, ...outcomes: readonly ChangeOutcome[]): Promise<number> {
  jest.spyOn(Math, 'random').mockReturnValue(0.99);
  const started = performance.now();
  await patience.wait(outcomes, undefined);
  return performance.now() - started;
}

test('whoever loses again and again waits longer each time', async () => {
  const patience = new Patience();
  for (const leastMs of [95, 190, 385]) expect(await waitedMs(patience, won, lost)).toBeGreaterThan(leastMs);
});

test('whoever wins does not wait, nor does whoever is interrupted', async () => {
  const patience = new Patience();
  const slept = waitedMs(patience, won, won);
  await expect(
    Promise.race([slept, new Promise((resolve) => setTimeout(resolve, 90, 'late'))]),
  ).resolves.not.toBe('late');
  await patience.wait([lost], AbortSignal.abort());
});
