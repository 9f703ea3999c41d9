// Loaded first on every thread of a process: the system cannot sync files whose names contain NO_SYNC.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { openSync, fsync } = fs;
const names = new Map();
fs.openSync = (name, ...rest) => {
  const descriptor = openSync(name, ...rest);
  names.set(descriptor, String(name));
  return descriptor;
};
fs.fsync = (descriptor, done) => {
  if (!names.get(descriptor)?.includes(process.env.NO_SYNC)) fsync(descriptor, done);
  else done(Object.assign(new Error('operation not supported'), { code: 'ENOTSUP' }));
};
syncBuiltinESMExports();
