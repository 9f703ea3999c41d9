import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hasNative } from '../tested-encoders.ts';

const script = path.join(import.meta.dirname, 'encode-two-files.mjs');
const addon = path.join(import.meta.dirname, '../../native/datagen-parquet.node');

if (hasNative && process.platform === 'linux') {
  describe('the memory of the native encoder', () => {
    it('goes back to the system when a file ends, also where the C library would keep it', () => {
      const printed = execFileSync(process.execPath, ['--expose-gc', script, addon], { encoding: 'utf8' });
      const { open, ended } = JSON.parse(printed) as { open: number; ended: number };
      // Two row groups of 7.5 MiB of random numbers.
      expect(open).toBeGreaterThan(14 * 1024);
      expect(ended).toBeLessThan(open / 3);
    });
  });
}
