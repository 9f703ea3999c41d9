import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { BoundedCache } from '@datagen/core/writer';
import type { S3Config } from '../config.ts';
import { patientAgents } from './agents.ts';
import { endpointOf, usesPathStyle } from './endpoint.ts';

/** A burst of throttling lasts some seconds: the delays before eight attempts add up to half a minute on average. */
export const ATTEMPTS = 8;
const CONNECTION_TIMEOUT_MS = 10_000;
/** A connection on which nothing moves for so long is given up, and its request is sent again. */
const SOCKET_TIMEOUT_MS = 60_000;

/** Requests of one thread share connections and credentials, which each table would ask for again. */
const clients = new BoundedCache<string, S3Client>(16);

/** The client for a configuration; it connects with the first request. */
export function connect(config: S3Config): S3Client {
  const endpoint = endpointOf(config);
  const pathStyle = usesPathStyle(config);
  return clients.get(JSON.stringify([config, endpoint, pathStyle]), () => {
    // Whoever runs datagen has chosen its Node.js; the SDK would say in every thread which ones later versions want.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    return new S3Client({
      ...(endpoint !== undefined && { endpoint }),
      forcePathStyle: pathStyle,
      region: config.region ?? kept(configuredRegion),
      ...credentialsOf(config),
      maxAttempts: ATTEMPTS,
      retryMode: 'standard',
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        socketTimeout: SOCKET_TIMEOUT_MS,
        ...patientAgents(),
      },
      // Requests are signed with the SHA-256 of their body; not all compatible stores know further checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // With agents of one's own the SDK does not wait for the answer to it.
      expectContinueHeader: false,
    });
  });
}

/** Absent where the AWS configuration says them, each thread for itself: the SDK renews those in time. */
function credentialsOf({
  key,
  secret,
  sessionToken,
  anon,
}: S3Config): Pick<S3ClientConfig, 'credentials' | 'signer'> {
  if (anon) {
    return {
      credentials: { accessKeyId: '', secretAccessKey: '' },
      signer: { sign: (request) => Promise.resolve(request) },
    };
  }
  if (key === undefined || secret === undefined) return {};
  return {
    credentials: { accessKeyId: key, secretAccessKey: secret, ...(sessionToken && { sessionToken }) },
  };
}

/** The SDK asks for a region several times for each request. */
function kept<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

/** What the environment or the profile says, else the region that most compatible stores take for theirs. */
async function configuredRegion(): Promise<string> {
  try {
    return await new S3Client().config.region();
  } catch {
    return 'us-east-1';
  }
}
