import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeOutcome } from './catalog.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_200;

/**
 * What a catalog does for writers that lose against each other again and again: whoever has lost hears of it only after a
 * random time, twice as long each time, and looks at the table after that. Of eight that met, few meet again.
 */
export class Patience {
  #losses = 0;

  async wait(outcomes: readonly ChangeOutcome[], signal: AbortSignal | undefined): Promise<void> {
    if (!outcomes.some((outcome) => 'conflict' in outcome)) {
      this.#losses = 0;
      return;
    }
    const longestMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#losses++);
    // Whoever is interrupted has been told what became of the commit all the same.
    await sleep(Math.random() * longestMs, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }
}
