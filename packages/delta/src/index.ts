export { DeltaConfig } from './config.ts';
export { delta, deltaPlugin } from './plugin.ts';
export { DeltaWriter } from './writer.ts';
