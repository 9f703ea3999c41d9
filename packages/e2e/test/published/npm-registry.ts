import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, isListening } from '../formats/servers/ports.ts';
import { ServerProcess } from '../formats/servers/server-process.ts';
import { npm } from './packed.ts';

/** The script of verdaccio that `npm test` prepared; empty where it could not be had. */
export const npmRegistryScript = process.env['DATAGEN_NPM_REGISTRY'] ?? '';

/** A registry of npm on this machine that takes packages of `@datagen`, and asks the usual one for all others. */
export class NpmRegistry {
  /** What npm is to know of the registry, as variables of its environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly #process: ServerProcess;

  private constructor(env: NodeJS.ProcessEnv, process_: ServerProcess) {
    this.env = env;
    this.#process = process_;
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
    const server = await ServerProcess.start({
      name: 'The registry',
      program: process.execPath,
      words: [npmRegistryScript, '--config', file, '--listen', `127.0.0.1:${String(port)}`],
      log: path.join(folder, 'registry.log'),
      isReady: () => isListening(port),
    });
    const address = `127.0.0.1:${String(port)}/`;
    const env = {
      ...process.env,
      npm_config_registry: `http://${address}`,
      // It takes any, and npm publishes nothing without one.
      [`npm_config_//${address}:_authToken`]: 'none',
      npm_config_cache: path.join(folder, 'npm-cache'),
    };
    return new NpmRegistry(env, server);
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }
}
