import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { createPlace } from '../place.ts';
import type { CodeBlock } from './code-blocks.ts';
import { root } from './packed.ts';

const execute = promisify(execFile);

/** A query and its answer, as DuckDB's own shell draws it. */
const SQL = 'import duckdb, sys; duckdb.sql(sys.argv[1]).show(max_width=1000)';

interface Output {
  readonly shown: string;
  readonly printed: string;
}

/** A folder in which the blocks of a page run one after the other, as a reader would run them. */
export class PageFolder {
  readonly path: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.path = folder;
    this.#environment = environment;
  }

  /** `interpreter` is the Python of the page; of its environment all commands are at hand. */
  static async create(interpreter: string, environment: NodeJS.ProcessEnv = {}): Promise<PageFolder> {
    const folder = await createPlace();
    // The workspace's packages are those that a reader would have installed.
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const commands = await createPlace();
    symlinkSync(path.join(root, 'packages/cli/bin/datagen.js'), path.join(commands, 'datagen'));
    const home = await createPlace();
    // As in a shell: by the variables of `npm test` the command would know itself as started by npm.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
    return new PageFolder(folder, {
      ...Object.fromEntries(inherited),
      PATH: [commands, path.dirname(interpreter), process.env['PATH']].join(path.delimiter),
      HOME: home,
      TZ: 'UTC',
      NO_COLOR: '1',
      DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
      ...environment,
    });
  }

  /** Puts an extension, from its Python package, where DuckDB's `INSTALL` finds it: it would fetch it from a network. */
  addExtension(file: string): void {
    const version = path.basename(path.dirname(file));
    const platform = `${process.platform === 'darwin' ? 'osx' : process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
    const folder = path.join(this.#environment['HOME'] ?? '', '.duckdb/extensions', version, platform);
    mkdirSync(folder, { recursive: true });
    copyFileSync(file, path.join(folder, path.basename(file)));
  }

  /** Saves a block that is a file, else runs it, and gives what the page says it prints beside what it printed. */
  async run(block: CodeBlock): Promise<readonly Output[]> {
    if (block.file !== undefined) {
      const file = path.join(this.path, block.file);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, block.code);
      if (block.language === 'sh') chmodSync(file, 0o755);
      return [];
    }
    if (block.language === 'console') return this.#console(block.code);
    const printed = await this.#execute(...this.#commandOf(block));
    return block.printed === undefined ? [] : [{ shown: block.printed, printed }];
  }

  #commandOf({ language, code, page, line }: CodeBlock): [string, string[]] {
    if (language === 'sh') return ['bash', ['-euo', 'pipefail', '-c', code]];
    if (language === 'sql') return ['python', ['-c', SQL, code]];
    if (language === 'python') return ['python', ['-c', code]];
    if (language === 'ts' || language === 'js') {
      const file = path.join(this.path, `block-${line}.${language === 'ts' ? 'mts' : 'mjs'}`);
      writeFileSync(file, code);
      return [process.execPath, ['--import', 'tsx', file]];
    }
    throw new Error(`Expected a block that can be run at line ${line} of ${page}, got ${language}.`);
  }

  /** Runs each line after `$ `, below which there may be what it prints. */
  async #console(code: string): Promise<readonly Output[]> {
    const outputs: Output[] = [];
    for (const [, command = '', shown = ''] of code.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
      const printed = await this.#execute('bash', ['-euo', 'pipefail', '-c', command]);
      if (shown.trim() !== '') outputs.push({ shown, printed });
    }
    return outputs;
  }

  async #execute(command: string, args: readonly string[]): Promise<string> {
    const options = { cwd: this.path, env: this.#environment, maxBuffer: 2 ** 26 };
    const { stdout } = await execute(command, args, options).catch((failed: unknown) => {
      const { message, stdout, stderr } = failed as Error & { stdout: string; stderr: string };
      throw new Error([message, stdout, stderr].join('\n'));
    });
    return stdout;
  }
}
