import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { s3 } from '../../src/index.ts';

const VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_S3',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

beforeEach(() => {
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  process.env['AWS_CONFIG_FILE'] = process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nonexistent';
});
afterEach(() => {
  for (const name of VARIABLES) {
    const value = before[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

const keys = { key: 'AKIA', secret: 'word' };
const given = { aws_access_key_id: 'AKIA', aws_secret_access_key: 'word' };

describe('what native code needs to reach a bucket', () => {
  it.each([
    [
      's3://lake/x',
      { ...keys, sessionToken: 'token', region: 'eu-west-1' },
      {
        ...given,
        aws_session_token: 'token',
        aws_region: 'eu-west-1',
        aws_virtual_hosted_style_request: 'true',
      },
    ],
    // Certificates of AWS hold for one name below the service.
    [
      's3://my.lake/x',
      keys,
      { ...given, aws_region: 'us-east-1', aws_virtual_hosted_style_request: 'false' },
    ],
    [
      's3://lake',
      { ...keys, endpointUrl: 'http://localhost:9000/' },
      {
        ...given,
        aws_region: 'us-east-1',
        aws_endpoint: 'http://localhost:9000',
        aws_allow_http: 'true',
        aws_virtual_hosted_style_request: 'false',
      },
    ],
    [
      's3://lake',
      { ...keys, endpointUrl: 'store.example', pathStyle: false },
      {
        ...given,
        aws_region: 'us-east-1',
        aws_endpoint: 'https://lake.store.example',
        aws_virtual_hosted_style_request: 'true',
      },
    ],
    [
      's3://lake',
      { anon: true, endpointUrl: 'store.example', secure: false },
      {
        aws_skip_signature: 'true',
        aws_region: 'us-east-1',
        aws_endpoint: 'http://store.example',
        aws_allow_http: 'true',
        aws_virtual_hosted_style_request: 'false',
      },
    ],
  ])('%s with %j', async (uri, options, expected) => {
    expect(await s3(uri, options).credentials()).toEqual(expected);
  });

  it('comes from the environment where no option says it', async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIAENV',
      AWS_SECRET_ACCESS_KEY: 'word of the environment',
      AWS_SESSION_TOKEN: 'its token',
      AWS_REGION: 'eu-north-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9001',
    });
    expect(await s3('s3://lake').credentials()).toEqual({
      aws_access_key_id: 'AKIAENV',
      aws_secret_access_key: 'word of the environment',
      aws_session_token: 'its token',
      aws_region: 'eu-north-1',
      aws_endpoint: 'http://127.0.0.1:9001',
      aws_allow_http: 'true',
      aws_virtual_hosted_style_request: 'false',
    });
  });
});

describe('the options of S3', () => {
  it.each([
    [{ key: 'AKIA' }, 'Option `secret` of the storage "s3": expected `key` and `secret` together'],
    [{ sessionToken: 't' }, 'Option `sessionToken` of the storage "s3": expected a session token beside'],
    [{ ...keys, anon: true }, 'Option `anon` of the storage "s3": expected either `anon` or a `key`'],
    [{ endpointUrl: 'ftp://x' }, 'Expected `endpointUrl` to be http or https and a host'],
    [{ endpointUrl: 'http://' }, 'Expected `endpointUrl` to be http or https and a host'],
    [{ endpointUrl: 'http://me:word@host' }, 'Expected `endpointUrl` to be http or https and a host'],
    [{ endpointUrl: 'http://host/?x' }, 'Expected `endpointUrl` to be http or https and a host'],
  ])('%j are refused', (options, message) => {
    expect(() => s3('s3://lake', options)).toThrow(message);
    expect(() => s3('s3://lake', options)).not.toThrow(/word/);
  });
});
