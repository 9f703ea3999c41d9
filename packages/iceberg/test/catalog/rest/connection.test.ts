import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { RestCatalog } from '../../../src/catalog/index.ts';
import { connectionProblem } from '../../../src/catalog/rest/problems.ts';
import { newTable } from '../../metadata/tables.ts';
import { type Answer, answerOf, errorOf, GET_ORDERS, ORDERS, ScriptedServer } from './server.ts';

describe('how a server wants to be asked', () => {
  test('prefix, separator and URI are those that it says, and the warehouse is asked for', async () => {
    const elsewhere = await ScriptedServer.start({
      'GET /v1/a/b/namespaces/x%20y.%C3%A4/tables/o%2Fr': [answerOf(newTable())],
    });
    const server = await ScriptedServer.start({
      'GET /v1/config?warehouse=s3%3A%2F%2Fb%2Fwh': [
        {
          body: {
            defaults: { prefix: 'not this one' },
            overrides: { prefix: 'a/b', 'namespace-separator': '.', uri: `${elsewhere.uri}/` },
          },
        },
      ],
    });
    const catalog = new RestCatalog({ uri: `${server.uri}/`, warehouse: 's3://b/wh', prefix: 'nor this' });
    const table = await catalog.loadTable({ namespace: ['x y', 'ä'], name: 'o/r' });
    expect(table).toMatchObject({ metadataLocation: 's3://b/m.json', config: { a: 'b' } });
  });

  test('levels of a namespace are kept apart by U+001F where a server says nothing', async () => {
    const server = await ScriptedServer.start({
      'GET /v1/mine/namespaces/a%1Fb/tables/t': [answerOf(newTable())],
    });
    const catalog = new RestCatalog({ uri: server.uri, prefix: 'mine' });
    expect(await catalog.loadTable({ namespace: ['a', 'b'], name: 't' })).toBeDefined();
  });

  test('a server of another kind is told from a catalog', async () => {
    const server = await ScriptedServer.start({ 'GET /v1/config': [{ body: '<html></html>' }] });
    await expect(new RestCatalog({ uri: server.uri }).loadTable(ORDERS)).rejects.toThrow(
      `Expected a REST catalog of Iceberg at ${server.uri}, got an answer of another kind: check the URI, which is all before /v1/config.`,
    );
  });
});

describe('who asks', () => {
  test('a token is sent with each request', async () => {
    const server = await ScriptedServer.start({ [GET_ORDERS]: [answerOf(newTable())] });
    await new RestCatalog({ uri: server.uri, token: 'abc' }).loadTable(ORDERS);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(['Bearer abc', 'Bearer abc']);
  });

  test('with a credential it asks for a token once, and again when the server takes it for expired', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/oauth/tokens': [
        { body: { access_token: 'first', token_type: 'bearer' } },
        { body: { access_token: 'second', token_type: 'bearer' } },
      ],
      [GET_ORDERS]: [
        answerOf(newTable()),
        { status: 401, body: errorOf('NotAuthorizedException', 'Token expired') },
        answerOf(newTable()),
      ],
    });
    const catalog = new RestCatalog({
      uri: server.uri,
      credential: 'me:se:cret',
      scope: 'all',
      audience: 'x',
    });
    await catalog.loadTable(ORDERS);
    await catalog.loadTable(ORDERS);
    expect(
      server.seen
        .filter(({ path }) => !path.startsWith('/v1/config'))
        .map((seen) => [seen.path, seen.authorization]),
    ).toEqual([
      ['/v1/oauth/tokens', undefined],
      ['/v1/namespaces/shop/tables/orders', 'Bearer first'],
      ['/v1/namespaces/shop/tables/orders', 'Bearer first'],
      ['/v1/oauth/tokens', undefined],
      ['/v1/namespaces/shop/tables/orders', 'Bearer second'],
    ]);
    expect(server.seen[0]?.body).toBe(
      'grant_type=client_credentials&client_id=me&client_secret=se%3Acret&scope=all&audience=x',
    );
  });

  test('a token is asked for anew before it ends, once for all that wait for it', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/oauth/tokens': [
        { body: { access_token: 'short', expires_in: 0 } },
        { body: { access_token: 'long', expires_in: 3600 } },
      ],
      [GET_ORDERS]: [answerOf(newTable())],
    });
    const catalog = new RestCatalog({ uri: server.uri, credential: 'secret' });
    await Promise.all([1, 2, 3].map(() => catalog.loadTable(ORDERS)));
    const tokens = server.seen.filter(({ path }) => path === '/v1/oauth/tokens');
    expect(tokens.map(({ body }) => body)).toEqual(
      ['first', 'second'].map(() => 'grant_type=client_credentials&client_secret=secret&scope=catalog'),
    );
    expect(server.seen.at(-1)?.authorization).toBe('Bearer long');
  });

  test('a credential that is refused is told by who refused it, without the secret', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/oauth/tokens': [
        { status: 401, body: { error: 'invalid_client', error_description: 'no such client' } },
      ],
    });
    const failure = await failureOf(
      new RestCatalog({ uri: server.uri, credential: 'me:open-sesame' }).loadTable(ORDERS),
    );
    expect(failure.message).toBe(
      `Cannot get a token from the OAuth2 server at ${server.uri}/v1/oauth/tokens: it answered 401 (no such client). Check the token, or the credential and the scope.`,
    );
    expect(JSON.stringify(failure)).not.toContain('sesame');
  });
});

