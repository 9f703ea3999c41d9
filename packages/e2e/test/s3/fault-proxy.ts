import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll } from '@jest/globals';

/** What goes wrong with a request on its way to the server, or with the answer on its way back. */
export type Fault =
  /** The connection ends in the middle of the request's body, before the server has it. */
  | 'reset'
  /** The server is too busy: 503 SlowDown. */
  | 'slowDown'
  /** The server fails: 500 InternalError. */
  | 'internalError'
  /** The server does as it was asked, and nobody hears of it. */
  | 'lostAnswer'
  /** Everything takes two seconds longer. */
  | 'latency'
  /** The connection ends in the middle of the answer's body. */
  | 'cutAnswer';

/** An answer that the proxy gives in the server's place. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const started: FaultProxy[] = [];
afterAll(async () => {
  for (const proxy of started) await proxy.close();
});

export interface SeenRequest {
  /** As S3 calls it: `PutObject`, `UploadPart`, `CompleteMultipartUpload`, … */
  readonly operation: string;
  readonly key: string;
}

/**
 * Stands between a client and an S3 server and does what goes wrong in networks and stores. And it does one thing right
 * that the server does not: versitygw looks whether an object is there and puts it afterwards, so of two conditional
 * requests at once both may win. Here one passes at a time for each key, as in S3.
 */
export class FaultProxy {
  readonly port: number;
  /** The faults that happened, with the operations that they happened to. */
  readonly happened: (readonly [Fault | Refusal, string])[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** `faultOf` decides for each request; undefined lets it pass. */
  static async start(
    targetPort: number,
    faultOf: (request: SeenRequest) => Fault | Refusal | undefined = () => undefined,
  ): Promise<FaultProxy> {
    const server = createServer((incoming, answer) => {
      const seen = { operation: operationOf(incoming), key: keyOf(incoming) };
      const fault = faultOf(seen);
      if (fault !== undefined) proxy.happened.push([fault, seen.operation]);
      pass(incoming, answer, targetPort, fault).catch(() => answer.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new FaultProxy(server);
    started.push(proxy);
    return proxy;
  }

  /** Ends it before the test file does. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function pass(
  incoming: IncomingMessage,
  answer: ServerResponse,
  port: number,
  fault: Fault | Refusal | undefined,
): Promise<void> {
  if (fault === 'reset') {
    // Some of the body has come; of a request without one, nothing but its head.
    if (Number(incoming.headers['content-length'] ?? 0) > 0)
      await new Promise((resolve) => incoming.once('data', resolve));
    incoming.socket.resetAndDestroy();
    return;
  }
  const body: Buffer[] = [];
  for await (const chunk of incoming) body.push(chunk as Buffer);
  if (fault === 'latency') await wait(2_000);
  if (fault === 'slowDown') {
    refuse(answer, { status: 503, code: 'SlowDown' });
    return;
  }
  if (fault === 'internalError') {
    refuse(answer, { status: 500, code: 'InternalError' });
    return;
  }
  if (typeof fault === 'object') {
    refuse(answer, fault);
    return;
  }
  const heard = () => ask(incoming, Buffer.concat(body), port);
  const isConditional = incoming.headers['if-none-match'] !== undefined;
  const { status, headers, bytes } = await (isConditional ? oneAtATime(keyOf(incoming), heard) : heard());
  if (fault === 'lostAnswer') {
    incoming.socket.resetAndDestroy();
    return;
  }
  answer.writeHead(status, headers);
  if (fault === 'cutAnswer' && bytes.byteLength > 0) {
    answer.write(bytes.subarray(0, bytes.byteLength >> 1));
    // What was written is to arrive before the end.
    await wait(20);
    incoming.socket.destroy();
    return;
  }
  answer.end(bytes);
}

const lastOf = new Map<string, Promise<unknown>>();

function oneAtATime<T>(key: string, run: () => Promise<T>): Promise<T> {
  const running = (lastOf.get(key) ?? Promise.resolve()).then(run);
  lastOf.set(
    key,
    running.catch(() => undefined),
  );
  return running;
}

function ask(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  port: number,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    // The host stays as the client wrote it: it is part of what was signed.
    const to = { port, host: '127.0.0.1', method, path: url, headers, agent: false };
    const outgoing = request(to, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', reject);
    // A server that refuses a request before it has read all of it hangs up, and nobody listens to the socket then.
    outgoing.on('socket', (socket) => socket.on('error', () => undefined));
    outgoing.end(body);
  });
}

function refuse(answer: ServerResponse, { status, code, headers }: Refusal): void {
  answer.writeHead(status, { 'content-type': 'application/xml', ...headers });
  answer.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>by the proxy</Message></Error>`);
}

function keyOf({ url = '' }: IncomingMessage): string {
  return decodeURIComponent(url.split('?', 1).join()).split('/').slice(2).join('/');
}

function operationOf(incoming: IncomingMessage): string {
  const { method = '' } = incoming;
  const query = new URL(incoming.url ?? '', 'http://x').searchParams;
  if (keyOf(incoming) === '') return query.has('uploads') ? 'ListMultipartUploads' : 'ListObjectsV2';
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const names: Record<string, string> = {
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
    };
    return names[method] ?? method;
  }
  return { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? method;
}
