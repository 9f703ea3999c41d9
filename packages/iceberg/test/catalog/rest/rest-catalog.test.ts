import { describe, expect, test } from '@jest/globals';
import { type LoadedTable, RestCatalog } from '../../../src/catalog/index.ts';
import { formatJson, type TableMetadata } from '../../../src/metadata/index.ts';
import { newTable, nextSnapshot } from '../../metadata/tables.ts';
import { appendTo, creationOf } from '../changes.ts';
import { type Answer, answerOf, errorOf, GET_ORDERS, ORDERS, ScriptedServer } from './server.ts';

const POST_ORDERS = 'POST /v1/namespaces/shop/tables/orders';

function loaded(metadata = newTable(), identifier = ORDERS): LoadedTable {
  return { identifier, metadataLocation: 's3://b/m.json', metadata, config: {} };
}

/** What a table is once it holds a commit, as a server tells it. */
function withCommit(commitId: string): TableMetadata {
  return { ...newTable(), snapshots: [nextSnapshot(newTable(), 7n, commitId)] };
}

describe('changes', () => {
  test('a change is sent in the words of the specification, its numbers whole', async () => {
    const server = await ScriptedServer.start({ [POST_ORDERS]: [answerOf(newTable())] });
    const base = loaded({ ...newTable(), 'current-snapshot-id': 8_835_305_759_777_357_307n });
    const change = appendTo(base, 'c');
    const [outcome] = await new RestCatalog({ uri: server.uri }).commit([change]);
    expect(outcome).toMatchObject({ table: { metadataLocation: 's3://b/m.json' } });
    const { identifier, requirements, updates } = change;
    expect(server.seen.at(-1)?.body).toBe(formatJson({ identifier, requirements, updates }));
    expect(server.seen.at(-1)?.body).toContain('"ref":"main","snapshot-id":8835305759777357307}');
  });

  test('a change of a staged table makes it', async () => {
    const server = await ScriptedServer.start({ [POST_ORDERS]: [answerOf(newTable())] });
    const staged = { ...loaded(), metadataLocation: undefined };
    await new RestCatalog({ uri: server.uri }).commit([appendTo(staged, 'c')]);
    const body = JSON.parse(server.seen.at(-1)?.body ?? '') as {
      requirements: unknown;
      updates: { action: string }[];
    };
    expect(body.requirements).toEqual([{ type: 'assert-create' }]);
    expect(body.updates.map(({ action }) => action)).toEqual([
      'assign-uuid',
      'upgrade-format-version',
      'add-schema',
      'set-current-schema',
      'add-spec',
      'set-default-spec',
      'add-sort-order',
      'set-default-sort-order',
      'set-location',
      'set-properties',
      'add-snapshot',
      'set-snapshot-ref',
    ]);
  });

  test('409 is a conflict, with what the server says', async () => {
    const server = await ScriptedServer.start({
      [POST_ORDERS]: [{ status: 409, body: errorOf('CommitFailedException', 'branch main has changed.') }],
      [GET_ORDERS]: [answerOf(newTable())],
    });
    expect(await new RestCatalog({ uri: server.uri }).commit([appendTo(loaded(), 'c')])).toEqual([
      { conflict: 'branch main has changed' },
    ]);
  });

  test.each<[string, Answer]>([
    ['the connection breaks', 'hangUp'],
    ['the server fails', { status: 500, body: errorOf('CommitStateUnknownException', '?') }],
    ['a gateway has lost it', { status: 504, body: '' }],
    ['the same request came twice', { status: 409, body: errorOf('CommitFailedException', 'changed') }],
  ])('a commit whose answer is lost is looked for and not sent again: %s', async (_, answer) => {
    const server = await ScriptedServer.start({
      [POST_ORDERS]: [answer],
      [GET_ORDERS]: [answerOf(withCommit('c'))],
    });
    const [outcome] = await new RestCatalog({ uri: server.uri }).commit([appendTo(loaded(), 'c')]);
    expect(outcome).toMatchObject({ table: { metadata: { snapshots: [{ 'snapshot-id': 7n }] } } });
    expect(server.requests).toEqual([POST_ORDERS, GET_ORDERS]);
  });

  test('one that did not come through is sent again', async () => {
    const server = await ScriptedServer.start({
      [POST_ORDERS]: ['hangUp', { status: 503, body: {} }, answerOf(withCommit('c'))],
      [GET_ORDERS]: [answerOf(newTable())],
    });
    const [outcome] = await new RestCatalog({ uri: server.uri }).commit([appendTo(loaded(), 'c')]);
    expect(outcome).toMatchObject({ table: {} });
    expect(server.requests).toEqual([POST_ORDERS, GET_ORDERS, POST_ORDERS, GET_ORDERS, POST_ORDERS]);
  });

  test('a token that expires during a commit is renewed, and the commit sent once more', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/oauth/tokens': [{ body: { access_token: 'a' } }, { body: { access_token: 'b' } }],
      [POST_ORDERS]: [{ status: 419, body: {} }, answerOf(newTable())],
    });
    const catalog = new RestCatalog({ uri: server.uri, credential: 'x' });
    expect(await catalog.commit([appendTo(loaded(), 'c')])).toMatchObject([{ table: {} }]);
    expect(server.requests.filter((request) => request === POST_ORDERS)).toHaveLength(2);
  });

  test('a table that was removed is a conflict; a namespace that is not there is a failure', async () => {
    const gone = { status: 404, body: errorOf('NoSuchTableException', 'Table does not exist: shop.orders') };
    const server = await ScriptedServer.start({ [POST_ORDERS]: [gone] });
    const catalog = new RestCatalog({ uri: server.uri });
    expect(await catalog.commit([appendTo(loaded(), 'c')])).toEqual([
      { conflict: 'Table does not exist: shop.orders' },
    ]);
    const staged = { ...loaded(), metadataLocation: undefined };
    await expect(catalog.commit([appendTo(staged, 'c')])).rejects.toThrow(
      /^Cannot make the table shop\.orders in .*: Table does not exist: shop\.orders\. Check/,
    );
  });

  test('an interrupted run sends nothing', async () => {
    const server = await ScriptedServer.start({ [POST_ORDERS]: [answerOf(newTable())] });
    const signal = AbortSignal.abort();
    await expect(
      new RestCatalog({ uri: server.uri }).commit([appendTo(loaded(), 'c')], { signal }),
    ).rejects.toThrow('The run was interrupted.');
    expect(server.requests).toEqual([]);
  });
});

