import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPlace } from '../../place.ts';
import { freePort, isListening } from './ports.ts';
import { BRIEF_JVM, ServerProcess } from './server-process.ts';

/** The folder of the server and the Java for it that `npm test` prepared (tools/servers/trino.mjs); empty without them. */
export const trinoHome = process.env['DATAGEN_TRINO'] ?? '';
const java = process.env['DATAGEN_TRINO_JAVA'] ?? '';

/** The settings of a catalog, as its properties file has them. */
export type TrinoCatalog = Readonly<Record<string, string>>;
export type TrinoValue = string | number | boolean | null;

interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

export interface TrinoResult {
  readonly columns: readonly TrinoColumn[];
  /** Numbers and booleans as such, all else as text. */
  readonly rows: readonly (readonly TrinoValue[])[];
}

interface Answer {
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly TrinoValue[])[];
  readonly nextUri?: string;
  readonly error?: { readonly errorName: string; readonly message: string; readonly failureInfo?: Failure };
}

interface Failure {
  readonly message?: string;
  readonly cause?: Failure;
}

/** A Trino of one node on loopback, with folders of its own. */
export class TrinoServer {
  readonly #uri: string;
  readonly #process: ServerProcess;

  private constructor(uri: string, process_: ServerProcess) {
    this.#uri = uri;
    this.#process = process_;
  }

  /**
   * `catalogs` are files of properties by the names of catalogs, which may name variables of the environment; others may
   * come later by `CREATE CATALOG`.
   */
  static async start(
    catalogs: Readonly<Record<string, string>> = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<TrinoServer> {
    const place = await createPlace();
    const port = await freePort();
    const uri = `http://127.0.0.1:${String(port)}`;
    // The server looks for it in the folder that it is started in.
    const catalogFolder = path.join(place, 'etc/catalog');
    mkdirSync(catalogFolder, { recursive: true });
    for (const [name, properties] of Object.entries(catalogs))
      writeFileSync(path.join(catalogFolder, `${name}.properties`), properties);
    const configuration = path.join(place, 'config.properties');
    const settings = {
      coordinator: 'true',
      'node-scheduler.include-coordinator': 'true',
      'http-server.http.port': String(port),
      'discovery.uri': uri,
      'node.environment': 'test',
      'node.bind-ip': '127.0.0.1',
      'node.internal-address': '127.0.0.1',
      'plugin.dir': path.join(trinoHome, 'plugin'),
      'catalog.management': 'dynamic',
    };
    writeFileSync(configuration, linesOf(settings));
    const options = [
      '-Xmx2G',
      ...BRIEF_JVM,
      `-Dconfig=${configuration}`,
      `-Dnode.data-dir=${place}`,
      '-Duser.timezone=UTC',
    ];
    const server = await ServerProcess.start({
      name: 'Trino',
      program: java,
      words: [...options, '-cp', path.join(trinoHome, 'lib', '*'), 'io.trino.server.TrinoServer'],
      log: path.join(place, 'trino.log'),
      isReady: () => isStarted(port),
      cwd: place,
      env: { ...process.env, ...environment },
    });
    return new TrinoServer(uri, server);
  }

  async query(sql: string): Promise<TrinoResult> {
    let answer = await request(`${this.#uri}/v1/statement`, {
      method: 'POST',
      body: sql,
      headers: {
        'X-Trino-User': 'test',
        'X-Trino-Time-Zone': 'UTC',
        // Without it instants are cut to milliseconds.
        'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
      },
    });
    let columns = answer.columns ?? [];
    const rows = [...(answer.data ?? [])];
    while (answer.error === undefined && answer.nextUri !== undefined) {
      answer = await request(answer.nextUri);
      columns = answer.columns ?? columns;
      rows.push(...(answer.data ?? []));
    }
    const { error } = answer;
    if (error === undefined) return { columns, rows };
    const cause = error.failureInfo?.cause?.message ?? '';
    throw new Error(`${error.errorName}: ${error.message}\n${cause}\n${sql}`);
  }

  async createCatalog(name: string, connector: string, properties: TrinoCatalog): Promise<void> {
    const settings = Object.entries(properties).map(([key, value]) => `"${key}" = '${value}'`);
    await this.query(`CREATE CATALOG ${name} USING ${connector} WITH (${settings.join(', ')})`);
  }

  async stop(): Promise<void> {
    // It has nothing to save, and would wait for queries that nobody asks for.
    await this.#process.stop('SIGKILL');
  }
}

function linesOf(properties: TrinoCatalog): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

async function isStarted(port: number): Promise<boolean> {
  if (!(await isListening(port))) return false;
  const answer = await fetch(`http://127.0.0.1:${String(port)}/v1/info`).catch(() => undefined);
  if (answer?.ok !== true) return false;
  return !((await answer.json()) as { readonly starting: boolean }).starting;
}

async function request(uri: string, options: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(uri, options);
  if (!answer.ok) throw new Error(`Trino answered ${String(answer.status)}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
