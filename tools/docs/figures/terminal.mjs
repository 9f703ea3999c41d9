// `npm run recording`: runs the command in a terminal and draws what it showed, as it showed it, in
// docs/figures/terminal.svg. Needs `script` of util-linux.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from '../../ensure.mjs';
import { Screen } from './screen.mjs';
import { drawRecording } from './recording.mjs';

const COLUMNS = 120;
const FROM = 'datagen generate sensors ./lake --format delta --start-date 2026-01-01';
const COMMANDS = [`${FROM} --end-date 2026-01-31`, `${FROM} --end-date 2026-02-07`];
/** Seconds that a reader gets before a command, for a word of it, and after what it printed. */
const PAUSE = { command: 0.6, word: 0.1, output: 1.5 };

ensureInstalled();
ensureBuilt();
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-recording-'));
fs.symlinkSync(path.join(root, 'packages/cli/bin/datagen.js'), path.join(place, 'datagen'));

const screen = new Screen(COLUMNS);
let seconds = 0;
for (const command of COMMANDS) {
  type(command);
  await show(command);
  seconds += PAUSE.output;
  screen.write('\r\n', seconds);
}
const file = path.join(root, 'docs/figures/terminal.svg');
fs.writeFileSync(file, drawRecording(screen.spans(), COLUMNS));
fs.rmSync(place, { recursive: true });
console.log(path.relative(root, file));

/** Shows a command word by word, as if it were typed. */
function type(command) {
  screen.write('$ ', seconds);
  seconds += PAUSE.command;
  for (const word of command.split(/(?<= )/)) {
    screen.write(word, seconds);
    seconds += PAUSE.word;
  }
  screen.write('\r\n', seconds);
}

/** Runs a command on a terminal of its own and shows what it prints, when it prints it. */
async function show(command) {
  const env = { ...process.env, PATH: `${place}${path.delimiter}${process.env.PATH}`, TERM: 'xterm' };
  const terminal = spawn('script', ['-qec', `stty cols ${COLUMNS} rows 40; ${command}`, '/dev/null'], {
    cwd: place,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const begin = performance.now();
  const since = () => seconds + (performance.now() - begin) / 1000;
  terminal.stdout.on('data', (chunk) => screen.write(chunk.toString(), since()));
  const [status] = await once(terminal, 'close');
  if (status !== 0) throw new Error(`\`${command}\` ended with exit code ${status}.`);
  seconds = since();
}