describe('changes of several tables', () => {
  const ITEMS = { namespace: ['shop'], name: 'items' };
  const GET_ITEMS = 'GET /v1/namespaces/shop/tables/items';
  const POST_BOTH = 'POST /v1/transactions/commit';
  const CONFIG = {
    'GET /v1/config': [
      { body: { defaults: {}, overrides: {}, endpoints: ['POST /v1/{prefix}/transactions/commit'] } },
    ],
  };
  const changes = [appendTo(loaded(), 'a'), appendTo(loaded(newTable(), ITEMS), 'b')];

  test('are one request where the server takes it', async () => {
    const server = await ScriptedServer.start({
      ...CONFIG,
      [POST_BOTH]: [{ status: 204, body: '' }],
      [GET_ORDERS]: [answerOf(withCommit('a'))],
      [GET_ITEMS]: [answerOf(withCommit('b'))],
    });
    const outcomes = await new RestCatalog({ uri: server.uri }).commit(changes);
    expect(outcomes).toMatchObject([{ table: { identifier: ORDERS } }, { table: { identifier: ITEMS } }]);
    expect(server.requests[0]).toBe(POST_BOTH);
    expect(server.seen.find(({ path }) => path === '/v1/transactions/commit')?.body).toBe(
      formatJson({
        'table-changes': changes.map(({ identifier, requirements, updates }) => ({
          identifier,
          requirements,
          updates,
        })),
      }),
    );
  });

  test('that came through in part are told one by one', async () => {
    const server = await ScriptedServer.start({
      ...CONFIG,
      [POST_BOTH]: [{ status: 409, body: errorOf('CommitFailedException', 'items has changed') }],
      [GET_ORDERS]: [answerOf(withCommit('a'))],
      [GET_ITEMS]: [answerOf(newTable())],
    });
    expect(await new RestCatalog({ uri: server.uri }).commit(changes)).toMatchObject([
      { table: { identifier: ORDERS } },
      { conflict: 'items has changed' },
    ]);
  });

  test('whose answer is lost are looked for', async () => {
    const server = await ScriptedServer.start({
      ...CONFIG,
      [POST_BOTH]: ['hangUp'],
      [GET_ORDERS]: [answerOf(withCommit('a'))],
      [GET_ITEMS]: [answerOf(withCommit('b'))],
    });
    expect(await new RestCatalog({ uri: server.uri }).commit(changes)).toMatchObject([
      { table: {} },
      { table: {} },
    ]);
    expect(server.requests.filter((request) => request === POST_BOTH)).toHaveLength(1);
  });

  test('are one request each elsewhere', async () => {
    const server = await ScriptedServer.start({
      [POST_ORDERS]: [answerOf(newTable())],
      'POST /v1/namespaces/shop/tables/items': [
        { status: 409, body: errorOf('CommitFailedException', 'no') },
      ],
    });
    expect(await new RestCatalog({ uri: server.uri }).commit(changes)).toMatchObject([
      { table: {} },
      { conflict: 'no' },
    ]);
  });
});

