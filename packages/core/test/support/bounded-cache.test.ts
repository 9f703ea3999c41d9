import { expect, it } from '@jest/globals';
import { BoundedCache } from '../../src/generator.ts';

function recordingCache(capacity: number) {
  const cache = new BoundedCache<string, string | undefined>(capacity);
  const made: string[] = [];
  const use = (key: string) =>
    cache.get(key, () => {
      made.push(key);
      return key === 'nothing' ? undefined : key.toUpperCase();
    });
  return { use, made };
}

it('makes a value once while it is kept, undefined too', () => {
  const { use, made } = recordingCache(2);
  expect(['a', 'nothing', 'a', 'nothing'].map(use)).toEqual(['A', undefined, 'A', undefined]);
  expect(made).toEqual(['a', 'nothing']);
});

it('drops the value that was used least recently', () => {
  const { use, made } = recordingCache(2);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) use(key);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

it('keeps nothing of a call that throws', () => {
  const cache = new BoundedCache<number, number>(1);
  cache.get(1, () => 10);
  expect(() =>
    cache.get(2, () => {
      throw new Error('not made');
    }),
  ).toThrow('not made');
  expect(cache.get(1, () => 11)).toBe(10);
  expect(cache.get(2, () => 20)).toBe(20);
});
