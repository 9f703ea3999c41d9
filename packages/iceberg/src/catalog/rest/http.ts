import { setTimeout as sleep } from 'node:timers/promises';
import { DatagenError, throwIfAborted, withoutPassword } from '@datagen/core/writer';
import { parseIcebergJson } from '../../metadata/index.ts';
import type { Authentication } from './authentication.ts';
import { answerProblem, connectionProblem } from './problems.ts';
import type { HttpAnswer, HttpRequest } from './request.ts';

/** How a request is sent. */
export interface SendOptions {
  /** What the request is for, before the name of the server: `load the table shop.orders in`. */
  readonly action: string;
  /** The answers beside 200 to 299 that are given back and not thrown. */
  readonly expected?: readonly number[];
  readonly signal?: AbortSignal;
  /**
   * Called where nobody knows whether the server has done what it was asked: what it gives is the result, and undefined
   * asks once more. Left out, the request is one that may be sent twice.
   */
  readonly lookUp?: () => Promise<HttpAnswer | undefined>;
}

const TRIES = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** The server has not looked at the request: it may be sent again, whatever it asks for. */
const TOO_MANY_REQUESTS = 429;
const UNAUTHORIZED = [401, 419];

/** Sends requests to a server of JSON: with a time limit, tried again where that can help, and failures in sentences. */
export class HttpClient {
  /** Who answers, for messages. */
  readonly server: string;
  readonly #timeoutMs: number;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(server: string, timeoutMs: number, headers: Readonly<Record<string, string>> = {}) {
    this.server = server;
    this.#timeoutMs = timeoutMs;
    this.#headers = headers;
  }

  /** Throws a `DatagenError` for answers that are not expected, and where there is none. */
  async send(
    request: HttpRequest,
    authentication: Authentication,
    { action, expected = [], signal, lookUp }: SendOptions,
  ): Promise<HttpAnswer> {
    let isRenewed = false;
    for (let tries = 1; ; tries++) {
      throwIfAborted(signal);
      const outcome = await this.#once(request, authentication);
      if (outcome.answer !== undefined) {
        const { status } = outcome.answer;
        if ((status >= 200 && status < 300) || expected.includes(status)) return outcome.answer;
        if (UNAUTHORIZED.includes(status) && !isRenewed && authentication.renew()) {
          isRenewed = true;
          continue;
        }
      }
      const { status = 0 } = outcome.answer ?? {};
      const isUnknown = outcome.answer === undefined ? outcome.isUnknown : status >= 500;
      const found = isUnknown && lookUp !== undefined ? await lookUp() : undefined;
      if (found !== undefined) return found;
      const mayHelp =
        outcome.answer === undefined ? outcome.mayHelp : isUnknown || status === TOO_MANY_REQUESTS;
      if (!mayHelp || tries === TRIES) throw this.#failure(action, request, outcome, tries);
      await pause(tries, outcome.retryAfterMs, signal);
    }
  }

  async #once(request: HttpRequest, authentication: Authentication): Promise<Outcome> {
    const { method, url, body, contentType = 'application/json' } = request;
    // What fails here is told by who asks for the token.
    const proof = await authentication.headers(request);
    try {
      const response = await fetch(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': contentType }),
          ...this.#headers,
          ...proof,
        },
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      const text = await response.text();
      const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
      return {
        answer: { status: response.status, body: jsonOf(text) },
        retryAfterMs: Number.isFinite(wait) ? wait * 1000 : undefined,
      };
    } catch (thrown) {
      return { cause: thrown, ...connectionProblem(thrown, this.#timeoutMs) };
    }
  }

  #failure(action: string, { url }: HttpRequest, outcome: Outcome, tries: number): DatagenError {
    const { problem, advice } = outcome.answer === undefined ? outcome : answerProblem(outcome.answer);
    const often = tries > 1 ? `, after ${String(tries)} tries` : '';
    return new DatagenError(
      'STORAGE_FAILED',
      `Cannot ${action} ${this.server}: ${problem}${often}.${advice === undefined ? '' : ` ${advice}`}`,
      {
        ...(outcome.answer === undefined && { cause: outcome.cause }),
        details: {
          url: withoutPassword(url),
          ...(outcome.answer !== undefined && { status: outcome.answer.status }),
        },
        retryable: tries > 1,
      },
    );
  }
}

type Outcome =
  | { readonly answer: HttpAnswer; readonly retryAfterMs: number | undefined }
  | ({ readonly answer?: undefined; readonly retryAfterMs?: undefined; readonly cause: unknown } & ReturnType<
      typeof connectionProblem
    >);

function jsonOf(text: string): unknown {
  try {
    return parseIcebergJson(text);
  } catch {
    return undefined;
  }
}

/** Clients that failed together should not come back together. */
async function pause(tries: number, retryAfterMs: number | undefined, signal?: AbortSignal): Promise<void> {
  const backoffMs = FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random());
  const ms = Math.min(LONGEST_PAUSE_MS, Math.max(retryAfterMs ?? 0, backoffMs));
  // Whoever waits for it hears of the interruption at the next try.
  await sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
}
