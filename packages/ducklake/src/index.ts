export { DuckLakeConfig } from './config.ts';
export { ducklake, ducklakePlugin } from './plugin.ts';
export { DuckLakeWriter } from './writer.ts';
