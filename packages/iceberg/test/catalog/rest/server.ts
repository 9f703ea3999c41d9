import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import { formatJson, type TableMetadata } from '../../../src/metadata/index.ts';

export const ORDERS = { namespace: ['shop'], name: 'orders' };
export const GET_ORDERS = 'GET /v1/namespaces/shop/tables/orders';

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** `hangUp` breaks the connection once the request was read, `hang` never answers. */
export type Answer =
  | 'hangUp'
  | 'hang'
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

const started: Server[] = [];

/** A server that answers as it is told: the first answer that is left for a request's path, or 404. */
export class ScriptedServer {
  readonly seen: Seen[] = [];
  readonly #script: Map<string, Answer[]>;
  readonly #server: Server;
  #uri = '';

  private constructor(script: Readonly<Record<string, readonly Answer[]>>) {
    this.#script = new Map(Object.entries(script).map(([key, answers]) => [key, [...answers]]));
    this.#server = createServer((request, response) => {
      void readBody(request).then((body) => {
        const { method = '', url = '', headers } = request;
        this.seen.push({ method, path: url, authorization: headers.authorization, body });
        const answer = this.#next(`${method} ${url}`);
        if (answer === 'hang') return;
        if (answer === 'hangUp') {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
      });
    });
  }

  /** Answers by method and path, such as `GET /v1/config`; the last one of a list is given again and again. */
  static async start(script: Readonly<Record<string, readonly Answer[]>>): Promise<ScriptedServer> {
    const server = new ScriptedServer({
      'GET /v1/config': [{ body: { defaults: {}, overrides: {} } }],
      ...script,
    });
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.#uri = `http://127.0.0.1:${String((server.#server.address() as AddressInfo).port)}`;
    started.push(server.#server);
    return server;
  }

  get uri(): string {
    return this.#uri;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Methods and paths that came, without the question after the configuration. */
  get requests(): readonly string[] {
    return this.seen
      .map(({ method, path }) => `${method} ${path}`)
      .filter((request) => !request.startsWith('GET /v1/config'));
  }

  #next(key: string): Answer {
    const answers = this.#script.get(key);
    if (answers === undefined) return { status: 404, body: errorOf('NoSuchTableException', 'not there') };
    return (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
  }
}

/** A table as a server tells it. */
export function answerOf(metadata: TableMetadata): Answer {
  return { body: formatJson({ 'metadata-location': 's3://b/m.json', metadata, config: { a: 'b' } }) };
}

/** An error as the REST specification writes it. */
export function errorOf(type: string, message: string): object {
  return { error: { message, type, code: 0 } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

afterAll(() => {
  for (const server of started) {
    server.closeAllConnections();
    server.close();
  }
});
