import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './ports.ts';

/** The programs of the server that `npm test` found; empty where there is none. */
export const postgresqlBin = process.env['DATAGEN_POSTGRESQL'] ?? '';

const NOBODY = 65_534;

/** A PostgreSQL server in a temporary folder, run by a user that is not root, which the server refuses. */
export class PostgresqlServer {
  readonly #folder: string;
  readonly #port: number;
  readonly #user: { readonly uid?: number; readonly gid?: number };
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(folder: string, port: number, user: { readonly uid?: number; readonly gid?: number }) {
    this.#folder = folder;
    this.#port = port;
    this.#user = user;
  }

  static async start(): Promise<PostgresqlServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'datagen-postgresql-'));
    const user = process.getuid?.() === 0 ? { uid: ordinaryUser(), gid: NOBODY } : {};
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
    const options = [
      '-D',
      path.join(folder, 'data'),
      '-U',
      'datagen',
      '--auth=trust',
      '--no-sync',
      '-E',
      'UTF8',
    ];
    execFileSync(path.join(postgresqlBin, 'initdb'), [...options, '--locale=C'], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const server = new PostgresqlServer(folder, await freePort(), user);
    await server.resume();
    return server;
  }

  /** The URI of a database; with a password, which is not asked for. */
  uri(database: string): string {
    return `postgresql://datagen:open-sesame@127.0.0.1:${String(this.#port)}/${database}`;
  }

  /** A new database. */
  async createDatabase(): Promise<string> {
    const name = `lake${String(++this.#databases)}`;
    await this.#query(`CREATE DATABASE ${name}`);
    return this.uri(name);
  }

  /** A copy of a database that nobody is connected to. */
  async copyDatabase(uri: string): Promise<string> {
    const name = `copy${String(++this.#databases)}`;
    await this.#query(`CREATE DATABASE ${name} TEMPLATE ${new URL(uri).pathname.slice(1)}`);
    return this.uri(name);
  }

  /** Starts it again after `crash`. */
  async resume(): Promise<void> {
    const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${this.#folder}`];
    this.#process = spawn(
      path.join(postgresqlBin, 'postgres'),
      [
        '-D',
        path.join(this.#folder, 'data'),
        '-p',
        String(this.#port),
        ...settings.flatMap((text) => ['-c', text]),
      ],
      { ...this.#user, cwd: this.#folder, stdio: 'ignore' },
    );
    for (let tries = 0; ; tries++) {
      try {
        await this.#query('SELECT 1');
        return;
      } catch (thrown) {
        if (tries === 200) throw thrown;
        await setTimeout(100);
      }
    }
  }

  /** Ends it at once, as a lack of power would: connections break, and it recovers when it is started again. */
  async crash(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  async stop(): Promise<void> {
    await this.#end('SIGINT');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async #query(sql: string): Promise<void> {
    await query(this.uri('postgres'), sql);
  }
}

/** The rows that a statement gives, as objects. */
export async function query(uri: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client(uri);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Debian's package makes a user for its servers. */
function ordinaryUser(): number {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((text) => text.startsWith('postgres:'));
  return line === undefined ? NOBODY : Number(line.split(':')[2]);
}
