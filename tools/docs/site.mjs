// `npm run docs`: builds the documentation site into out/site and checks its links; `-- --serve` also shows it.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from '../ensure.mjs';

const { values } = parseArgs({
  options: { serve: { type: 'boolean', default: false }, port: { type: 'string', default: '4173' } },
});
ensureInstalled();

// What is imported may have been installed just now.
const { build, serve } = await import('vitepress');
const { writeApi } = await import('./api.mjs');
const { brokenLinks } = await import('./links.mjs');

process.chdir(root);
if (!(await writeApi())) process.exit(1);
await build('docs');
const broken = brokenLinks(path.join(root, 'out/site'));
if (broken.length > 0) {
  console.error(broken.join('\n'));
  process.exit(1);
}
if (values.serve) await serve({ root: 'docs', port: Number(values.port) });
