import { randomUUID } from 'node:crypto';
import { DatagenError } from '@datagen/core/writer';
import { formatJson, newTableMetadata, tableMetadataOf } from '../../metadata/index.ts';
import {
  type Catalog,
  type ChangeOutcome,
  type LoadedTable,
  nameOfTable,
  type TableChange,
  type TableCreation,
  type TableIdentifier,
} from '../catalog.ts';
import { isApplied } from '../applied.ts';
import { Patience } from '../patience.ts';
import type { Authentication } from './authentication.ts';
import { commitRequest, conflictOf, transactionRequest } from './commit-request.ts';
import { RestConnection, type RestCatalogOptions } from './connection.ts';
import { serverErrorOf } from './problems.ts';
import type { HttpAnswer } from './request.ts';
import type { ServerConfig } from './server-config.ts';

const NOT_FOUND = 404;
const CONFLICT = 409;

/** One page of the tables in a namespace (REST specification, "ListTablesResponse"). */
interface TablePage {
  readonly identifiers?: readonly { readonly name: string }[];
  readonly 'next-page-token'?: string | null;
}

/** A catalog behind Iceberg's REST protocol. */
export class RestCatalog implements Catalog {
  readonly description: string;
  readonly #connection: RestConnection;
  readonly #patience = new Patience();

  /** `authentication` takes the place of `token` and `credential`: another way to prove who asks. */
  constructor(options: RestCatalogOptions, authentication?: Authentication) {
    this.#connection = new RestConnection(options, authentication);
    this.description = this.#connection.description;
  }

