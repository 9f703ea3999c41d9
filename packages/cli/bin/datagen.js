#!/usr/bin/env node
import module from 'node:module';

// From Node.js 22.8 on code that is compiled once is kept in the folder of temporary files.
module.enableCompileCache?.();
// From Node.js 22.15 on apache-arrow is loaded from one file instead of 147, by everything in this thread. Threads load the
// library, among them that of a command with plug-ins.
const arrow = new URL('../dist/process/apache-arrow.js', import.meta.url).href;
module.registerHooks?.({
  resolve: (specifier, context, next) =>
    specifier === 'apache-arrow' && context.conditions.includes('import')
      ? { url: arrow, shortCircuit: true }
      : next(specifier, context),
});
const { main } = await import('../dist/process/main.js');
await main();
