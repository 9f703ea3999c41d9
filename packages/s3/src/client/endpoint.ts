import { DatagenError, option, sentence } from '@datagen/core/writer';
import type { S3Config } from '../config.ts';

/** The address of a compatible store, by option or by the variables of the AWS tools; undefined for AWS itself. */
export function endpointOf({ endpointUrl, secure }: S3Config): string | undefined {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS } = process.env;
  const configured =
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true' ? undefined : AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL;
  const given = endpointUrl ?? (configured || undefined);
  if (given === undefined) return undefined;
  const url = given.includes('://') ? given : `${secure ? 'https' : 'http'}://${given}`;
  if (URL.canParse(url)) {
    const { protocol, hostname, username, password, search, hash } = new URL(url);
    const isPlain = [username, password, search, hash].every((part) => part === '');
    if (/^https?:$/.test(protocol) && hostname !== '' && isPlain) return url.replace(/\/+$/, '');
  }
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`Expected ${option('endpointUrl')} to be http or https and a host, as in http://localhost:9000, without credentials or a query.`,
    { details: { option: 'endpointUrl' } },
  );
}

/** Whether requests name the bucket in the path: few compatible stores have a host name for each bucket. */
export function usesPathStyle(config: S3Config): boolean {
  return config.pathStyle ?? endpointOf(config) !== undefined;
}