  async listTables(namespace: readonly string[]): Promise<readonly string[]> {
    const config = await this.#connection.configuration();
    const action = `list the tables of ${namespace.join('.')} in`;
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const query = pageToken === undefined ? '' : `?${new URLSearchParams({ pageToken }).toString()}`;
      const answer = await this.#connection.send(
        { method: 'GET', url: `${config.tables(namespace)}${query}` },
        { action, expected: [NOT_FOUND] },
      );
      if (answer.status === NOT_FOUND) {
        if (serverErrorOf(answer.body).type !== undefined) return [];
        throw this.#notThere(action, answer);
      }
      const page = (answer.body ?? {}) as TablePage;
      names.push(...(page.identifiers ?? []).map(({ name }) => name));
      pageToken = page['next-page-token'] ?? undefined;
    } while (pageToken !== undefined);
    return names.sort();
  }

  async loadTable(identifier: TableIdentifier): Promise<LoadedTable | undefined> {
    const config = await this.#connection.configuration();
    const answer = await this.#connection.send(
      { method: 'GET', url: config.table(identifier) },
      { action: `load the table ${nameOfTable(identifier)} in`, expected: [NOT_FOUND] },
    );
    if (answer.status !== NOT_FOUND) return this.#tableOf(identifier, answer);
    // A path that the server does not know at all is another failure.
    if (serverErrorOf(answer.body).type !== undefined) return undefined;
    throw this.#notThere(`load the table ${nameOfTable(identifier)} in`, answer);
  }

  async stageTable(creation: TableCreation): Promise<LoadedTable> {
    const { identifier, schema, spec, sortOrder, properties, location } = creation;
    const config = await this.#connection.configuration();
    const body = formatJson({
      name: identifier.name,
      location,
      schema,
      'partition-spec': spec,
      'write-order': sortOrder,
      'stage-create': true,
      // The version that servers make by default may be another one.
      properties: { ...properties, 'format-version': '2' },
    });
    const action = `stage the table ${nameOfTable(identifier)} in`;
    const answer = await this.#connection.send(
      { method: 'POST', url: config.tables(identifier.namespace), body },
      { action, expected: [NOT_FOUND, CONFLICT] },
    );
    if (answer.status === CONFLICT) {
      const { message = 'it is there already' } = serverErrorOf(answer.body);
      throw new DatagenError('TABLE_CONFLICT', `Cannot ${action} ${this.description}: ${message}.`, {
        details: { table: nameOfTable(identifier) },
      });
    }
    if (answer.status !== NOT_FOUND) return this.#tableOf(identifier, answer);
    // Servers stage only in namespaces that are there; nothing but its location could depend on one.
    if (serverErrorOf(answer.body).type === undefined || location === undefined)
      throw this.#notThere(action, answer);
    const metadata = newTableMetadata({
      uuid: randomUUID(),
      location,
      schema,
      spec,
      sortOrder,
      properties,
      nowMs: Date.now(),
    });
    return { identifier, metadataLocation: undefined, metadata, config: {} };
  }

  async commit(
    changes: readonly TableChange[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly ChangeOutcome[]> {
    const config = await this.#connection.configuration();
    const outcomes = await this.#commitAll(config, changes, signal);
    await this.#patience.wait(outcomes, signal);
    return outcomes;
  }

  async createNamespace(namespace: readonly string[]): Promise<void> {
    const config = await this.#connection.configuration();
    const name = namespace.join('.');
    const found = await this.#connection.send(
      { method: 'GET', url: config.namespace(namespace) },
      { action: `look for the namespace ${name} in`, expected: [NOT_FOUND] },
    );
    if (found.status !== NOT_FOUND) return;
    if (namespace.length > 1) await this.createNamespace(namespace.slice(0, -1));
    // Somebody else may have made it since.
    await this.#connection.send(
      { method: 'POST', url: config.namespaces, body: formatJson({ namespace, properties: {} }) },
      { action: `make the namespace ${name} in`, expected: [CONFLICT] },
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #commitAll(
    config: ServerConfig,
    changes: readonly TableChange[],
    signal?: AbortSignal,
  ): Promise<readonly ChangeOutcome[]> {
    // A transaction changes tables that are there.
    const areThere = changes.every(({ base }) => base.metadataLocation !== undefined);
    if (changes.length > 1 && areThere && config.hasTransactions)
      return this.#commitTogether(config, changes, signal);
    const outcomes: ChangeOutcome[] = [];
    for (const change of changes) outcomes.push(await this.#commitOne(config, change, signal));
    return outcomes;
  }

  async #commitOne(config: ServerConfig, change: TableChange, signal?: AbortSignal): Promise<ChangeOutcome> {
    const { identifier } = change;
    let found: LoadedTable | undefined;
    const answer = await this.#connection.send(
      { method: 'POST', url: config.table(identifier), body: formatJson(commitRequest(change)) },
      {
        action: `change the table ${nameOfTable(identifier)} in`,
        expected: [NOT_FOUND, CONFLICT],
        ...(signal && { signal }),
        lookUp: async () => {
          found = await this.#applied(change);
          return found && { status: CONFLICT, body: undefined };
        },
      },
    );
    if (answer.status === CONFLICT) {
      // A request that was sent again meets what the first one did.
      found ??= await this.#applied(change);
      return found === undefined ? { conflict: conflictOf(answer.body) } : { table: found };
    }
    if (answer.status !== NOT_FOUND) return { table: this.#tableOf(identifier, answer, change.base.config) };
    if (change.base.metadataLocation === undefined)
      throw this.#notThere(`make the table ${nameOfTable(identifier)} in`, answer);
    return { conflict: conflictOf(answer.body) };
  }

  /** All changes by one request; what became of each is what their tables hold afterwards. */
  async #commitTogether(
    config: ServerConfig,
    changes: readonly TableChange[],
    signal?: AbortSignal,
  ): Promise<readonly ChangeOutcome[]> {
    const body = formatJson(transactionRequest(changes.map(commitRequest)));
    const names = changes.map(({ identifier }) => nameOfTable(identifier)).join(', ');
    const lookUp = async () => {
      const applied = await Promise.all(changes.map((change) => this.#applied(change)));
      // Of servers that change one table after the other, some may have come through.
      return applied.some((table) => table !== undefined) ? { status: CONFLICT, body: undefined } : undefined;
    };
    const answer = await this.#connection.send(
      { method: 'POST', url: config.transactions, body },
      {
        action: `change the tables ${names} in`,
        expected: [NOT_FOUND, CONFLICT],
        ...(signal && { signal }),
        lookUp,
      },
    );
    const reason = conflictOf(answer.body);
    return Promise.all(
      changes.map(async (change) => {
        const table = await this.#applied(change);
        return table === undefined ? { conflict: reason } : { table };
      }),
    );
  }

  /** The table of a change, if it holds the change. */
  async #applied(change: TableChange): Promise<LoadedTable | undefined> {
    const table = await this.loadTable(change.identifier);
    return table !== undefined && isApplied(table.metadata, change) ? table : undefined;
  }

  #tableOf(identifier: TableIdentifier, { body }: HttpAnswer, config = {}): LoadedTable {
    const answer = (body ?? {}) as {
      readonly 'metadata-location'?: string | null;
      readonly metadata?: unknown;
      readonly config?: Readonly<Record<string, string>>;
    };
    const source = `the answer of ${this.description} on ${nameOfTable(identifier)}`;
    return {
      identifier,
      metadataLocation: answer['metadata-location'] ?? undefined,
      metadata: tableMetadataOf(answer.metadata, source),
      config: answer.config ?? config,
    };
  }

  #notThere(action: string, { body }: HttpAnswer): DatagenError {
    const { message = 'it answered 404' } = serverErrorOf(body);
    return new DatagenError(
      'STORAGE_FAILED',
      `Cannot ${action} ${this.description}: ${message.replace(/[.\s]+$/, '')}. Check the URI, the warehouse and the namespace.`,
    );
  }
}
