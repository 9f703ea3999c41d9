// A process of its own: encodes two files with the addon of its first argument at the same time, and prints the KiB of
// memory that it has on top of what it had before, while both are open and after both have ended.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { Field, Float64, Schema, Table, tableToIPC } from 'apache-arrow';

const ROWS = 16_384;
const { FileEncoder } = createRequire(import.meta.url)(process.argv[2]);
const schema = tableToIPC(new Table(new Schema([new Field('x', new Float64(), false)])));
const settings = {
  compression: 'snappy',
  rowGroupRows: 2 ** 22,
  withoutDictionary: ['x'],
  deltas: [],
  classic: false,
  sortedBy: [],
  key: 'k',
  value: 'v',
};
const values = new Uint8Array(Float64Array.from({ length: ROWS }, Math.random).buffer);
const target = new Uint8Array(2 ** 19);

const ownMemory = () =>
  Number(/^RssAnon:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]);

/** From here on glibc takes blocks of up to 32 MiB from its heaps. */
function freeLargeBlock() {
  Buffer.alloc(30 * 2 ** 20, 1);
}

freeLargeBlock();
globalThis.gc();
await new Promise((resolve) => setTimeout(resolve, 100));
globalThis.gc();
const before = ownMemory();
const files = [new FileEncoder(schema, settings), new FileEncoder(schema, settings)];
for (let batch = 0; batch < 60; batch++) for (const file of files) file.write(ROWS, [{ values }]);
const open = ownMemory() - before;
for (const file of files) {
  file.finish();
  while (file.read(target) > 0);
}
process.stdout.write(JSON.stringify({ open, ended: ownMemory() - before }));
