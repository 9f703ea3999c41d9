import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';

/**
 * What goes wrong with a request: the server never sees it (`lostQuestion`), nobody hears what it answers (`lostAnswer`),
 * or it is answered in the server's place with a status.
 */
export type RestFault = 'lostQuestion' | 'lostAnswer' | number;

const started: Server[] = [];
afterAll(() => {
  for (const server of started) {
    server.closeAllConnections();
    server.close();
  }
});

/** The address of a proxy to a REST server; `faultOf` decides for each request, `POST /v1/namespaces/…`. */
export async function restProxy(
  uri: string,
  faultOf: (request: string) => RestFault | undefined,
): Promise<string> {
  const server = createServer((incoming, answer) => {
    const pass = async () => {
      const body = await bodyOf(incoming);
      const fault = faultOf(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
      if (fault === 'lostQuestion') {
        incoming.socket.destroy();
        return;
      }
      if (typeof fault === 'number') {
        answer.writeHead(fault, { 'content-type': 'application/json' });
        answer.end(JSON.stringify({ error: { message: 'By the proxy.', type: 'Proxy', code: fault } }));
        return;
      }
      const { host: _, connection: __, ...headers } = incoming.headers as Record<string, string>;
      const response = await fetch(`${uri}${incoming.url ?? ''}`, {
        method: incoming.method ?? 'GET',
        headers,
        ...(body.length > 0 && { body }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (fault === 'lostAnswer') {
        incoming.socket.destroy();
        return;
      }
      answer.writeHead(response.status, {
        'content-type': response.headers.get('content-type') ?? 'application/json',
      });
      answer.end(bytes);
    };
    pass().catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push(server);
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** The same fault for the first `times` requests that are commits of tables. */
export function atCommits(fault: RestFault, times: number): (request: string) => RestFault | undefined {
  let left = times;
  return (request) =>
    /^POST .*\/tables\/|^POST .*\/transactions\/commit$/.test(request) && left-- > 0 ? fault : undefined;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
