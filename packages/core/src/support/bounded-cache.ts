/** Values that are costly to make, kept by key: at most `capacity` of them, the least recently used leaves first. */
export class BoundedCache<K, V> {
  readonly #capacity: number;
  /** In the order of use: a `Map` lists its keys as they were set. */
  readonly #values = new Map<K, V>();

  /** `capacity` is a whole number from 1 up. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of a key; `make` is called where it is not kept, and what it throws is thrown and keeps nothing. */
  get(key: K, make: () => V): V {
    const isKept = this.#values.has(key);
    const value = isKept ? (this.#values.get(key) as V) : make();
    if (isKept) this.#values.delete(key);
    else if (this.#values.size >= this.#capacity) this.#values.delete(this.#values.keys().next().value as K);
    this.#values.set(key, value);
    return value;
  }
}
