/**
 * The arguments of Node.js for worker threads. From source, as in the project's own tests and scripts, a worker has
 * to be told how to read TypeScript, since nothing of that is inherited; an installed package needs nothing.
 */
export function workerArguments(moduleUrl: string): string[] {
  if (!moduleUrl.endsWith('.ts')) return [];
  const tsx = import.meta.resolve('tsx/esm/api');
  const boot = `import { register } from ${JSON.stringify(tsx)}; register();`;
  return ['--conditions=@datagen/source', '--import', `data:text/javascript,${encodeURIComponent(boot)}`];
}
