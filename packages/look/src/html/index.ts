export { lookPage } from './page.ts';
