import { normalQuantile } from '@datagen/core/random';

/**
 * Standard normal numbers at 4,096 equally likely levels, within ±3.7: finer than any sensor resolves its noise. Twelve
 * random bits choose one, which is several times cheaper than a normal number of its own.
 */
export const NORMAL_LEVELS = Float64Array.from({ length: 4096 }, (_, i) => normalQuantile((i + 0.5) / 4096));
