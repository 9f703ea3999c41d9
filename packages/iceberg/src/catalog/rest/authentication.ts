import { DatagenError } from '@datagen/core/writer';
import type { HttpRequest } from './request.ts';

/** Puts onto requests what proves who sends them: a bearer token here; a signature would be another one. */
export interface Authentication {
  headers(request: HttpRequest): Promise<Readonly<Record<string, string>>>;
  /** After the server has refused what `headers` gave: whether new ones may do better. */
  renew(): boolean;
}

/** For servers that ask for nothing. */
export const ANONYMOUS: Authentication = {
  headers: () => Promise.resolve({}),
  renew: () => false,
};

export function bearerToken(token: string): Authentication {
  return {
    headers: () => Promise.resolve({ authorization: `Bearer ${token}` }),
    renew: () => false,
  };
}

/** A token as an authorisation server gives it (RFC 6749, section 5.1). */
export interface TokenAnswer {
  readonly access_token?: unknown;
  /** Seconds that it is good for. */
  readonly expires_in?: unknown;
}

/** A token is asked for anew when a tenth of its time is left, a minute at most. */
const MARGIN_SHARE = 0.1;
const LONGEST_MARGIN_MS = 60_000;

/** OAuth2 with client credentials (RFC 6749, section 4.4): a token that is asked for when it is needed and before it ends. */
export class ClientCredentials implements Authentication {
  readonly #ask: () => Promise<TokenAnswer>;
  readonly #server: string;
  #token: Promise<{ readonly text: string; readonly renewAtMs: number }> | undefined;

  /** `ask` posts the request for a token; `server` is who answers, for messages. */
  constructor(server: string, ask: () => Promise<TokenAnswer>) {
    this.#server = server;
    this.#ask = ask;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    // Requests at once wait for one token; one that could not be had is asked for again by the next of them.
    const known = await (this.#token ??= this.#request());
    const { text } = Date.now() < known.renewAtMs ? known : await (this.#token = this.#request());
    return { authorization: `Bearer ${text}` };
  }

  renew(): boolean {
    this.#token = undefined;
    return true;
  }

  async #request(): Promise<{ readonly text: string; readonly renewAtMs: number }> {
    try {
      const askedMs = Date.now();
      const { access_token: text, expires_in: seconds } = await this.#ask();
      if (typeof text !== 'string') {
        throw new DatagenError(
          'STORAGE_FAILED',
          `Expected a token of OAuth2 from ${this.#server}, got an answer without \`access_token\`.`,
        );
      }
      const lifeMs = typeof seconds === 'number' ? seconds * 1000 : Number.POSITIVE_INFINITY;
      const marginMs = Math.min(LONGEST_MARGIN_MS, lifeMs * MARGIN_SHARE);
      return { text, renewAtMs: askedMs + lifeMs - marginMs };
    } catch (thrown) {
      this.#token = undefined;
      throw thrown;
    }
  }
}

/** The form that asks for a token: `credential` is `<client id>:<client secret>`, or the secret alone. */
export function tokenForm(
  credential: string,
  scope: string,
  more: Readonly<Record<string, string | undefined>>,
): string {
  const colon = credential.indexOf(':');
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (colon >= 0) form.set('client_id', credential.slice(0, colon));
  form.set('client_secret', credential.slice(colon + 1));
  form.set('scope', scope);
  for (const [name, value] of Object.entries(more)) if (value !== undefined) form.set(name, value);
  return form.toString();
}
