import type { TwoStateProbabilities } from './two-state-chain.ts';

/**
 * The runs of state 1 in a stationary two-state Markov chain (the bad times of a Gilbert-Elliott channel), as pairs
 * `start, end` of steps within `0..stepCount`, `end` not included. Costs two draws a run, not one a step: lengths of
 * runs are geometric. `uniformAt` gives the uniform in (0, 1) of a draw.
 *
 * A long chain is cut into periods of steps, each with draws of its own: the state is stationary in each, and only
 * the last step of a period does not know the first one of the next.
 */
export function twoStateRuns(
  { enter, stay }: TwoStateProbabilities,
  stepCount: number,
  uniformAt: (draw: number) => number,
): number[] {
  const runs: number[] = [];
  const leave = 1 - stay;
  if (enter === 0) return runs;
  let draw = 0;
  let step = 0;
  if (uniformAt(draw++) * (enter + leave) >= enter) step = geometric(enter, uniformAt(draw++));
  while (step < stepCount) {
    const end = step + geometric(leave, uniformAt(draw++));
    runs.push(step, Math.min(end, stepCount));
    step = end + geometric(enter, uniformAt(draw++));
  }
  return runs;
}

/** Steps up to and with the first success of probability `p`: 1 or more. */
function geometric(p: number, u: number): number {
  if (p >= 1) return 1;
  return p <= 0 ? Infinity : 1 + Math.floor(Math.log(u) / Math.log(1 - p));
}
