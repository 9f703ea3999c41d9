import type { DatasetIdentity } from './generator.ts';

/** Part of a sentence on what two datasets differ in: `generator "ecommerce" with seed 1, and this run has seed 2`. */
export function differenceText(found: DatasetIdentity, asked: DatasetIdentity): string {
  if (found.generator !== asked.generator)
    return `generator "${found.generator}", and this run is of "${asked.generator}"`;
  if (found.version !== asked.version) {
    return `version ${String(found.version)} of generator "${found.generator}", and this run is of version ${String(asked.version)}`;
  }
  const names = [...new Set([...Object.keys(found.options), ...Object.keys(asked.options)])];
  const [there, here] = [found, asked].map(({ options }) =>
    names
      .filter((name) => JSON.stringify(found.options[name]) !== JSON.stringify(asked.options[name]))
      .map((name) => `${name} ${name in options ? JSON.stringify(options[name]) : 'unset'}`)
      .join(', '),
  );
  return `generator "${found.generator}" with ${there ?? ''}, and this run has ${here ?? ''}`;
}
