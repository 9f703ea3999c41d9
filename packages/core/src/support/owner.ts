import { hostname } from 'node:os';

/** Names this process. */
export function ownOwner(): string {
  return `${hostname()}~${String(process.pid)}`;
}

/** Whether the process that an owner names still runs, as far as this one can tell. */
export function ownerState(owner: string): 'running' | 'gone' | 'unknown' {
  const [host, pid] = owner.split('~');
  if (host !== hostname()) return 'unknown';
  try {
    process.kill(Number(pid), 0);
    return 'running';
  } catch {
    return 'gone';
  }
}
