import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll } from '@jest/globals';
import type { S3Config } from '@datagen/s3';
import { freePort, isListening } from '../formats/servers/ports.ts';
import { ServerProcess } from '../formats/servers/server-process.ts';
import { createPlace } from '../place.ts';

/** The server that `npm test` prepared (tools/servers/s3.mjs); empty where there is no Go to compile it. */
export const s3Binary = process.env['DATAGEN_S3_SERVER'] ?? '';

export const ACCESS_KEY = 'AKIADATAGENTESTS0001';
/** With characters that a text might escape; tests look for it in all that is written. */
export const SECRET_KEY = 'sEcReT/of+the=server-0123456789abcdef';

const started: ServerProcess[] = [];
afterAll(async () => {
  for (const server of started) await server.stop('SIGKILL');
});

/** A server of S3 on loopback, with one bucket; it ends with the test file. */
export class S3Server {
  readonly port: number;
  readonly bucket = 'lake';
  /** The folder that the bucket is: what lies there is what the server has, seen by no code of S3. */
  readonly folder: string;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.folder = folder;
  }

  static async start(): Promise<S3Server> {
    const root = await createPlace();
    const port = await freePort();
    const server = new S3Server(port, path.join(root, 'lake'));
    mkdirSync(server.folder);
    started.push(
      await ServerProcess.start({
        name: 'The S3 server',
        program: s3Binary,
        words: ['--port', `127.0.0.1:${port}`, '--quiet', '--keep-alive', 'posix', root],
        log: path.join(await createPlace(), 's3.log'),
        isReady: () => isListening(port),
        env: { ...process.env, ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: SECRET_KEY },
      }),
    );
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What reaches it, directly or by another port of this machine. */
  options(port = this.port): Partial<S3Config> {
    return { endpointUrl: `http://127.0.0.1:${port}`, key: ACCESS_KEY, secret: SECRET_KEY };
  }

  /** What the AWS tools, and readers that heed their variables, reach it by. */
  environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
      AWS_REGION: 'us-east-1',
    };
  }

  uri(prefix: string): string {
    return `s3://${this.bucket}/${prefix}`;
  }

  /** The keys of uploads that were begun and neither completed nor aborted. */
  async unfinishedUploads(): Promise<readonly string[]> {
    const client = new S3Client({
      endpoint: this.url,
      forcePathStyle: true,
      region: 'us-east-1',
      credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY },
    });
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket }));
    return Uploads.map(({ Key = '' }) => Key);
  }
}
