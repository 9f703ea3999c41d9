import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll } from '@jest/globals';

/** Where a connection ends: with a COMMIT that the server never sees, or with its answer that the client never sees. */
export type Cut = 'question' | 'answer';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/**
 * The URI of a database by way of a server that cuts connections at the first `times` COMMITs of transactions in which
 * one of `statements` was sent.
 */
export async function cutAtCommits(
  database: string,
  statements: readonly string[],
  cut: Cut,
  times: number,
): Promise<string> {
  const uri = new URL(database);
  const { hostname, port } = uri;
  let left = times;
  const server = createServer((client: Socket) => {
    const upstream = connect(Number(port), hostname);
    let hasWritten = false;
    let isCut = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    client.on('data', (data) => {
      hasWritten ||= statements.some((statement) => data.includes(statement));
      isCut = hasWritten && data.includes('COMMIT') && left-- > 0;
      if (isCut && cut === 'question') end();
      else upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (isCut) end();
      else client.write(data);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  uri.port = String((server.address() as { readonly port: number }).port);
  return uri.href;
}
