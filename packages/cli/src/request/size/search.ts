import type { BoundedStep, OptionValues } from './steps.ts';

/** What was found: the options, what they come to, and whether all that were looked at lie on one side of the size. */
export interface Found extends Point {
  readonly isBounded: boolean;
}

interface Point {
  readonly options: OptionValues;
  readonly amount: number;
}

/** Nearer than options of three digits come is not looked for. */
const NEAR = 0.004;
/** Where a step ends farther from the target than this, the next one is taken. */
const NOT_NEAR = 0.05;
const MOST_TRIES = 16;

/**
 * Goes the steps in turn until `amountOf` their options, which rises with each, comes near the target. Takes some three
 * looks a step, since amounts are nearly proportional to what is moved.
 */
export async function findOptions(
  steps: readonly BoundedStep[],
  target: number,
  amountOf: (options: OptionValues) => Promise<number>,
): Promise<Found> {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  const look = async (options: OptionValues) => {
    const amount = await amountOf(options);
    [least, most] = [Math.min(least, amount), Math.max(most, amount)];
    return amount;
  };
  let found: Point = { options: {}, amount: await look({}) };
  for (const step of steps) {
    if (Math.abs(offBy(found.amount, target)) <= NOT_NEAR) break;
    found = await searchStep(step, found, target, look);
  }
  return { ...found, isBounded: least > target || most < target };
}

/** By secants of the logarithms: amounts are nearly a power of what is moved, and factors span orders of magnitude. */
async function searchStep(
  step: BoundedStep,
  before: Point,
  target: number,
  amountOf: (options: OptionValues) => Promise<number>,
): Promise<Point> {
  const [first, end] = [Math.log(step.low), Math.log(step.high)];
  let best = before;
  let [low, high] = [first, end];
  let last = { at: Math.log(step.start), off: offBy(before.amount, target) };
  let slope = 1;
  const tried = new Set<string>();
  for (let i = 0; i < MOST_TRIES && Math.abs(offBy(best.amount, target)) > NEAR; i++) {
    if (last.off < 0) low = Math.max(low, last.at);
    else high = Math.min(high, last.at);
    const straight = last.at - last.off / slope;
    // Half the way is the better guess where a secant leaves what is known to hold the target.
    const isUseful = slope > 0 && (straight > low || low === first) && (straight < high || high === end);
    const at = Math.min(high, Math.max(low, isUseful ? straight : (low + high) / 2));
    const chosen = step.at(Math.exp(at));
    const text = JSON.stringify(chosen);
    if (tried.has(text)) break;
    tried.add(text);
    const options = { ...before.options, ...chosen };
    const amount = await amountOf(options);
    const off = offBy(amount, target);
    if (Math.abs(off) < Math.abs(offBy(best.amount, target))) best = { options, amount };
    slope = (off - last.off) / (at - last.at);
    last = { at, off };
  }
  return best;
}

/** How far an amount is above the target, as the logarithm of their ratio. */
function offBy(amount: number, target: number): number {
  return Math.log(Math.max(amount, 1) / target);
}
