// `npm start`: sets up what is missing, then runs the command line; without arguments, the main job.
import { ensureBuilt, ensureInstalled } from './ensure.mjs';

ensureInstalled();
ensureBuilt();
if (process.argv.length === 2) process.argv.push('generate', 'ecommerce', './out/ecommerce');
await import('../packages/cli/bin/datagen.js');