describe('what goes wrong, in a sentence', () => {
  test.each<[string, Answer, string]>([
    [
      'no rights',
      { status: 403, body: errorOf('ForbiddenException', 'Not yours.\n at java') },
      'it answered 403 (Not yours). Ask for the rights to it, or use another credential.',
    ],
    [
      'an expired token that cannot be renewed',
      { status: 419, body: errorOf('AuthenticationTimeoutException', 'Expired') },
      'it answered 419 (Expired). Check the token, which has expired.',
    ],
    [
      'a request that it does not understand',
      { status: 400, body: errorOf('BadRequest', 'What?') },
      'it answered 400 (What?).',
    ],
    [
      'a table without a type of error',
      { status: 404, body: 'nothing here' },
      'it answered 404. Check the URI, the warehouse and the namespace.',
    ],
  ])('%s', async (_, answer, message) => {
    const server = await ScriptedServer.start({ [GET_ORDERS]: [answer] });
    const failure = await failureOf(new RestCatalog({ uri: server.uri, token: 'x' }).loadTable(ORDERS));
    expect(failure.message).toBe(
      `Cannot load the table shop.orders in the REST catalog at ${server.uri}: ${message}`,
    );
    expect(server.requests).toHaveLength(1);
  });

  test('a server that is busy is asked again, and one that stays so is given up', async () => {
    const answers = [503, 429, 500].map((status) => ({ status, body: {} }));
    const server = await ScriptedServer.start({
      [GET_ORDERS]: [...answers, answerOf(newTable())],
      'GET /v1/namespaces/shop/tables/items': [{ status: 503, body: errorOf('X', 'Too busy') }],
    });
    const catalog = new RestCatalog({ uri: server.uri });
    expect(await catalog.loadTable(ORDERS)).toBeDefined();
    expect(server.requests).toHaveLength(4);
    const failure = await failureOf(catalog.loadTable({ namespace: ['shop'], name: 'items' }));
    expect(failure.message).toContain(
      'it answered 503 (Too busy), after 5 tries. Run the same command again: it adds what is missing.',
    );
    expect(failure).toMatchObject({ retryable: true });
  });

  test('a server that does not answer in time is told', async () => {
    const server = await ScriptedServer.start({ [GET_ORDERS]: ['hang'] });
    const failure = await failureOf(
      new RestCatalog({ uri: server.uri, timeoutSeconds: 0.1 }).loadTable(ORDERS),
    );
    expect(failure.message).toContain('it has not answered within 0.1 seconds, after 5 tries.');
  });

  test('nobody that listens, and no such host', async () => {
    const server = await ScriptedServer.start({});
    const port = new URL(server.uri).port;
    const closed = await ScriptedServer.start({});
    await closed.stop();
    await expect(new RestCatalog({ uri: closed.uri }).loadTable(ORDERS)).rejects.toThrow(
      `Cannot ask for the configuration of the REST catalog at ${closed.uri}: nobody listens there, after 5 tries. Check its URI, or start it.`,
    );
    await expect(new RestCatalog({ uri: `https://127.0.0.1:${port}` }).loadTable(ORDERS)).rejects.toThrow(
      'it does not speak TLS. Write http:// in its URI, or use the port that it speaks TLS on.',
    );
    await expect(new RestCatalog({ uri: 'http://nobody.invalid' }).loadTable(ORDERS)).rejects.toThrow(
      /the REST catalog at http:\/\/nobody\.invalid: (there is no such host|the name of its host cannot be looked up)/,
    );
  });
});

test.each([
  ['ftp://a/b', 'Expected `catalogUri` to be a URI that begins with http:// or https://, got ftp://a/b.'],
  ['catalog', 'got catalog.'],
  [
    'https://me:open-sesame@a/b',
    'got https://me:***@a/b with a name or password in it; give `credential` or `token` in its place.',
  ],
])('the URI %s is refused, without its password', (uri, message) => {
  expect(() => new RestCatalog({ uri })).toThrow(message);
});

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error('Expected a failure.');
    },
    (thrown: unknown) => thrown as Error,
  );
}

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Write the name that the certificate is for in its URI.'],
  ['CERT_HAS_EXPIRED', 'Ask who runs it for a new one.'],
])(
  'a certificate that is not trusted is told with what to do, and nothing is tried again: %s',
  (code, advice) => {
    const cause = Object.assign(new Error('no good'), { code });
    const found = connectionProblem(new TypeError('fetch failed', { cause }), 1000);
    expect(found).toMatchObject({ problem: 'its certificate is not trusted (no good)', mayHelp: false });
    expect(found.advice).toContain(advice);
  },
);

test.each([
  [
    'a refused connection',
    'new TypeError("fetch failed", { cause: new AggregateError([Object.assign(new Error("no"), { code: "ECONNREFUSED" })]) })',
    { isUnknown: false },
  ],
  [
    'a time-out',
    'Object.assign(new Error("late"), { name: "TimeoutError" })',
    { problem: 'it has not answered within 1 seconds' },
  ],
])('%s is told where errors are of another realm, as under Jest', (_, script, expected) => {
  expect(connectionProblem(runInNewContext(script), 1000)).toMatchObject(expected);
});
