import { ENCODERS, type EncoderName } from '../src/index.ts';
import { loadNativeBinding } from '../src/encoders/native/native-binding.ts';

/** Whether the addon is built; without cargo `npm test` says so and counts its tests as skipped. */
export const hasNative = loadNativeBinding() !== undefined;

/** The encoders that can run here. */
export const TESTED_ENCODERS: readonly EncoderName[] = ENCODERS.filter(
  (name) => hasNative || name !== 'native',
);
