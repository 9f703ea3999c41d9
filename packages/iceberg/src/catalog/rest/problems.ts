import { reasonOf } from '@datagen/core/writer';
import type { HttpAnswer } from './request.ts';

/** What went wrong, as the end of a sentence, and what to do about it, as one of its own. */
export interface Problem {
  readonly problem: string;
  readonly advice?: string;
}

/** The error that a server tells (REST specification, "ErrorModel"). */
export interface ServerError {
  readonly message?: string;
  readonly type?: string;
}

export function serverErrorOf(body: unknown): ServerError {
  const { error } = (body ?? {}) as { readonly error?: unknown; readonly error_description?: unknown };
  if (typeof error === 'object' && error !== null) return error;
  // Of OAuth2 (RFC 6749, section 5.2): a code, and perhaps a sentence.
  const { error_description: description } = (body ?? {}) as { readonly error_description?: unknown };
  const text = typeof description === 'string' ? description : error;
  return typeof text === 'string' ? { message: text } : {};
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Check the token, or the credential and the scope.',
  403: 'Ask for the rights to it, or use another credential.',
  404: 'Check the URI, the warehouse and the prefix.',
  406: 'Choose another catalog.',
  419: 'Check the token, which has expired.',
  429: 'Run the same command again later: it adds what is missing.',
};
const LATER = 'Run the same command again: it adds what is missing.';

export function answerProblem({ status, body }: HttpAnswer): Problem {
  const { message } = serverErrorOf(body);
  const said = message === undefined ? '' : ` (${firstLine(message)})`;
  const advice = ADVICE[status] ?? (status >= 500 ? LATER : undefined);
  return { problem: `it answered ${String(status)}${said}`, ...(advice !== undefined && { advice }) };
}

/** Connections that were never made: the server has not seen the request. */
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of its host cannot be looked up',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its network',
  UND_ERR_CONNECT_TIMEOUT: 'it could not be reached in time',
};
/** Those that will not be made a second later either. */
const FINAL = ['ENOTFOUND'];
const CERTIFICATE_ADVICE: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'Write the name that the certificate is for in its URI.',
  CERT_HAS_EXPIRED: 'Ask who runs it for a new one.',
};
const SIGNER_ADVICE =
  'Set the environment variable NODE_EXTRA_CA_CERTS to a file with the certificate of who signed it.';
const CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS_CERT)/;

/** Why a request brought no answer; `isUnknown` says that the server may have done what it was asked. */
export function connectionProblem(
  thrown: unknown,
  timeoutMs: number,
): Problem & { readonly isUnknown: boolean; readonly mayHelp: boolean } {
  if (isObject(thrown) && thrown['name'] === 'TimeoutError') {
    const seconds = String(timeoutMs / 1000);
    return {
      problem: `it has not answered within ${seconds} seconds`,
      advice: LATER,
      isUnknown: true,
      mayHelp: true,
    };
  }
  const cause = deepestCause(thrown);
  const code = String((cause as { readonly code?: unknown }).code);
  if (CERTIFICATE.test(code)) {
    return {
      problem: `its certificate is not trusted (${firstLine(reasonOf(cause))})`,
      advice: CERTIFICATE_ADVICE[code] ?? SIGNER_ADVICE,
      isUnknown: false,
      mayHelp: false,
    };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return {
      problem: 'it does not speak TLS',
      advice: 'Write http:// in its URI, or use the port that it speaks TLS on.',
      isUnknown: false,
      mayHelp: false,
    };
  }
  const unreached = UNREACHED[code];
  if (unreached !== undefined) {
    return {
      problem: unreached,
      advice: 'Check its URI, or start it.',
      isUnknown: false,
      mayHelp: !FINAL.includes(code),
    };
  }
  return {
    problem: `the connection broke (${firstLine(reasonOf(cause))})`,
    advice: LATER,
    isUnknown: true,
    mayHelp: true,
  };
}

/** `fetch` says only that it failed; why lies below. */
function deepestCause(thrown: unknown): unknown {
  let cause = thrown;
  while (isObject(cause)) {
    const { errors } = cause;
    const below: unknown = Array.isArray(errors) ? errors[0] : cause['cause'];
    if (below === undefined || below === null) return cause;
    cause = below;
  }
  return cause ?? thrown;
}

/** Told by its shape: under Jest, errors of Node.js are no `Error` of the realm of a test. */
function isObject(thrown: unknown): thrown is Readonly<Record<string, unknown>> {
  return typeof thrown === 'object' && thrown !== null;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/[.\s]+$/, '');
}
