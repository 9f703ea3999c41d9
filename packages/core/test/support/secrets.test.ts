import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  describeOptions,
  findOptionProblems,
  isSecret,
  withoutPassword,
  withoutSecrets,
} from '../../src/index.ts';

const secret = () => z.string().min(8).meta({ secret: true });
const schema = z.strictObject({
  plain: z.string().default('shown'),
  key: secret().optional(),
  fallback: secret().default('a default key'),
  login: z.strictObject({ user: z.string(), password: secret() }).optional(),
  tokens: z.array(secret()).optional(),
  byName: z.record(z.string(), secret()).optional(),
  either: z.union([z.number(), secret()]).optional(),
});

describe('an option declared secret', () => {
  it('is known as such under what makes it optional', () => {
    const secrets = Object.entries(schema.shape).filter(([, option]) => isSecret(option));
    expect(secrets.map(([name]) => name)).toEqual(['key', 'fallback']);
  });

  it('is shown nowhere in a value, however deep', () => {
    const value = {
      plain: 'x',
      key: 'hunter2',
      login: { user: 'me', password: 'hunter2' },
      tokens: ['hunter2'],
      byName: { a: 'hunter2' },
      either: 'hunter2',
    };
    expect(withoutSecrets(schema, value)).toEqual({
      plain: 'x',
      key: '***',
      login: { user: 'me', password: '***' },
      tokens: ['***'],
      byName: { a: '***' },
      either: '***',
    });
  });

  it('is refused without its value, and described without its default', () => {
    const input = { plain: 1, key: 'hunter2', login: { user: 3, password: 'hunter2' }, tokens: ['hunter2'] };
    const texts = findOptionProblems(schema, input).map(({ path, text }) => `${path.join('.')}: ${text}`);
    expect(texts).toEqual([
      'plain: expected a value of type string, got 1',
      'key: expected at least 8, got "***"',
      'login.user: expected a value of type string, got 3',
      'login.password: expected at least 8, got "***"',
      'tokens.0: expected at least 8, got "***"',
    ]);
    expect(JSON.stringify(describeOptions(schema))).not.toContain('a default key');
    expect(describeOptions(schema)[1]).toEqual({
      name: 'key',
      type: 'string',
      description: '',
      secret: true,
    });
  });
});

describe('a URI', () => {
  it.each([
    ['postgresql://me:word@host:5432/db', 'postgresql://me:***@host:5432/db'],
    ['cannot reach postgresql://me:w@rd@host/db now', 'cannot reach postgresql://me:***@host/db now'],
    ['s3://bucket/x?region=eu&password=word&y=1', 's3://bucket/x?region=eu&password=***&y=1'],
    ['postgresql://me@host/db', 'postgresql://me@host/db'],
    ['./a:b@c', './a:b@c'],
  ])('%s is shown as %s', (uri, shown) => {
    expect(withoutPassword(uri)).toBe(shown);
  });
});
