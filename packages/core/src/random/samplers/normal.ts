import type { RandomStream } from '../streams/random-stream.ts';

// Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables" (J. Stat. Softw. 5(8), 2000), 128 layers.
const LAYERS = 128;
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

const edge = new Float64Array(LAYERS + 1);
const ratio = new Float64Array(LAYERS);
const density = (x: number) => Math.exp(-0.5 * x * x);
edge[0] = AREA / density(TAIL);
edge[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  const x = edge[i - 1] as number;
  edge[i] = Math.sqrt(-2 * Math.log(AREA / x + density(x)));
}
for (let i = 0; i < LAYERS; i++) ratio[i] = (edge[i + 1] as number) / (edge[i] as number);

/** A standard normal number. */
export function sampleNormal(stream: RandomStream): number {
  for (;;) {
    // Layer and position come from different draws: sharing one correlates them (Doornik 2005).
    const layer = (stream.uniform() * LAYERS) | 0;
    const u = 2 * stream.double() - 1;
    if (Math.abs(u) < (ratio[layer] as number)) return u * (edge[layer] as number);
    if (layer === 0) return sampleTail(stream, u < 0);
    const x = u * (edge[layer] as number);
    const low = density(edge[layer] as number);
    const high = density(edge[layer + 1] as number);
    if (low + stream.uniform() * (high - low) < density(x)) return x;
  }
}

function sampleTail(stream: RandomStream, negative: boolean): number {
  for (;;) {
    const x = stream.exponential() / TAIL;
    if (2 * stream.exponential() >= x * x) return negative ? -TAIL - x : TAIL + x;
  }
}
