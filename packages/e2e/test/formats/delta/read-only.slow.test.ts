import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { treeDigests } from '../../tree.ts';

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));

function run(output: string, endDate: string) {
  const dates = ['--start-date', '2026-01-01', '--end-date', endDate];
  const words = ['generate', 'weather', output, '--format', 'delta', '--locations', 'Berlin', ...dates];
  return spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8' });
}

describe('a Delta table on a file system that is read-only', () => {
  let mounted: string | undefined;
  afterEach(() => {
    if (mounted !== undefined) spawnSync('umount', [mounted]);
  });

  // Only root may mount one; who is not root has no other way to be sure of it.
  const itAsRoot = process.getuid?.() === 0 ? it : it.skip;
  itAsRoot(
    'is read, and what is to be added is refused in one sentence that leaves it as it was',
    async () => {
      const place = await createPlace();
      const disk = path.join(place, 'disk');
      mkdirSync(disk);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]).status).toBe(0);
      mounted = disk;
      const output = path.join(disk, 'out');
      expect(run(output, '2026-01-05').status).toBe(0);
      const before = treeDigests(disk);
      spawnSync('mount', ['-o', 'remount,ro', disk]);
      const again = run(output, '2026-01-05');
      expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('Nothing to do')]);
      const failed = run(output, '2026-01-09');
      expect(failed.status).toBe(1);
      expect(failed.stderr.trim().split('\n').at(-1)).toMatch(
        /^datagen: Cannot write .*: the file system is read-only\. Choose another folder\.$/,
      );
      expect(treeDigests(disk)).toEqual(before);
    },
    120_000,
  );
});
