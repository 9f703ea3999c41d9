import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { ACCESS_KEY, S3Server, s3Binary, SECRET_KEY } from './s3-server.ts';

const bin = fileURLToPath(new URL('../../../cli/bin/datagen.js', import.meta.url));
const TOKEN = 'FwoGZXIvYXdzEDatagen/session+token==';
const SMALL = [
  ...['--start-date', '2026-01-01', '--end-date', '2026-01-03', '--max-workers', '2'],
  // Enough rows for threads, which get the credentials too.
  ...['--n-customers', '300', '--orders-per-day', '100000', '--tables', 'customers,orders'],
];

/** What AWS tools would take from whoever runs the tests is left out. */
const plainEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
const noConfig = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };

(s3Binary === '' ? describe.skip : describe)('credentials of S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  }, 60_000);

  /** Where the secrets come from, as words of the command and as variables. */
  function sources(): Record<string, { words: string[]; env: Record<string, string> }> {
    const endpoint = ['--s3-endpoint-url', server.url];
    return {
      flags: { words: [...endpoint, '--s3-key', ACCESS_KEY, '--s3-secret', SECRET_KEY], env: {} },
      environment: {
        words: endpoint,
        env: { AWS_ACCESS_KEY_ID: ACCESS_KEY, AWS_SECRET_ACCESS_KEY: SECRET_KEY },
      },
      'flags with a token': {
        words: [...endpoint, '--s3-key', ACCESS_KEY, '--s3-secret', SECRET_KEY, '--s3-session-token', TOKEN],
        env: {},
      },
      'environment with a token': {
        words: endpoint,
        env: {
          AWS_ACCESS_KEY_ID: ACCESS_KEY,
          AWS_SECRET_ACCESS_KEY: SECRET_KEY,
          AWS_SESSION_TOKEN: TOKEN,
        },
      },
    };
  }

  function run(words: readonly string[], env: Record<string, string>) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
      env: { ...plainEnv, ...noConfig, ...env },
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  }

  it.each(['flags', 'environment', 'flags with a token', 'environment with a token'])(
    'are in nothing that a command says or writes: by %s',
    (name) => {
      const { words = [], env = {} } = sources()[name] ?? {};
      const output = server.uri(`from ${name}`);
      const missing = 's3://no-such-bucket/x';
      const closed = ['--s3-endpoint-url', 'http://127.0.0.1:1'];
      const commands: readonly (readonly [status: number, words: readonly string[]])[] = [
        [0, ['generate', 'ecommerce', output, ...SMALL, ...words]],
        [0, ['generate', 'ecommerce', output, ...SMALL, ...words, '--json']],
        [0, ['plan', 'ecommerce', output, ...SMALL, ...words]],
        [0, ['generate', 'ecommerce', `${output} as delta`, ...SMALL, ...words, '--format', 'delta']],
        [1, ['generate', 'ecommerce', missing, ...SMALL, ...words, '--format', 'delta', '--debug']],
        [1, ['plan', 'ecommerce', output, ...SMALL, ...words, ...closed, '--format', 'delta', '--debug']],
        [1, ['generate', 'ecommerce', missing, ...SMALL, ...words, '--debug']],
        [1, ['generate', 'ecommerce', output, ...SMALL, ...words, '--seed', '7', '--debug']],
        [1, ['plan', 'ecommerce', output, ...SMALL, ...words, ...closed, '--debug']],
        [2, ['plan', 'ecommerce', output, ...SMALL, ...words, '--s3-region', '']],
        [2, ['plan', 'ecommerce', output, ...SMALL, ...words, '--no-such-flag']],
        [0, ['generate', 'ecommerce', output, ...words, '--help']],
      ];
      for (const [status, command] of commands) {
        const said = run(command, env);
        expect({ command, ...said }).toEqual({ command, status, text: said.text });
        for (const secret of [SECRET_KEY, TOKEN]) {
          expect(said.text).not.toContain(secret);
          expect(said.text).not.toContain(encodeURIComponent(secret));
          expect(said.text).not.toContain(JSON.stringify(secret));
        }
        if (name.startsWith('flags')) expect(said.text).not.toContain(ACCESS_KEY);
      }
      const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      expect(files.length).toBeGreaterThan(1);
      for (const file of files) {
        const bytes = readFileSync(path.join(file.parentPath, file.name), 'latin1');
        for (const secret of [SECRET_KEY, TOKEN, ACCESS_KEY]) expect(bytes).not.toContain(secret);
      }
    },
    120_000,
  );

  it('may come from a profile, and from a configuration file of datagen', async () => {
    const place = await createPlace();
    const profiles = path.join(place, 'credentials');
    writeFileSync(
      profiles,
      `[lake]\naws_access_key_id = ${ACCESS_KEY}\naws_secret_access_key = ${SECRET_KEY}\n`,
    );
    const endpoint = ['--s3-endpoint-url', server.url];
    const byProfile = run(['generate', 'ecommerce', server.uri('profile'), ...SMALL, ...endpoint], {
      AWS_SHARED_CREDENTIALS_FILE: profiles,
      AWS_PROFILE: 'lake',
    });
    expect(byProfile.text).toContain('\nWrote ');
    const config = path.join(place, 'datagen.yaml');
    writeFileSync(
      config,
      `generator: ecommerce\noutput: ${server.uri('config')}\ns3EndpointUrl: ${server.url}\ns3Key: ${ACCESS_KEY}\ns3Secret: ${SECRET_KEY}\n`,
    );
    const byFile = run(['generate', '--config', config, ...SMALL], {});
    expect(byFile.text).toContain('\nWrote ');
    expect(byFile.text).not.toContain(SECRET_KEY);
  }, 60_000);

  it('are refused by halves', () => {
    const { status, text } = run(
      ['plan', 'ecommerce', server.uri('x'), ...SMALL, '--s3-key', ACCESS_KEY],
      {},
    );
    expect({ status, text }).toEqual({
      status: 2,
      text: 'datagen: --s3-secret: expected `key` and `secret` together, got nothing.\n',
    });
  });
});
