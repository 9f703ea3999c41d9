import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process so that another one can tell whether it still runs. Host name and process id are not enough:
 * containers repeat both. So it says the boot of the machine, the namespace of process ids, and when the process
 * began, as far as the system tells them (Linux); `-` stands for what it does not. Safe in a file name.
 */
export function ownOwner(): string {
  own ??= [hostDigest(), bootId(), pidNamespace(), String(process.pid), startTimeOf(process.pid) ?? '-'].join(
    '.',
  );
  return own;
}

let own: string | undefined;

/**
 * Whether the process that an owner names still runs; `unknown` for one of another machine or container, which this
 * process cannot see.
 */
export function ownerState(owner: string): 'running' | 'gone' | 'unknown' {
  const [host, boot, namespace, pid = '', started] = owner.split('.');
  const [ownHost, ownBoot, ownNamespace] = ownOwner().split('.');
  if (host !== ownHost || boot !== ownBoot || namespace !== ownNamespace) return 'unknown';
  if (!isRunning(Number(pid))) return 'gone';
  // Ids are used again; the process that has this one now may have begun later.
  return started === '-' || started === (startTimeOf(Number(pid)) ?? '-') ? 'running' : 'gone';
}

function hostDigest(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function bootId(): string {
  return firstOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8));
}

function pidNamespace(): string {
  return firstOf(() => readlinkSync('/proc/self/ns/pid').replace(/\D/g, ''));
}

/** Clock ticks since boot at which a process began: field 22 of proc(5)'s stat, after the name in parentheses. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function firstOf(read: () => string): string {
  try {
    return read() || '-';
  } catch {
    return '-';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
