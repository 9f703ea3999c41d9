/** The probabilities that tomorrow's state is 1, given today's. */
export interface TwoStateProbabilities {
  /** P(1 | 0), as of a wet day after a dry one. */
  readonly enter: number;
  /** P(1 | 1), as of a wet day after a wet one. */
  readonly stay: number;
}

/**
 * The state (0 or 1) of a stationary two-state Markov chain at one time, without a start: coupling from the past
 * (Propp and Wilson 1996). A uniform below both probabilities or above both decides the state whatever came before;
 * else one looks one step further back, 1/(1 - |stay - enter|) steps on average.
 *
 * `uniformAt` gives the uniform in (0, 1) of a time, the same at every call; neighbouring chains may share parts of it.
 */
export function chainStateAt(
  time: number,
  { enter, stay }: TwoStateProbabilities,
  uniformAt: (time: number) => number,
): 0 | 1 {
  const low = Math.min(enter, stay);
  const high = Math.max(enter, stay);
  let back = time;
  let u = uniformAt(back);
  while (u >= low && u < high) u = uniformAt(--back);
  let state: 0 | 1 = u < low ? 1 : 0;
  // Between the two, the uniform keeps the state where staying is likelier than entering, else it flips it.
  const keeps = stay >= enter;
  if (!keeps && (time - back) % 2 === 1) state = state === 1 ? 0 : 1;
  return state;
}
