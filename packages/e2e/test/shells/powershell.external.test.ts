import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { jsonLines, python } from '../readers/pyarrow.ts';

const bin = fileURLToPath(new URL('../../../cli/bin/datagen.js', import.meta.url));
const script = fileURLToPath(new URL('../../../cli/shells/datagen.ps1', import.meta.url));

/** What PowerShell puts in for a line with the cursor at its end. */
const COMPLETE = `
. ([scriptblock]::Create((datagen completion powershell | Out-String)))
. ([scriptblock]::Create((datagen completion powershell | Out-String)))
$line = [Console]::In.ReadToEnd()
$offered = TabExpansion2 -inputScript $line -cursorColumn $line.Length
ConvertTo-Json -Compress -InputObject @($offered.CompletionMatches | ForEach-Object CompletionText)
`;

const hasPowerShell = spawnSync('pwsh', ['-Version']).status === 0;
const describePowerShell = hasPowerShell ? describe : describe.skip;

describePowerShell('the script for powershell, by TabExpansion2', () => {
  async function offered(line: string): Promise<{ texts: unknown; place: string }> {
    const place = await createPlace();
    mkdirSync(path.join(place, 'my out'));
    for (const file of ['a job.yaml', 'kept']) writeFileSync(path.join(place, file), 'kept');
    const command = path.join(place, 'datagen');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
    chmodSync(command, 0o755);
    const env = { ...process.env, HOME: place, PATH: `${place}:${process.env['PATH'] ?? ''}` };
    const words = ['-NoProfile', '-NonInteractive', '-Command', COMPLETE];
    const printed = execFileSync('pwsh', words, { cwd: place, env, input: line });
    return { texts: JSON.parse(printed.toString()) as unknown, place };
  }

  it.each([
    ['datagen generate ecommerce --n-c', ['--n-customers']],
    ['datagen plan ecommerce --compression=z', ['--compression=zstd']],
    ["datagen plan ecommerce 's3://a b' --see", ['--seed']],
    ['datagen plan ecommerce s3://a', ['']],
  ])('completes %s', async (line, texts) => {
    expect((await offered(line)).texts).toEqual(texts);
  });

  it.each([
    'datagen plan weather > kept --f',
    'datagen plan weather ; New-Item ran; datagen plan weather --f',
    'datagen plan weather $(New-Item ran) --f',
    'datagen plan weather "$(New-Item ran)" --f',
    'datagen plan weather (New-Item ran) --f',
    'datagen plan weather --config $(New-Item ran)/',
  ])('runs nothing of %s', async (line) => {
    const { place } = await offered(line);
    expect(existsSync(path.join(place, 'ran'))).toBe(false);
    expect(readFileSync(path.join(place, 'kept'), 'utf8')).toBe('kept');
  });
});

(python === '' ? it.skip : it)('the script for powershell parses, and hands over nothing but base64', () => {
  const commands = jsonLines('powershell_commands.py', script) as string[][];
  expect(commands.filter(([name]) => name === 'datagen')).toEqual([
    ['datagen', 'complete', '--encoded', '$encoded', '2>$null'],
  ]);
  // None of these evaluates text.
  expect(new Set(commands.map(([name]) => name))).toEqual(
    new Set([
      'Register-ArgumentCompleter',
      'datagen',
      'ConvertTo-Json',
      'ForEach-Object',
      'New-Object',
      'Select-Object',
      'Where-Object',
    ]),
  );
});
