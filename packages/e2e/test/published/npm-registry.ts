import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { freePort, isListening } from '../formats/servers/ports.ts';
import { npm } from './packed.ts';

/** The script of verdaccio that `npm test` prepared; empty where it could not be had. */
export const npmRegistryScript = process.env['DATAGEN_NPM_REGISTRY'] ?? '';

/** A registry of npm on this machine that takes packages of `@datagen`, and asks the usual one for all others. */
export class NpmRegistry {
  /** What npm is to know of the registry, as variables of its environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly #process: ChildProcess;

  private constructor(env: NodeJS.ProcessEnv, child: ChildProcess) {
    this.env = env;
    this.#process = child;
  }

  static async start(folder: string): Promise<NpmRegistry> {
    const upstream = npm(folder, 'config', 'get', 'registry').trim();
    const config = {
      storage: path.join(folder, 'storage'),
      uplinks: { upstream: { url: upstream } },
      packages: {
        '@datagen/*': { access: '$all', publish: '$all' },
        '**': { access: '$all', proxy: 'upstream' },
      },
      max_body_size: '100mb',
      log: { type: 'stdout', format: 'pretty', level: 'warn' },
    };
    const file = path.join(folder, 'config.yaml');
    // JSON is YAML, too.
    writeFileSync(file, JSON.stringify(config));
    const port = await freePort();
    const log = path.join(folder, 'registry.log');
    const words = [npmRegistryScript, '--config', file, '--listen', `127.0.0.1:${String(port)}`];
    // Not through a pipe: a test that waits for a process reads none, and a full one would stop the server.
    const stdio = ['ignore', openSync(log, 'w'), openSync(log, 'a')] as const;
    const child = spawn(process.execPath, words, { stdio: [...stdio] });
    for (let i = 0; !(await isListening(port)); i++) {
      if (child.exitCode !== null || i === 1200)
        throw new Error(`The registry did not start: ${readFileSync(log, 'utf8')}`);
      await wait(50);
    }
    const address = `127.0.0.1:${String(port)}/`;
    const env = {
      ...process.env,
      npm_config_registry: `http://${address}`,
      // It takes any, and npm publishes nothing without one.
      [`npm_config_//${address}:_authToken`]: 'none',
      npm_config_cache: path.join(folder, 'npm-cache'),
    };
    return new NpmRegistry(env, child);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
  }
}
