import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { s3 } from '../../src/index.ts';

async function* file(byteCount: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new Uint8Array(byteCount));
}

describe('a store that refuses a request before it has read its body, and hangs up', () => {
  it('is understood, and never ends the process by an error that nobody listens to', async () => {
    const unheard: unknown[] = [];
    const listen = (thrown: unknown) => unheard.push(thrown);
    process.on('uncaughtException', listen);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', (head) => {
        const isHead = head.toString('latin1').startsWith('HEAD');
        socket.write(
          isHead
            ? 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-amz-meta-datagen-write: other\r\n\r\n'
            : 'HTTP/1.1 412 Precondition Failed\r\ncontent-length: 76\r\n\r\n<Error><Code>PreconditionFailed</Code><Message>It is there</Message></Error>',
        );
        // What was not read makes this a reset.
        setTimeout(() => socket.resetAndDestroy(), 5);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const storage = s3('s3://lake', { endpointUrl: `http://127.0.0.1:${port}`, key: 'k', secret: 's' });
    try {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => storage.write(`x${i}`, file(4_000_000), { ifAbsent: true })),
      );
      expect(answers).toEqual(answers.map(() => undefined));
      expect(unheard).toEqual([]);
    } finally {
      process.off('uncaughtException', listen);
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }, 60_000);
});
