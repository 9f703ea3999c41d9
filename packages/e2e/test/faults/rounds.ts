/** `npm test` takes a quarter of the rounds, other ones each time; `DATAGEN_TEST_ROUNDS=all` takes them all. */
const takesAll = process.env['DATAGEN_TEST_ROUNDS'] === 'all';

/** How often a test of chance is repeated, where all its rounds are so many. */
export function roundsOf(all: number): number {
  return takesAll ? all : Math.ceil(all / 4);
}

const ALL = 20;
/** The rounds of kills and of faults of a store; a quarter of them has to meet what it is for. */
export const ROUNDS = roundsOf(ALL);

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** Counts rounds from 0: `ROUNDS` of them, and up to 20 until it is enough. */
export function* rounds(isEnough: () => boolean): Generator<number> {
  for (let round = 0; round < ALL && (round < ROUNDS || !isEnough()); round++) yield round;
}

/**
 * Moments in the course of something, from 0 at its begin to 1 at its end, one for each of `rounds`. The first is random,
 * and they lie far from each other however many are taken: multiples of the golden ratio.
 */
export function* moments(isEnough: () => boolean): Generator<number> {
  const first = Math.random();
  for (const round of rounds(isEnough)) yield (first + round * GOLDEN_RATIO) % 1;
}
