// The S3 server that tests write to.
import { ensureGoProgram } from './go.mjs';

/** `{ binary }` of versitygw; `{ missing }` with the reason where it cannot be had. */
export const ensureS3Server = () =>
  ensureGoProgram({ module: 'github.com/versity/versitygw/cmd/versitygw', version: 'v1.7.0' });
