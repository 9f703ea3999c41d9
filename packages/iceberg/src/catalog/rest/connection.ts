import { DatagenError, option, sentence, withoutPassword } from '@datagen/core/writer';
import {
  ANONYMOUS,
  type Authentication,
  bearerToken,
  ClientCredentials,
  tokenForm,
} from './authentication.ts';
import { HttpClient, type SendOptions } from './http.ts';
import type { HttpAnswer, HttpRequest } from './request.ts';
import { ServerConfig, withoutSlash } from './server-config.ts';

/** Where a REST catalog is and how to be known there; the names are those of Iceberg's own clients. */
export interface RestCatalogOptions {
  /** All before `/v1`. */
  readonly uri: string;
  readonly warehouse?: string;
  /** What stands after `/v1` in all paths, where the server does not say it. */
  readonly prefix?: string;
  /** A bearer token. */
  readonly token?: string;
  /** For OAuth2: `<client id>:<client secret>`, or the secret alone. */
  readonly credential?: string;
  /** Who gives tokens for `credential`; by default the catalog itself. */
  readonly oauth2ServerUri?: string;
  /** @default 'catalog' */
  readonly scope?: string;
  readonly audience?: string;
  readonly resource?: string;
  /** Headers of all requests. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long one answer may take. @default 60 */
  readonly timeoutSeconds?: number;
}

const DEFAULT_TIMEOUT_SECONDS = 60;

/** A server that is asked as it wants to be: its configuration is loaded once, and each request says who asks. */
export class RestConnection {
  /** What it is called in messages. */
  readonly description: string;
  readonly #options: RestCatalogOptions;
  readonly #client: HttpClient;
  readonly #authentication: Authentication;
  #config: Promise<ServerConfig> | undefined;

  constructor(options: RestCatalogOptions, authentication?: Authentication) {
    const { uri, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, headers } = options;
    refuseOtherUris('catalogUri', uri);
    if (options.oauth2ServerUri !== undefined) refuseOtherUris('oauth2ServerUri', options.oauth2ServerUri);
    this.#options = { ...options, uri: withoutSlash(uri) };
    this.description = `the REST catalog at ${withoutPassword(this.#options.uri)}`;
    this.#client = new HttpClient(this.description, timeoutSeconds * 1000, headers);
    this.#authentication = authentication ?? authenticationOf(this.#options, timeoutSeconds * 1000);
  }

  send(request: HttpRequest, options: SendOptions): Promise<HttpAnswer> {
    return this.#client.send(request, this.#authentication, options);
  }

  configuration(): Promise<ServerConfig> {
    const { uri, warehouse, prefix } = this.#options;
    const properties = {
      ...(warehouse !== undefined && { warehouse }),
      ...(prefix !== undefined && { prefix }),
    };
    this.#config ??= ServerConfig.load(uri, properties, this.#client, this.#authentication).catch(
      (thrown: unknown) => {
        // The next call asks again.
        this.#config = undefined;
        throw thrown;
      },
    );
    return this.#config;
  }
}

/** Before it is asked for: what Node.js says of other URIs repeats a password in them. */
function refuseOtherUris(name: string, text: string): void {
  const uri = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = uri !== undefined && /^https?:$/.test(uri.protocol);
  if (isHttp && uri.username === '' && uri.password === '') return;
  const problem = isHttp
    ? sentence` with a name or password in it; give ${option('credential')} or ${option('token')} in its place`
    : '';
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`Expected ${option(name)} to be a URI that begins with http:// or https://, got ${withoutPassword(text)}${problem}.`,
    { details: { option: name } },
  );
}

function authenticationOf(options: RestCatalogOptions, timeoutMs: number): Authentication {
  const { uri, token, credential, scope = 'catalog', audience, resource } = options;
  if (token !== undefined) return bearerToken(token);
  if (credential === undefined) return ANONYMOUS;
  const url = options.oauth2ServerUri ?? `${uri}/v1/oauth/tokens`;
  const server = `the OAuth2 server at ${withoutPassword(url)}`;
  const client = new HttpClient(server, timeoutMs);
  const body = tokenForm(credential, scope, { audience, resource });
  const request = { method: 'POST', url, body, contentType: 'application/x-www-form-urlencoded' } as const;
  return new ClientCredentials(server, async () => {
    const answer = await client.send(request, ANONYMOUS, { action: 'get a token from' });
    return answer.body ?? {};
  });
}
