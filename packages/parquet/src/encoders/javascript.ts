export { javascriptEncoder } from './javascript-encoder.ts';