describe('namespaces and staged tables', () => {
  test('a namespace is made after those above it; one that somebody makes meanwhile is fine', async () => {
    const missing = { status: 404, body: errorOf('NoSuchNamespaceException', 'no') };
    const server = await ScriptedServer.start({
      'GET /v1/namespaces/a%1Fb%1Fc': [missing],
      'GET /v1/namespaces/a%1Fb': [missing],
      'GET /v1/namespaces/a': [{}],
      'POST /v1/namespaces': [{ status: 409, body: errorOf('AlreadyExistsException', 'there') }, {}],
    });
    await new RestCatalog({ uri: server.uri }).createNamespace(['a', 'b', 'c']);
    expect(server.seen.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      '{"namespace":["a","b"],"properties":{}}',
      '{"namespace":["a","b","c"],"properties":{}}',
    ]);
  });

  test('a table is staged by the server', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/namespaces/shop/tables': [{ body: formatJson({ metadata: newTable(), config: {} }) }],
    });
    const { identifier, schema, spec, sortOrder, properties } = creationOf('orders');
    const staged = await new RestCatalog({ uri: server.uri }).stageTable(creationOf('orders'));
    expect(staged).toEqual({ identifier, metadataLocation: undefined, metadata: newTable(), config: {} });
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({
      name: 'orders',
      schema,
      'partition-spec': spec,
      'write-order': sortOrder,
      'stage-create': true,
      properties: { ...properties, 'format-version': '2' },
    });
  });

  test('in a namespace that is not there, it is staged here if its location is known', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/namespaces/shop/tables': [
        { status: 404, body: errorOf('NoSuchNamespaceException', 'Namespace does not exist: shop') },
      ],
    });
    const catalog = new RestCatalog({ uri: server.uri });
    const staged = await catalog.stageTable({ ...creationOf('orders'), location: 's3://b/orders' });
    expect(staged.metadata.location).toBe('s3://b/orders');
    await expect(catalog.stageTable(creationOf('orders'))).rejects.toThrow('Namespace does not exist: shop.');
  });

  test('one that is there is told', async () => {
    const server = await ScriptedServer.start({
      'POST /v1/namespaces/shop/tables': [
        { status: 409, body: errorOf('AlreadyExistsException', 'Table already exists: shop.orders') },
      ],
    });
    await expect(new RestCatalog({ uri: server.uri }).stageTable(creationOf('orders'))).rejects.toThrow(
      'Cannot stage the table shop.orders in the REST catalog at',
    );
  });
});
