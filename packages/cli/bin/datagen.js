#!/usr/bin/env node
import module from 'node:module';

// From Node.js 22.8 on code that is compiled once is kept in the folder of temporary files.
module.enableCompileCache?.();
const { main } = await import('../dist/process/main.js');
await main();
