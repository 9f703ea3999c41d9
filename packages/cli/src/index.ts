export { BUILTINS, type Builtins, type Format } from './builtins.ts';
export type { Io, TextStream } from './terminal/io.ts';
export { run } from './commands/run.ts';
