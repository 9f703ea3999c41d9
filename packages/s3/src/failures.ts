import {
  DatagenError,
  isDatagenError,
  option,
  reasonOf,
  type Sentence,
  sentence,
} from '@datagen/core/writer';
import { ATTEMPTS } from './client/connect.ts';

/** What of a failed request says why: the SDK's errors have these, those of sockets some of them. */
interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  /** Where the bucket is, in answers to requests that were signed for another region. */
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  /** Of a host with several addresses: what went wrong at each. */
  readonly errors?: readonly Failure[];
}

/** Where a request went. */
export interface Place {
  readonly bucket: string;
  /** The store's address; absent for AWS. */
  readonly endpoint?: string;
}

/** What the store calls a failure, `NoSuchKey` for instance; answers without a body have only a status. */
export function codeOfFailure(thrown: unknown): string {
  const { name = '', code, errors, $metadata } = thrown as Failure;
  if (errors?.[0]?.code !== undefined) return errors[0].code;
  if (code !== undefined && $metadata?.httpStatusCode === undefined) return code;
  return name;
}

export function statusOfFailure(thrown: unknown): number | undefined {
  return (thrown as Failure).$metadata?.httpStatusCode;
}

/** The one sentence for a request that failed for good; errors that are sentences already stay as they are. */
export function explained(action: string, uri: string, thrown: unknown, place: Place): DatagenError {
  if (isDatagenError(thrown)) return thrown;
  const code = codeOfFailure(thrown);
  const status = statusOfFailure(thrown);
  const reason = reasonFor(thrown as Failure, code, status, place);
  return new DatagenError('STORAGE_FAILED', sentence`Cannot ${action} ${uri}: ${reason}`, {
    cause: thrown,
    details: { path: uri, code, ...(status !== undefined && { status }) },
    retryable: isPassing(code, status),
  });
}

const NO_CREDENTIALS = sentence`no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, give ${option('key')} and ${option('secret')}, or ${option('anon')} for a bucket that is open to everybody.`;
const LATER = 'Finished files are kept: run the same command again later.';

function reasonFor(
  failure: Failure,
  code: string,
  status: number | undefined,
  { bucket, endpoint }: Place,
): Sentence | string {
  const store = endpoint ?? 'AWS';
  const region = failure.Region ?? failure.$response?.headers?.['x-amz-bucket-region'];
  switch (code) {
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return NO_CREDENTIALS;
    case 'NoSuchBucket':
      return sentence`there is no bucket "${bucket}" at ${store}. Create it, or check its name and ${option('endpointUrl')}.`;
    case 'InvalidBucketName':
      return `"${bucket}" is no name of a bucket: expected 3 to 63 small letters, digits, dots and hyphens.`;
    case 'NoSuchKey':
      return 'it does not exist.';
    case 'NoSuchUpload':
      return sentence`somebody aborted its upload meanwhile, as runs do with uploads older than ${option('abortUploadsAfterHours')}. ${LATER}`;
    case 'InvalidAccessKeyId':
      return sentence`${store} does not know the access key id. Check ${option('key')}, or AWS_ACCESS_KEY_ID and AWS_PROFILE.`;
    case 'SignatureDoesNotMatch':
      return sentence`${store} refuses the signature. Check that ${option('secret')}, or AWS_SECRET_ACCESS_KEY, belongs to the access key id.`;
    case 'ExpiredToken':
    case 'TokenRefreshRequired':
    case 'InvalidToken':
      return sentence`the session token has expired or is wrong. Get new credentials and run the same command again; check ${option('sessionToken')} or AWS_SESSION_TOKEN.`;
    case 'RequestTimeTooSkewed':
      return `the clock of this machine is too far from that of ${store}. Set it right, for instance by NTP.`;
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
    case 'AuthorizationQueryParametersError':
      return region === undefined
        ? sentence`the bucket "${bucket}" is in another region. Give it as ${option('region')} or AWS_REGION.`
        : sentence`the bucket "${bucket}" is in the region ${region}. Give it as ${option('region', region)} or AWS_REGION.`;
    case 'NotImplemented':
    case 'MethodNotAllowed':
      return `${store} does not know a request that is needed: ${plain(failure)}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return sentence`${store} cannot be reached (${code}). Check ${option('endpointUrl')} and the network.`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return sentence`${store} does not speak https. Begin ${option('endpointUrl')} with http://.`;
  }
  if (status === 301 || status === 307) {
    const found = region === undefined ? '' : `, ${region}`;
    return sentence`the bucket "${bucket}" is in another region${found}. Give it as ${option('region')} or AWS_REGION.`;
  }
  if (status === 403)
    return `access is denied (${code}). Check that the credentials may list, read, write and delete in the bucket "${bucket}".`;
  if (isPassing(code, status))
    return `${store} did not answer as it should (${code}${status === undefined ? '' : `, ${String(status)}`}), ${String(failure.$metadata?.attempts ?? ATTEMPTS)} times in a row. ${LATER}`;
  return plain(failure);
}

/** Whether the same request may succeed later: throttling, trouble inside of the store, broken connections. */
function isPassing(code: string, status: number | undefined): boolean {
  if (status !== undefined && status !== 200) return status >= 500 || status === 429 || status === 408;
  return [
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'ETIMEDOUT',
    'EAI_AGAIN',
    'TimeoutError',
    'InternalError',
    'SlowDown',
    'IncompleteBody',
  ].includes(code);
}

function plain(failure: Failure): string {
  return `${reasonOf(failure).replace(/[.\s]+$/, '')}.`;
}
