export { S3Config } from './config.ts';
export { s3, s3Plugin } from './plugin.ts';
export { S3Storage } from './storage.ts';
