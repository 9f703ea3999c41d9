import type { ParquetEncoder } from './encoder.ts';
import { importOptional } from './import-optional.ts';
import { loadNativeBinding } from './native/native-binding.ts';
import { nativeEncoder } from './native/native-encoder.ts';
import { wasmEncoder } from './wasm.ts';

export const ENCODERS = ['native', 'wasm', 'javascript'] as const;
export type EncoderName = (typeof ENCODERS)[number];

/** `auto` with the encoders it may stand for. */
export const ENCODER_CHOICES = ['auto', ...ENCODERS] as const;
export type EncoderChoice = (typeof ENCODER_CHOICES)[number];

/** The encoder that a choice means on this machine: for `auto`, native where its binary loads, else wasm. */
export function resolveEncoder(choice: EncoderChoice): EncoderName {
  if (choice !== 'auto') return choice;
  return loadNativeBinding() === undefined ? 'wasm' : 'native';
}

/** Loads an encoder by name, on any thread; `MISSING_DEPENDENCY` where its package or binary is not installed. */
export async function loadEncoder(name: EncoderName): Promise<ParquetEncoder> {
  if (name === 'wasm') return wasmEncoder;
  if (name === 'native') return nativeEncoder();
  const { javascriptEncoder } = await importOptional(
    () => import('./javascript/javascript-encoder.ts'),
    '@dsnp/parquetjs',
    'The encoder "javascript" needs the package @dsnp/parquetjs. Run `npm install @dsnp/parquetjs@1.8.8`, or use the encoder "wasm".',
  );
  return javascriptEncoder;
}
