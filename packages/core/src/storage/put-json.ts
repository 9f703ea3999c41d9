import type { Storage } from './storage.ts';

/** Puts a small file of JSON, in the place of one of that name. */
export async function putJson(storage: Storage, path: string, content: unknown): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  await storage.write(
    path,
    (async function* () {
      yield await Promise.resolve(bytes);
    })(),
  );
}
