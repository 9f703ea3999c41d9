// `npm start`: sets up what is missing, then runs the command line where the user stands; without arguments, the main job.
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './ensure.mjs';

ensureInstalled();
ensureBuilt();
const { env, argv } = process;
const isNpm = env.npm_lifecycle_event === 'start' && env.INIT_CWD !== undefined;
// npm goes to the folder of package.json, and says where it came from.
if (isNpm) process.chdir(env.INIT_CWD);
if (argv.length === 2) argv.push('generate', 'ecommerce', './out/ecommerce');
if (isNpm && argv.includes('--json') && !process.stdout.isTTY && env.npm_config_loglevel !== 'silent') {
  console.error('npm has written lines of its own above the JSON: npm start --silent -- … leaves them out.');
}
const { main } = await import('../packages/cli/dist/process/main.js');
await main(program());

/** How the user would start it again from where they stand. */
function program() {
  const isInside = !path.relative(root, process.cwd()).startsWith('..');
  if (isNpm) return isInside ? 'npm start --' : `npm --prefix ${root} start --`;
  return `node ${path.relative(process.cwd(), import.meta.filename)}`;
}
