import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { python } from '../../readers/pyarrow.ts';
import { runWithExtensions } from './lakes/extension.ts';
import { CATALOGS, createLake, isTestable, usePostgresql } from './lakes/lakes.ts';

usePostgresql();

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));

describe('the command line', () => {
  for (const kind of CATALOGS)
    (python !== '' && isTestable(kind) ? it : it.skip)(
      `writes a lake, says how to look at it, and shows no password: ${kind}`,
      async () => {
        const { place, catalog } = await createLake(kind);
        const words = [
          'generate',
          'weather',
          place,
          '--format',
          'ducklake',
          '--schema',
          'sky',
          '--locations',
          'Berlin',
        ];
        const dates = ['--start-date', '2026-01-05', '--end-date', '2026-01-06', '--partition-by', 'day'];
        const where = catalog === undefined ? [] : ['--catalog', catalog];
        const run = (...flags: string[]) =>
          execFileSync(process.execPath, [bin, ...words, ...dates, ...where, ...flags], { encoding: 'utf8' });
        const printed = run();
        expect(printed).not.toContain('open-sesame');
        const [, sql = ''] = /^Query: {2}duckdb -c "(.*)"$/m.exec(printed) ?? [];
        expect(sql).toMatch(
          /^ATTACH 'ducklake:.*' AS lake; SELECT \* FROM lake\.sky\.weather_hourly LIMIT 10$/,
        );
        expect(await runWithExtensions(sql)).toHaveLength(10);
        const [, look = ''] = /^Look: {3}(.*)$/m.exec(printed) ?? [];
        if (!look.includes('***'))
          expect(execFileSync('sh', ['-c', look], { encoding: 'utf8' })).toMatch(
            /^weather_hourly: 48 rows /m,
          );
        const json = run('--json');
        expect(json).not.toContain('open-sesame');
        expect(
          (JSON.parse(json) as { tables: { rowCount: number }[] }).tables.map(({ rowCount }) => rowCount),
        ).toEqual([0, 0, 0]);
      },
      120_000,
    );
});
