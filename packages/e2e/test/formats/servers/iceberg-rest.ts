import { freePort, isListening } from './ports.ts';
import { BRIEF_JVM, ServerProcess } from './server-process.ts';

/** The class path of the reference server that `npm test` prepared (tools/servers/iceberg-rest.mjs); empty without Java. */
export const icebergRestJars = process.env['DATAGEN_ICEBERG_REST'] ?? '';

const MAIN = 'org.apache.iceberg.rest.RESTCatalogServer';

/** Iceberg's reference server of the REST catalog, in Java, with its tables' locations in a SQLite file. */
export class IcebergRestServer {
  readonly port: number;
  readonly #process: ServerProcess;

  private constructor(port: number, process_: ServerProcess) {
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
    const server = await ServerProcess.start({
      name: 'The REST server',
      program: 'java',
      words: ['-Xmx512m', ...BRIEF_JVM, '-cp', icebergRestJars, MAIN],
      log: `${place}/rest.log`,
      isReady: () => isListening(port),
      env: { ...process.env, ...(Object.fromEntries(variables) as Record<string, string>) },
    });
    return new IcebergRestServer(port, server);
  }

  get uri(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }
}
