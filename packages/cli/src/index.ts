export { BUILTINS } from './builtins.ts';
export { run, type RunOptions } from './commands/run.ts';
export type { Builtins, Format } from './plugins/offer.ts';
export type { NodeOutput } from './terminal/output.ts';
