/** `npm test` takes a quarter of the rounds, other ones each time; `DATAGEN_TEST_ROUNDS=all` takes them all. */
const takesAll = process.env['DATAGEN_TEST_ROUNDS'] === 'all';

/** How often a test of chance is repeated, where all its rounds are so many. */
export function roundsOf(all: number): number {
  return takesAll ? all : Math.ceil(all / 4);
}

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/**
 * Moments in the course of something, from 0 at its begin to 1 at its end, from a random one on. They lie far from each
 * other however many are taken: multiples of the golden ratio. Of `all` there are as many as `roundsOf` says, and more
 * until it is enough.
 */
export function* moments(all: number, isEnough: () => boolean): Generator<number> {
  const first = Math.random();
  for (let round = 0; round < all && (round < roundsOf(all) || !isEnough()); round++)
    yield (first + round * GOLDEN_RATIO) % 1;
}
