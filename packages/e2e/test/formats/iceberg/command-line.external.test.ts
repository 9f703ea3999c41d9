import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { connectWith } from '../../readers/duckdb-extensions.ts';
import { commandOf } from './warehouses/command.ts';
import { CATALOGS, createWarehouse, isTestable, useServers } from './warehouses/warehouses.ts';

useServers();

const WEATHER = ['--locations', 'Berlin', '--start-date', '2026-01-05', '--end-date', '2026-01-06'];

describe('the command line', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `writes tables, says how to look at them, and shows no secret: ${kind}`,
      async () => {
        const warehouse = await createWarehouse(kind);
        const secret = kind === 'rest' ? ['--token', 'open-sesame'] : [];
        const run = (...flags: string[]) =>
          execFileSync(
            process.execPath,
            commandOf(
              warehouse,
              'weather',
              ...WEATHER,
              '--partition-by',
              'year,month,day',
              ...secret,
              ...flags,
            ),
            { encoding: 'utf8' },
          );
        const printed = run();
        expect(printed).not.toContain('open-sesame');
        const [, sql = ''] = /^Query: {2}duckdb -c "(.*)"$/m.exec(printed) ?? [];
        expect(sql).toMatch(
          /^SET unsafe_enable_version_guessing = true; SELECT \* FROM iceberg_scan\('.*\/test\d+\/shop\/weather_hourly'\) LIMIT 10$/,
        );
        const connection = await connectWith(['httpfs', 'avro', 'iceberg']);
        for (const statement of sql.split('; ').slice(0, -1)) await connection.run(statement);
        const rows = await connection.runAndReadAll(sql.split('; ').at(-1) ?? '');
        connection.closeSync();
        expect(rows.getRows()).toHaveLength(10);
        const [, look = ''] = /^Look: {3}(.*)$/m.exec(printed) ?? [];
        expect(look).toContain(' --format iceberg ');
        // A password is for its user to put in.
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
      300_000,
    );
});
