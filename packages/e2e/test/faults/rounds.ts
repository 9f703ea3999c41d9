/** `npm test` takes a quarter of the rounds, other ones each time; `DATAGEN_TEST_ROUNDS=all` takes them all. */
const takesAll = process.env['DATAGEN_TEST_ROUNDS'] === 'all';

/** How often a test of chance is repeated, where all its rounds are so many. */
export function roundsOf(all: number): number {
  return takesAll ? all : Math.ceil(all / 4);
}

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** The rounds of a test of chance, counted from 0: as many as `roundsOf` says, and more until it is enough. */
export function* rounds(all: number, isEnough: () => boolean): Generator<number> {
  for (let round = 0; round < all && (round < roundsOf(all) || !isEnough()); round++) yield round;
}

/**
 * Moments in the course of something, from 0 at its begin to 1 at its end, one for each of `rounds`. The first is random,
 * and they lie far from each other however many are taken: multiples of the golden ratio.
 */
export function* moments(all: number, isEnough: () => boolean): Generator<number> {
  const first = Math.random();
  for (const round of rounds(all, isEnough)) yield (first + round * GOLDEN_RATIO) % 1;
}
