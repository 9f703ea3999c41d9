import { describe, expect, it } from '@jest/globals';
import { importRef } from '../../src/writer/index.ts';

/** What the first test finds by name. */
export function double(options: unknown): number {
  return (options as number) * 2;
}

describe('importRef', () => {
  it('imports the function a reference names', async () => {
    const found = await importRef<typeof double>({ module: import.meta.url, export: 'double', options: 21 });
    expect(found(21)).toBe(42);
  });

  it('says what is wrong with a reference', async () => {
    await expect(
      importRef({ module: import.meta.url, export: 'triple', options: null }),
    ).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: `Module ${import.meta.url} exports no function \`triple\`.`,
    });
    await expect(
      importRef({ module: 'file:///no/such/module.js', export: 'x', options: null }),
    ).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: expect.stringContaining('Cannot import file:///no/such/module.js'),
    });
  });
});
