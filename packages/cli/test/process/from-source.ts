// The command as bin/datagen.js starts it, without a build.
import { main } from '../../src/process/main.ts';

await main();
