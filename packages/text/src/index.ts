export { csv, CsvConfig, csvPlugin } from './csv.ts';
export { jsonl, jsonlPlugin } from './jsonl.ts';
