import path from 'node:path';
import { expect, it } from '@jest/globals';
import { codeBlocks, comparable } from '../../published/code-blocks.ts';
import { PageFolder } from '../../published/page-folder.ts';
import { s3Binary, S3Server } from '../../s3/s3-server.ts';
import { postgresqlBin, PostgresqlServer } from '../servers/postgresql.ts';
import { trinoHome, TrinoServer } from '../servers/trino.ts';

const PAGE = 'docs/recipes/trino.md';

/** What `trino --execute` prints of rows. */
async function execute(trino: TrinoServer, code: string): Promise<string> {
  const statements = code.split(/;\s*$/m).filter((statement) => statement.trim() !== '');
  const lines: string[] = [];
  for (const statement of statements)
    for (const row of (await trino.query(statement)).rows)
      lines.push(row.map((value) => `"${String(value).replaceAll('"', '""')}"`).join());
  return lines.join('\n');
}

([trinoHome, postgresqlBin, s3Binary].includes('') ? it.skip : it)(
  `the blocks of ${PAGE} run and print what it says`,
  async () => {
    const postgresql = await PostgresqlServer.start();
    const bucket = await S3Server.start();
    const database = new URL(await postgresql.createDatabase());
    // The page's names of servers, for which nothing else is changed.
    const addressed = (code: string) =>
      code
        .replaceAll('//postgres/lake', `//${database.host}${database.pathname}`)
        .replaceAll('@postgres/lake', `@${database.host}${database.pathname}`)
        .replaceAll('http://minio:9000', bucket.url);
    const environment = { ...bucket.environment(), PGPASSWORD: database.password };
    const blocks = codeBlocks(PAGE)
      .filter(({ notRun }) => notRun === undefined)
      .map((block) => ({ ...block, code: addressed(block.code) }));
    const catalogs = blocks
      .filter(({ language }) => language === 'properties')
      .map(({ file = '', code }) => [path.basename(file, '.properties'), code] as const);
    expect(catalogs.map(([name]) => name)).toEqual(['iceberg', 'delta']);
    const trino = await TrinoServer.start(Object.fromEntries(catalogs), environment);
    try {
      const folder = await PageFolder.create('', environment);
      for (const { printed: shown = '', ...block } of blocks) {
        if (block.language !== 'sql') {
          await folder.run(block);
          continue;
        }
        const printed = await execute(trino, block.code);
        expect(comparable(printed)).toBe(comparable(shown));
      }
    } finally {
      await Promise.all([trino.stop(), postgresql.stop()]);
    }
  },
  300_000,
);
