import { fileURLToPath } from 'node:url';
import type { TestWarehouse } from './warehouses.ts';

const bin = fileURLToPath(new URL('../../../../../cli/bin/datagen.js', import.meta.url));

/** The words after `node` that write a generator's tables into a warehouse by the command line. */
export function commandOf(
  { place, options }: TestWarehouse,
  generator: string,
  ...flags: string[]
): string[] {
  const { catalog = 'sql', catalogUri = '', catalogName, namespace } = options;
  return [
    bin,
    'generate',
    generator,
    place,
    '--format',
    'iceberg',
    '--catalog',
    catalog,
    '--catalog-uri',
    catalogUri,
    ...(catalogName === undefined ? [] : ['--catalog-name', catalogName]),
    '--namespace',
    namespace,
    ...flags,
  ];
}
