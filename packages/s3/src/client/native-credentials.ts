import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import { endpointOf, usesPathStyle } from './endpoint.ts';

/** What native code needs to reach a bucket, by the names of the Rust crate object_store; credentials are as of now. */
export async function nativeCredentials(
  client: S3Client,
  config: S3Config,
  bucket: string,
): Promise<Readonly<Record<string, string>>> {
  return {
    aws_region: await client.config.region(),
    ...(config.anon ? { aws_skip_signature: 'true' } : await keysOf(client)),
    ...addressOf(config, bucket),
  };
}

async function keysOf({ config }: S3Client): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = await config.credentials();
  return {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    ...(sessionToken !== undefined && { aws_session_token: sessionToken }),
  };
}

function addressOf(config: S3Config, bucket: string): Record<string, string> {
  // Certificates of AWS hold for one name below the service, so a bucket with dots goes into the path there, too.
  const isVirtual = !usesPathStyle(config) && !bucket.includes('.');
  const style = { aws_virtual_hosted_style_request: String(isVirtual) };
  const endpoint = endpointOf(config);
  if (endpoint === undefined) return style;
  // object_store puts the bucket into the path of an endpoint, and never into its host.
  const address = isVirtual ? endpoint.replace('://', `://${bucket}.`) : endpoint;
  const allowsHttp = endpoint.toLowerCase().startsWith('http:');
  return { ...style, aws_endpoint: address, ...(allowsHttp && { aws_allow_http: 'true' }) };
}
