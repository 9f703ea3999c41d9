// `npm start`: sets up what is missing, then runs the command line where the user stands; without arguments, the main job.
import { ensureBuilt, ensureInstalled } from './ensure.mjs';

ensureInstalled();
ensureBuilt();
const { env, argv } = process;
const isNpm = env.npm_lifecycle_event === 'start';
// npm goes to the folder of package.json, and says where it came from.
if (isNpm && env.INIT_CWD) process.chdir(env.INIT_CWD);
if (argv.length === 2) argv.push('generate', 'ecommerce', './out/ecommerce');
if (isNpm && argv.includes('--json') && !process.stdout.isTTY && env.npm_config_loglevel !== 'silent') {
  console.error('npm has written lines of its own above the JSON: npm start --silent -- … leaves them out.');
}
const { main } = await import('../packages/cli/dist/process/main.js');
await main(isNpm ? 'npm start --' : 'node tools/start.mjs');
