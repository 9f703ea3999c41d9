// `npm run figures [domain …]`: draws docs/figures/<domain>.svg from freshly made rows.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../ensure.mjs';

const flags = ['--import', 'tsx', '--conditions=@datagen/source'];
if (!process.execArgv.includes(flags[2])) {
  // Generators are read from source: start again as the tests run, without a build.
  const { status } = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], {
    stdio: 'inherit',
    cwd: root,
  });
  process.exit(status ?? 1);
}

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
