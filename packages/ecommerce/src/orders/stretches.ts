/** Short enough that what is drawn for a stretch stays in a processor's cache until it is used. */
const STRETCH = 1_024;

/**
 * Calls `work(from, to)` for stretches of rows 0 to `count - 1`. It also helps V8: a function that is called for each
 * stretch is soon compiled whole, one that works on a day at a time is compiled loop by loop while it runs, and thrown
 * away after each.
 */
export function inStretches(count: number, work: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += STRETCH) work(from, Math.min(count, from + STRETCH));
}
