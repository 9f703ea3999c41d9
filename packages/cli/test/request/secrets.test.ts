import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { datagen, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const plugin = path.join(import.meta.dirname, '../fixtures/tally.mjs');
const KEY = 'sk-1234567890';
const PASSWORD = 'open sesame';
const SECRET = ['--api-key', KEY, '--password', PASSWORD];
const run = (command: string, output: string, ...flags: string[]) =>
  datagen([command, 'tally', path.join(folder, output), '--plugin', plugin, '--format', 'vault', ...flags]);

describe('a secret option', () => {
  it('reaches its plug-in, and is in no report and no file', async () => {
    for (const command of ['generate', 'plan']) {
      for (const flags of [[], ['--json']]) {
        const { exitCode, stdout, stderr } = await run(command, `out-${flags.length}`, ...SECRET, ...flags);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        expect(stdout).not.toMatch(/sk-123|sesame|default secret/);
        if (flags.length === 0)
          expect(stdout).toContain('\nAdd --api-key, --password: secrets are not shown.\n');
      }
    }
    const files = readdirSync(path.join(folder, 'out-0'), { recursive: true }) as string[];
    const [file = ''] = files.filter((name) => name.endsWith('.parquet'));
    const bytes = readFileSync(path.join(folder, 'out-0', file), 'latin1');
    expect(bytes).toContain('"generator":"tally"');
    expect(bytes).not.toContain('sk-123');
  });

  it('may be a part of a URI, which is shown without it', async () => {
    for (const flags of [[], ['--json']]) {
      const { stdout } = await run('plan', 'uri', '--service', 'http://me:hunter2@host/x', ...flags);
      expect(stdout).toContain('http://me:***@host/x');
      expect(stdout).not.toContain('hunter2');
      if (flags.length === 0) expect(stdout).toContain('\nAdd --service: secrets are not shown.\n');
    }
  });

  it('decides no dataset: another key continues it', async () => {
    await run('generate', 'same', '--api-key', KEY);
    const { stdout } = await run('generate', 'same', '--api-key', `${KEY}-new`);
    expect(stdout).toContain('Nothing to do');
  });

  it('is not quoted where it is refused, by flag or from a file', async () => {
    expect((await run('plan', 'x', '--api-key', 'sk-short')).stderr).toBe(
      'datagen: --api-key: expected at least 12, got "***".\n',
    );
    const config = path.join(folder, 'tally.yaml');
    writeFileSync(config, 'apiKey: sk-short\n');
    expect((await run('plan', 'x', '--config', config)).stderr).toBe(
      `datagen: ${config}:1:1: apiKey: expected at least 12, got "***".\n`,
    );
  });

  it('is taken out of what others write, the stack included', async () => {
    const { stderr } = await run('generate', 'x', '--password', 'wrong password', '--debug');
    expect(stderr).toContain('The vault does not open for ***');
    expect(stderr).not.toContain('wrong password');
  });

  it('is described without its default', async () => {
    for (const flags of [[], ['--json']]) {
      const { stdout } = await datagen(['describe', 'vault', '--plugin', plugin, ...flags]);
      expect(stdout).toContain('--password');
      expect(stdout).not.toContain('a default secret');
    }
    const { stdout } = await datagen(['plan', 'tally', '--plugin', plugin, '--format', 'vault', '--help']);
    expect(stdout).toMatch(/--password <text> +Opens the vault\n/);
  });
});
