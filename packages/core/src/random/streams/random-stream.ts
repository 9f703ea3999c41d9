import seedrandom from 'seedrandom';
import { type Hash128, hashParts } from './hash.ts';

/**
 * A stream of random numbers that belongs to a name: (seed, table, column, block).
 *
 * The parts are hashed to 128 bits and seed Alea (Baagøe, through seedrandom; period about 2^116, passes BigCrush).
 * Two names give independent streams; the same name gives the same numbers in any process.
 */
export class RandomStream {
  /** Uniform in [0, 1) with 32 random bits. Arrow function: the samplers call it in their inner loops. */
  readonly uniform: () => number;

  constructor(...name: readonly (string | number)[]) {
    this.uniform = seedrandom.alea(hexOf(hashParts(name)));
  }

  /** Uniform in [0, 1) with 53 random bits, for logarithms and long tails; two draws. */
  double(): number {
    // seedrandom's own recipe: 32 bits, then 21 more below them.
    return this.uniform() + ((this.uniform() * 0x200000) | 0) * 1.1102230246251565e-16;
  }

  /** A whole number from 0 to `count - 1`; `count` at most 2^32. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.double());
  }
}

const HEX = Buffer.from('0123456789abcdef');
const digits = Buffer.alloc(32);

/** 128 bits in hexadecimal, eight digits a word. */
function hexOf(hash: Hash128): string {
  for (let i = 0; i < 32; i++) {
    const word = hash[i >> 3] as number;
    digits[i] = HEX[(word >>> (28 - 4 * (i & 7))) & 15] as number;
  }
  return digits.toString('latin1');
}
