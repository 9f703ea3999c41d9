import { spawn } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../../tools/interop/server/serve.py', import.meta.url));

/** Starts the server of Python's scripts before all tests, where there is Python; it ends with the process of Jest. */
export default async function startPythonServer() {
  const interpreter = process.env.DATAGEN_PYTHON ?? '';
  if (interpreter === '') return;
  const server = spawn(interpreter, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(server, 'exit').then(() => {
    throw new Error(`Expected ${script} to print where it listens, and it ended.`);
  });
  const lines = readline.createInterface({ input: server.stdout });
  const [socket] = await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => undefined);
  // Nothing waits for it: it is not to keep Jest from its end.
  for (const handle of [server, server.stdin, server.stdout]) handle.unref();
  process.env.DATAGEN_PYTHON_SERVER = socket;
}
