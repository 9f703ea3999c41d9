import { execFileSync } from 'node:child_process';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { python } from './pyarrow.ts';

/** A connection that has loaded signed extensions, in their order: they lie in packages of Python. */
export async function connectWith(extensions: readonly string[]): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const name of extensions) await connection.run(`LOAD '${extensionFile(name)}'`);
  await connection.run("SET TimeZone = 'UTC'");
  return connection;
}

/** Where the Python that `npm test` prepared has an extension, for DuckDB of the same version. */
export function extensionFile(name: string): string {
  const script = `import duckdb_extension_${name} as e, pathlib; print(*pathlib.Path(e.__path__[0]).rglob("*.duckdb_extension"))`;
  return execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim();
}
