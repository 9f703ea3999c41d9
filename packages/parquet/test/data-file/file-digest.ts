import { createHash } from 'node:crypto';
import { thingsBatches, writeThings } from '../all-types.ts';

/** Prints the hash of one data file: run by a test in a process of its own. */
const { bytes } = await writeThings(thingsBatches(3000, 500));
process.stdout.write(createHash('sha256').update(bytes).digest('hex'));
