// `npm run figures [domain …]`: draws docs/figures/<domain>.svg from freshly made rows.
import '../from-source.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../ensure.mjs';

const { figure } = await import('./chart.mjs');
const domains = ['ecommerce', 'market', 'sensors', 'weather'];
const asked = process.argv.slice(2);
for (const domain of asked.length > 0 ? asked : domains) {
  const { panels } = await import(`./${domain}.mjs`);
  const file = path.join(root, 'docs', 'figures', `${domain}.svg`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, figure(panels()));
  console.log(path.relative(root, file));
}
