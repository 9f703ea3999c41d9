import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, isListening } from './ports.ts';

/** The class path of the reference server that `npm test` prepared (tools/servers/iceberg-rest.mjs); empty without Java. */
export const icebergRestJars = process.env['DATAGEN_ICEBERG_REST'] ?? '';

const MAIN = 'org.apache.iceberg.rest.RESTCatalogServer';

/** Iceberg's reference server of the REST catalog, in Java, with its tables' locations in a SQLite file. */
export class IcebergRestServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process_: ChildProcess) {
    this.port = port;
    this.#process = process_;
  }

  /** `place` is a folder for its database; `warehouse` where it puts tables whose location nobody says. */
  static async start(
    place: string,
    warehouse = `file://${place}/warehouse`,
    properties: Readonly<Record<string, string>> = {},
  ): Promise<IcebergRestServer> {
    const port = await freePort();
    const all = {
      'catalog-impl': 'org.apache.iceberg.jdbc.JdbcCatalog',
      uri: `jdbc:sqlite:file:${place}/rest.sqlite`,
      warehouse,
      'rest.port': String(port),
      ...properties,
    };
    // In names of variables two underscores stand for a hyphen, and one for a dot.
    const variables = Object.entries(all).map(([key, value]) => [
      `CATALOG_${key.replaceAll('-', '__').replaceAll('.', '_').toUpperCase()}`,
      value,
    ]);
    const log = `${place}/rest.log`;
    const child = spawn('java', ['-Xmx512m', '-cp', icebergRestJars, MAIN], {
      env: { ...process.env, ...(Object.fromEntries(variables) as Record<string, string>) },
      // Not through a pipe: a test that waits for a process reads none, and a full one would stop the server.
      stdio: ['ignore', 'ignore', openSync(log, 'w')],
    });
    for (let i = 0; !(await isListening(port)); i++) {
      if (child.exitCode !== null || i === 1200)
        throw new Error(`The REST server did not start: ${readFileSync(log, 'utf8')}`);
      await wait(50);
    }
    return new IcebergRestServer(port, child);
  }

  get uri(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
  }
}
