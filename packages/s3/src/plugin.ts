import { definePlugin, parseOptions } from '@datagen/core/writer';
import type { z } from '@datagen/core/zod';
import { S3Config } from './config.ts';
import { S3Storage } from './storage.ts';

/** The storage at `s3://bucket/prefix`, for a writer: `parquet(s3('s3://bucket/prefix'))`. */
export function s3(uri: string, options: z.input<typeof S3Config> = {}): S3Storage {
  return new S3Storage(uri, parseOptions(S3Config, options, 'storage "s3"'));
}

export const s3Plugin = definePlugin({
  kind: 'storage',
  name: 's3',
  description: 'Buckets of Amazon S3 and of stores that speak its protocol',
  schemes: ['s3'],
  options: S3Config,
  module: import.meta.url,
  export: 's3Plugin',
  open: (uri, config) => new S3Storage(uri, config),
});
