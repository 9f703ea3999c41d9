import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const SCRIPTS = path.resolve(import.meta.dirname, '../../../cli/shells');
const BIN = path.resolve(import.meta.dirname, '../../../cli/bin/datagen.js');
const has = (command: string) => spawnSync(command, ['--version']).error === undefined;
const python = process.env['DATAGEN_PYTHON'] ?? '';

/** The file that a shell in a terminal makes by a key after Tab, so when Tab is done and shown. */
const ANSWERED = '.answered';

interface Typed {
  /** What is in the folder afterwards, besides what was there before. */
  readonly made: readonly string[];
  readonly offered: string;
}

/** A folder with a `datagen` on the path, a file that nothing may empty, and a place for what nothing may make. */
async function prepare(): Promise<{ folder: string; env: NodeJS.ProcessEnv }> {
  const folder = await createPlace();
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'datagen'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(path.join(bin, 'datagen'), 0o755);
  writeFileSync(path.join(folder, 'precious'), 'keep me');
  writeFileSync(path.join(folder, 'my shop.yaml'), 'generator: ecommerce\n');
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder };
  return { folder, env };
}

type Shell = (folder: string, env: NodeJS.ProcessEnv, line: string) => string;

/** Calls the completion function as bash does, with the words of the line cut as bash cuts them. */
const bash: Shell = (folder, env, line) => {
  const words: string[] = line.match(/(?:'[^']*'?|"[^"]*"?|[^\s=:'"])+|[=:]+/g) ?? [];
  if (/\s$/.test(line)) words.push('');
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const program = `
    source '${SCRIPTS}/datagen.bash'; source '${SCRIPTS}/datagen.bash'
    COMP_LINE='${line.replaceAll("'", `'\\''`)}'; COMP_POINT=\${#COMP_LINE}
    COMP_WORDS=(${quoted}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    __datagen_complete datagen 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '--noprofile', '-c', program], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
};

/** Types the line into an interactive zsh in a terminal of its own, and lists what it offers. */
const zsh: Shell = (folder, env, line) => {
  const inner = `
    PS1='READY> '; autoload -Uz compinit; compinit -u -D
    source '${SCRIPTS}/datagen.zsh'; source '${SCRIPTS}/datagen.zsh'
    zstyle ':completion:*' list-prompt ''
    # By default zsh itself expands a word before it completes it, whatever the command.
    bindkey '^I' complete-word
    # Without a speed of the terminal each key is shown before the next one is read.
    BAUD=0
    answered() { : > "$HOME/${ANSWERED}" }
    zle -N answered; bindkey '^X' answered
    LISTMAX=10000; setopt no_beep`;
  writeFileSync(path.join(folder, '.zshrc'), inner);
  const program = `
    zmodload zsh/zpty
    zpty -b shell zsh -i
    zpty -r shell started '*READY> *'
    zpty -w -n shell ${quote(line)}$'\\t\\x18'
    show() { while zpty -r -t shell chunk; do print -rn -- "$chunk"; done }
    repeat 600 { show; [[ -e "$HOME/${ANSWERED}" ]] && break; sleep 0.1 }
    show
    [[ -e "$HOME/${ANSWERED}" ]]; code=$?
    zpty -d shell
    exit $code`;
  return execFileSync('zsh', ['-f', '-c', program], {
    cwd: folder,
    env: { ...env, ZDOTDIR: folder, TERM: 'dumb' },
    encoding: 'utf8',
  });
};

const fish: Shell = (folder, env, line) => {
  const program = `source '${SCRIPTS}/datagen.fish'; source '${SCRIPTS}/datagen.fish'; complete -C ${fishQuote(line)}`;
  return execFileSync('fish', ['--no-config', '-c', program], { cwd: folder, env, encoding: 'utf8' });
};

/** As bash and zsh read it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function fishQuote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

async function type(shell: Shell, line: string): Promise<Typed> {
  const { folder, env } = await prepare();
  const before = readdirSync(folder);
  const offered = shell(folder, env, line);
  expect(readFileSync(path.join(folder, 'precious'), 'utf8')).toBe('keep me');
  const known = [...before, ANSWERED, '.zshrc', '.cache', '.config', '.local', '.zcompdump'];
  return { offered, made: readdirSync(folder).filter((name) => !known.includes(name)) };
}

describe.each([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
] as const)('completion in %s', (name, shell) => {
  const isThere = has(name);
  const test = isThere ? it : it.skip;

  test('offers commands, flags and values, also after = and in lists', async () => {
    expect((await type(shell, 'datagen gen')).offered).toContain('generate');
    expect((await type(shell, 'datagen generate ecommerce --n-cus')).offered).toContain('--n-customers');
    expect((await type(shell, 'datagen generate ecommerce --compression=z')).offered).toMatch(/zstd/);
    expect((await type(shell, 'datagen generate ecommerce --tables orders,c')).offered).toContain(
      'orders,customers',
    );
  }, 120_000);

  test.each([
    `datagen generate 'ecommerce' --n-cus`,
    `datagen generate "ecommerce" --n-cus`,
    `datagen generate --config 'my shop.yaml' --n-cus`,
    `datagen generate --config "my shop.yaml" --n-cus`,
  ])(
    'goes on after a quoted word: %s',
    async (line) => {
      expect((await type(shell, line)).offered).toContain('--n-customers');
    },
    120_000,
  );

  // bash itself completes paths where the function offers nothing.
  (isThere && name !== 'bash' ? it : it.skip)(
    'completes the path that belongs to a flag, also after =',
    async () => {
      expect((await type(shell, 'datagen generate --config my')).offered).toMatch(/my( |\\ )shop\.yaml/);
      expect((await type(shell, 'datagen generate --config=my')).offered).toMatch(/my( |\\ )shop\.yaml/);
    },
    120_000,
  );

  test.each([
    'datagen plan weather > precious --f',
    'datagen plan weather $(touch made) --f',
    'datagen plan weather `touch made` --f',
    'datagen plan "$(touch made)" ; touch made ; datagen plan weather --f',
    "datagen plan 'a b' & touch made ; datagen plan weather --f",
    'datagen plan weather ${x:=$(touch made)} <(touch made) --f',
    'datagen plan weather $(touch made)/',
    'datagen plan weather "$(touch made)" --f',
    'datagen plan weather "`touch made`',
    'datagen plan weather --config ${x:=$(touch made)}/',
  ])(
    'runs nothing of: %s',
    async (line) => {
      const { made } = await type(shell, line);
      expect(made).toEqual([]);
    },
    120_000,
  );
});

describe('completion in an interactive bash', () => {
  const test = python === '' ? it.skip : it;
  test('completes a line that redirects, and neither empties the file nor runs a command', async () => {
    const { folder, env } = await prepare();
    const drive = path.join(import.meta.dirname, 'drive_bash.py');
    const run = (line: string) =>
      execFileSync(python, [drive, `${SCRIPTS}/datagen.bash`, folder, line], { env, encoding: 'utf8' });
    expect(run('datagen generate ecommerce --n-cus')).toContain('--n-customers');
    run('datagen plan weather > precious --f');
    run('datagen plan weather $(touch made) --f');
    expect(readFileSync(path.join(folder, 'precious'), 'utf8')).toBe('keep me');
    expect(existsSync(path.join(folder, 'made'))).toBe(false);
  }, 120_000);
});
