import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { isDatagenError } from '@datagen/core/writer';
import { s3 } from '@datagen/s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultProxy } from './fault-proxy.ts';
import { ACCESS_KEY, S3Server, s3Binary, SECRET_KEY } from './s3-server.ts';

async function* text(content: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(content));
}

async function messageOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing;
  } catch (thrown) {
    if (isDatagenError(thrown) && thrown.code === 'STORAGE_FAILED') return thrown.message;
    throw thrown;
  }
  throw new Error('Expected a failure.');
}

/** What the AWS tools would take from the environment of whoever runs the tests. */
const AWS = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));

(s3Binary === '' ? describe.skip : describe)('what is wrong with an S3 output', () => {
  let server: S3Server;
  const kept = Object.fromEntries(AWS.map((name) => [name, process.env[name]]));
  beforeAll(async () => {
    server = await S3Server.start();
    for (const name of AWS) Reflect.deleteProperty(process.env, name);
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    process.env['AWS_CONFIG_FILE'] = process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nonexistent';
  }, 60_000);
  afterAll(() => {
    for (const name of ['AWS_EC2_METADATA_DISABLED', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
      Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, kept);
  });

  it('is said in one sentence that says what to check: a bucket that is not there', async () => {
    const storage = s3('s3://no-such-bucket/x', server.options());
    const sentence = `there is no bucket "no-such-bucket" at ${server.url}. Create it, or check its name and \`endpointUrl\`.`;
    expect(await messageOf(storage.list('t'))).toBe(`Cannot list s3://no-such-bucket/x/t: ${sentence}`);
    expect(await messageOf(storage.write('t/a', text('1')))).toBe(
      `Cannot write s3://no-such-bucket/x/t/a: ${sentence}`,
    );
  });

  it('a file that is not there', async () => {
    const storage = s3(server.uri('x'), server.options());
    expect(await messageOf(storage.read('none'))).toBe('Cannot read s3://lake/x/none: it does not exist.');
    expect(await messageOf(storage.read('none', -8))).toBe(
      'Cannot read s3://lake/x/none: it does not exist.',
    );
  });

  it('credentials that are wrong, or none', async () => {
    const wrong = (options: object) =>
      messageOf(s3(server.uri('x'), { ...server.options(), ...options }).list(''));
    expect(await wrong({ secret: 'wrong' })).toBe(
      `Cannot list s3://lake/x: ${server.url} refuses the signature. Check that \`secret\`, or AWS_SECRET_ACCESS_KEY, belongs to the access key id.`,
    );
    expect(await wrong({ key: undefined, secret: undefined })).toBe(
      'Cannot list s3://lake/x: no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, give `key` and `secret`, or `anon` for a bucket that is open to everybody.',
    );
    expect(await wrong({ key: undefined, secret: undefined, anon: true })).toBe(
      'Cannot list s3://lake/x: access is denied (AccessDenied). Check that the credentials may list, read, write and delete in the bucket "lake".',
    );
  });

  it('another region than the bucket is in', async () => {
    const storage = s3(server.uri('x'), { ...server.options(), region: 'eu-central-1' });
    expect(await messageOf(storage.list(''))).toBe(
      'Cannot list s3://lake/x: the bucket "lake" is in the region us-east-1. Give it as region `us-east-1` or AWS_REGION.',
    );
  });

  // This server has other words for some things, or nothing to refuse them for: answers as AWS gives them.
  it.each([
    [
      { status: 403, code: 'InvalidAccessKeyId' },
      '{endpoint} does not know the access key id. Check `key`, or AWS_ACCESS_KEY_ID and AWS_PROFILE.',
    ],
    [
      { status: 400, code: 'ExpiredToken' },
      'the session token has expired or is wrong. Get new credentials and run the same command again; check `sessionToken` or AWS_SESSION_TOKEN.',
    ],
    [
      { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } },
      'the bucket "lake" is in the region eu-west-1. Give it as region `eu-west-1` or AWS_REGION.',
    ],
    [
      { status: 301, code: 'PermanentRedirect' },
      'the bucket "lake" is in another region. Give it as `region` or AWS_REGION.',
    ],
    [
      { status: 403, code: 'RequestTimeTooSkewed', headers: { date: 'Sun, 06 Nov 1994 08:49:37 GMT' } },
      'the clock of this machine is too far from that of {endpoint}. Set it right, for instance by NTP.',
    ],
    [{ status: 418, code: 'Teapot' }, 'by the proxy.'],
  ])('what the store answers: %j', async (refusal, sentence) => {
    const proxy = await FaultProxy.start(server.port, () => refusal);
    const storage = s3(server.uri('x'), server.options(proxy.port));
    const endpoint = `http://127.0.0.1:${proxy.port}`;
    for (const [action, doing] of [
      ['list s3://lake/x/t', () => storage.list('t')],
      ['read s3://lake/x/a', () => storage.read('a')],
      ['write s3://lake/x/a', () => storage.write('a', text('1'))],
      ['remove s3://lake/x/a', () => storage.remove('a')],
    ] as const)
      expect(await messageOf(doing())).toBe(`Cannot ${action}: ${sentence.replace('{endpoint}', endpoint)}`);
  });

  it('an upload that somebody aborted', async () => {
    const proxy = await FaultProxy.start(server.port, ({ operation }) =>
      operation === 'UploadPart' ? { status: 404, code: 'NoSuchUpload' } : undefined,
    );
    const storage = s3(server.uri('x'), server.options(proxy.port));
    expect(await messageOf(storage.write('a', text('1'.repeat(9_000_000))))).toBe(
      'Cannot write s3://lake/x/a: somebody aborted its upload meanwhile, as runs do with uploads older than `abortUploadsAfterHours`. Finished files are kept: run the same command again later.',
    );
    expect(proxy.happened.length).toBeGreaterThan(0);
  });

  it('but no run ends because it may not look for unfinished uploads: it is warned', async () => {
    const proxy = await FaultProxy.start(server.port, ({ operation }) =>
      operation === 'ListMultipartUploads' ? { status: 403, code: 'AccessDenied' } : undefined,
    );
    const storage = s3(server.uri('x'), server.options(proxy.port));
    expect(storage.warnings).toEqual([]);
    await storage.removeAbandoned();
    await storage.removeAbandoned();
    expect(storage.warnings).toEqual([
      'Cannot abort old uploads below s3://lake/x: access is denied (AccessDenied). Check that the credentials may list, read, write and delete in the bucket "lake".',
    ]);
  });

  it('a clock that is wrong', async () => {
    const now = Date.now;
    try {
      Date.now = () => now() - 3_600_000;
      // A client of its own, which has not learned the server's time yet.
      const storage = s3(server.uri('x'), { ...server.options(), region: 'us-east-1' });
      // The SDK learns it from the refusal.
      expect(await storage.list('')).toEqual([]);
    } finally {
      Date.now = now;
    }
  });

  it('an address where nothing listens, or that does not speak https', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const keys = { key: ACCESS_KEY, secret: SECRET_KEY };
    const storage = s3(server.uri('x'), { ...keys, endpointUrl: `http://127.0.0.1:${port}` });
    expect(await messageOf(storage.list(''))).toBe(
      `Cannot list s3://lake/x: http://127.0.0.1:${port} cannot be reached (ECONNREFUSED). Check \`endpointUrl\` and the network.`,
    );
    const secure = s3(server.uri('x'), { ...keys, endpointUrl: `127.0.0.1:${server.port}` });
    expect(await messageOf(secure.list(''))).toMatch(
      /^Cannot list s3:\/\/lake\/x: https:\/\/127\.0\.0\.1:\d+ does not speak https\. Begin `endpointUrl` with http:\/\/\.$/,
    );
    const plain = s3(server.uri('x'), { ...keys, endpointUrl: `127.0.0.1:${server.port}`, secure: false });
    expect(await plain.list('')).toEqual([]);
  });

  it('a store that stays out of order', async () => {
    const proxy = await FaultProxy.start(server.port, () => 'internalError');
    const storage = s3(server.uri('x'), server.options(proxy.port));
    expect(await messageOf(storage.write('a', text('1')))).toBe(
      `Cannot write s3://lake/x/a: http://127.0.0.1:${proxy.port} did not answer as it should (InternalError, 500), 8 times in a row. Finished files are kept: run the same command again later.`,
    );
    // And then the object is asked for: the last request may have been heard.
    const count = (name: string) => proxy.happened.filter(([, operation]) => operation === name).length;
    expect([count('PutObject'), count('HeadObject')]).toEqual([8, 8]);
  });
});
