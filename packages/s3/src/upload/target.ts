import type { S3Client } from '@aws-sdk/client-s3';

/** The object that a file becomes. */
export interface Target {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** Whether it is only to be made, and one of that key left alone. */
  readonly ifAbsent: boolean;
}
