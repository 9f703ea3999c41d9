import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path/posix';

/** The text of a file, or undefined where it is not there or cannot be read. */
type ReadText = (path: string) => string | undefined;

/**
 * How many threads can run at a time: the cores that the process may use, or fewer where its container has a quota of
 * processor time, as `docker run --cpus` and Kubernetes set one. Tests say what the files and the cores of a machine are.
 */
export function availableProcessors(read: ReadText = readText, cores = availableParallelism()): number {
  const quota = processorQuota(read);
  return quota === undefined ? cores : Math.min(cores, Math.ceil(quota));
}

/**
 * Processors that the control group of this process and those around it allow, in parts of one: 0.5 is half a
 * processor. Undefined where there is no quota, and outside of Linux.
 */
export function processorQuota(read: ReadText): number | undefined {
  const mounts = read('/proc/self/mountinfo')?.split('\n').flatMap(parseMount) ?? [];
  const groups = read('/proc/self/cgroup')?.split('\n').flatMap(parseGroup) ?? [];
  const quotas = groups.flatMap(({ version, group }) =>
    mounts
      .filter((mount) => mount.version === version)
      .flatMap((mount) => foldersOf(mount, group))
      .map((folder) => (version === 2 ? quotaOfVersion2(read, folder) : quotaOfVersion1(read, folder)))
      .filter((quota) => quota !== undefined),
  );
  return quotas.length === 0 ? undefined : Math.min(...quotas);
}

interface Mount {
  readonly version: 1 | 2;
  /** The group that the mount point shows. */
  readonly root: string;
  readonly mountPoint: string;
}

/** A line of mountinfo: `32 31 0:29 /docker/1a2b /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu`. */
function parseMount(line: string): Mount[] {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , root, mountPoint] = before.split(' ').map(unescapeOctal);
  const [type, , options = ''] = after.split(' ');
  if (root === undefined || mountPoint === undefined) return [];
  if (type === 'cgroup2') return [{ version: 2, root, mountPoint }];
  return type === 'cgroup' && options.split(',').includes('cpu') ? [{ version: 1, root, mountPoint }] : [];
}

/** A line of /proc/self/cgroup: `0::/a/b` of version 2, `4:cpu,cpuacct:/a/b` of version 1. */
function parseGroup(line: string): { readonly version: 1 | 2; readonly group: string }[] {
  const [, id, controllers, group] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
  if (id === undefined || controllers === undefined || group === undefined) return [];
  if (id === '0' && controllers === '') return [{ version: 2, group }];
  return controllers.split(',').includes('cpu') ? [{ version: 1, group }] : [];
}

/** The folders of a group and of all groups around it: a quota holds for everything below. */
function foldersOf({ root, mountPoint }: Mount, group: string): string[] {
  const below = path.relative(root, group);
  // Without a namespace of its own, a container sees the group's path on the host, but only its own part is mounted.
  const names = below === '' || below.startsWith('..') ? [] : below.split('/');
  return [mountPoint, ...names.map((_, i) => path.join(mountPoint, ...names.slice(0, i + 1)))];
}

/** `cpu.max` holds "max 100000" or "150000 100000": microseconds of processor time in each period. */
function quotaOfVersion2(read: ReadText, folder: string): number | undefined {
  const [quota = '', period = ''] = read(path.join(folder, 'cpu.max'))?.trim().split(' ') ?? [];
  return quotient(quota, period);
}

function quotaOfVersion1(read: ReadText, folder: string): number | undefined {
  const [quota = '', period = ''] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) =>
    read(path.join(folder, name))?.trim(),
  );
  return quotient(quota, period);
}

/** Undefined for "max" and -1, which are no quota, and for what is no number. */
function quotient(quota: string, period: string): number | undefined {
  const processors = Number(quota) / Number(period);
  return processors > 0 && Number.isFinite(processors) ? processors : undefined;
}

/** The kernel writes a space in a path as `\040`. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Neither Linux nor a group with quotas: no file of these has to be there.
    return undefined;
  }
}
