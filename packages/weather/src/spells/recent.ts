/**
 * A function of a whole number that remembers its last `limit` different results. `make` is given the one that is
 * forgotten for it, and may use its memory again.
 */
export function rememberRecent<T>(
  limit: number,
  make: (index: number, forgotten?: T) => T,
): (index: number) => T {
  const known = new Map<number, T>();
  return (index) => {
    const found = known.get(index);
    if (found !== undefined) return found;
    let forgotten: T | undefined;
    if (known.size >= limit) {
      const oldest = known.keys().next().value as number;
      forgotten = known.get(oldest);
      known.delete(oldest);
    }
    const made = make(index, forgotten);
    known.set(index, made);
    return made;
  };
}
