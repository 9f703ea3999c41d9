/** A function of a whole number that remembers its last `limit` different results. */
export function rememberRecent<T>(limit: number, make: (index: number) => T): (index: number) => T {
  const known = new Map<number, T>();
  return (index) => {
    const found = known.get(index);
    if (found !== undefined) return found;
    const made = make(index);
    if (known.size >= limit) known.delete(known.keys().next().value as number);
    known.set(index, made);
    return made;
  };
}
