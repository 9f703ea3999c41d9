import { importOptional } from '@datagen/core/writer';
import type { ParquetEncoder } from './encoder.ts';
import { javascriptEncoder } from './javascript/javascript-encoder.ts';
import { importParquetjs } from './javascript/parquetjs.ts';
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

/**
 * Loads an encoder by name, on any thread, and nothing of the others; `MISSING_DEPENDENCY` where its package or binary
 * is not installed. An encoder keeps some memory from file to file, so that one is best loaded once for each table.
 */
export async function loadEncoder(name: EncoderName): Promise<ParquetEncoder> {
  switch (name) {
    case 'native':
      return nativeEncoder();
    case 'wasm':
      return wasmEncoder;
    case 'javascript': {
      const parquetjs = await importOptional(
        importParquetjs,
        '@dsnp/parquetjs',
        'The encoder "javascript" needs the package @dsnp/parquetjs. Run `npm install @dsnp/parquetjs@1.8.8`, or use the encoder "wasm".',
      );
      return javascriptEncoder(parquetjs);
    }
  }
}
