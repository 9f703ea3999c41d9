const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1,234,567` */
export function countText(value: number): string {
  // toLocaleString takes 25 ms to get ready.
  return String(Math.round(value)).replace(/(?<=\d)(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `2 files` */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1.2 MB`; a kB is 1,000 bytes. */
export function bytesText(byteSize: number): string {
  let unit = 0;
  let value = byteSize;
  // From 999.5 on a value is printed with four digits: the next unit says it.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit] as string}`;
}
