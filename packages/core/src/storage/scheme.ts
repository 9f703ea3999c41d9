/**
 * What stands before the colon of a URI, in lower case; undefined for a path. `C:\data` and `C:/data` are paths on
 * Windows alone: elsewhere they would be folders below the working one, so `c` is a scheme there that nobody knows.
 */
export function schemeOf(uri: string): string | undefined {
  const drive = /^([a-z]):[\\/]/i.exec(uri);
  if (drive !== null) return process.platform === 'win32' ? undefined : drive[1]?.toLowerCase();
  return /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase();
}
