import { DatagenError, withoutPassword } from '@datagen/core/writer';
import type { TableIdentifier } from '../catalog.ts';
import type { Authentication } from './authentication.ts';
import type { HttpClient } from './http.ts';

/** The control character between the levels of a namespace, where a server names no other one; percent-encoded. */
const UNIT_SEPARATOR = '%1F';
const COMMIT_TRANSACTION = 'POST /v1/{prefix}/transactions/commit';

/** How a server wants to be asked (REST specification, "CatalogConfig"), and the paths that follow from it. */
export class ServerConfig {
  /** Whether several tables can be changed by one request. */
  readonly hasTransactions: boolean;
  readonly #base: string;
  readonly #separator: string;

  private constructor(base: string, separator: string, hasTransactions: boolean) {
    this.#base = base;
    this.#separator = separator;
    this.hasTransactions = hasTransactions;
  }

  /** Asks the server; what it overrides wins over `properties`, and these win over its defaults. */
  static async load(
    uri: string,
    properties: Readonly<Record<string, string>>,
    client: HttpClient,
    authentication: Authentication,
  ): Promise<ServerConfig> {
    const { warehouse } = properties;
    const query = warehouse === undefined ? '' : `?${new URLSearchParams({ warehouse }).toString()}`;
    const request = { method: 'GET', url: `${uri}/v1/config${query}` } as const;
    const { body } = await client.send(request, authentication, { action: 'ask for the configuration of' });
    const answer = body as
      { readonly defaults?: unknown; readonly overrides?: unknown; readonly endpoints?: unknown } | undefined;
    if (typeof answer?.overrides !== 'object' && typeof answer?.defaults !== 'object') {
      throw new DatagenError(
        'STORAGE_FAILED',
        `Expected a REST catalog of Iceberg at ${withoutPassword(uri)}, got an answer of another kind: check the URI, which is all before /v1/config.`,
        { details: { url: withoutPassword(request.url) } },
      );
    }
    const merged = {
      ...(answer.defaults as Record<string, string>),
      ...properties,
      ...(answer.overrides as Record<string, string>),
    };
    const prefix = merged['prefix']?.replace(/^\/+|\/+$/g, '') ?? '';
    const base = `${withoutSlash(merged['uri'] ?? uri)}/v1${prefix === '' ? '' : `/${prefix}`}`;
    const { endpoints } = answer;
    const hasTransactions = Array.isArray(endpoints) && endpoints.includes(COMMIT_TRANSACTION);
    return new ServerConfig(base, merged['namespace-separator'] ?? UNIT_SEPARATOR, hasTransactions);
  }

  get namespaces(): string {
    return `${this.#base}/namespaces`;
  }

  get transactions(): string {
    return `${this.#base}/transactions/commit`;
  }

  namespace(levels: readonly string[]): string {
    return `${this.namespaces}/${levels.map(encodeURIComponent).join(this.#separator)}`;
  }

  tables(levels: readonly string[]): string {
    return `${this.namespace(levels)}/tables`;
  }

  table({ namespace, name }: TableIdentifier): string {
    return `${this.tables(namespace)}/${encodeURIComponent(name)}`;
  }
}

export function withoutSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}
