import type { Data, Utf8, Vector } from 'apache-arrow';
import type { NativeColumn } from './native-binding.ts';
import { dictionaryTexts } from '../../chunks/text-chunk.ts';

/** The buffers of a column, as the addon takes them. */
export function buffersOf({ values, valueOffsets, nullCount, nullBitmap, dictionary }: Data): NativeColumn {
  return {
    values: bytesOf(values as ArrayBufferView),
    ...((valueOffsets as Int32Array | undefined) && { offsets: bytesOf(valueOffsets as Int32Array) }),
    ...(nullCount > 0 && { validity: nullBitmap }),
    ...(dictionary && { dictionary: dictionaryBytes(dictionary as Vector<Utf8>) }),
  };
}

function dictionaryBytes(dictionary: Vector<Utf8>): NonNullable<NativeColumn['dictionary']> {
  const { offsets, bytes } = dictionaryTexts(dictionary);
  return { offsets: bytesOf(offsets), values: bytes };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
