import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { availableProcessors, processorQuota } from '../../src/run/threads/available-processors.ts';

/** The files of a machine, by path. */
const quotaOf = (files: Readonly<Record<string, string>>) => processorQuota((file) => files[file]);

/** Version 2 as a container with a namespace of its own sees it. */
const V2 = {
  '/proc/self/cgroup': '0::/\n',
  '/proc/self/mountinfo':
    '1080 1079 0:27 / /sys/fs/cgroup ro,nosuid,nodev - cgroup2 cgroup rw,nsdelegate,memory_recursiveprot\n',
};

describe('processorQuota', () => {
  it('reads the quota of version 2, in parts of a processor', () => {
    expect(quotaOf({ ...V2, '/sys/fs/cgroup/cpu.max': '150000 100000\n' })).toBe(1.5);
    expect(quotaOf({ ...V2, '/sys/fs/cgroup/cpu.max': '20000 100000\n' })).toBe(0.2);
  });

  it('finds none where there is none', () => {
    expect(quotaOf({ ...V2, '/sys/fs/cgroup/cpu.max': 'max 100000\n' })).toBeUndefined();
    expect(quotaOf(V2)).toBeUndefined();
    expect(quotaOf({})).toBeUndefined();
    expect(quotaOf({ '/proc/self/cgroup': 'what?\n', '/proc/self/mountinfo': '\n1 2\n' })).toBeUndefined();
  });

  it('takes the smallest of the quotas of a group and of those around it', () => {
    const files = {
      '/proc/self/cgroup': '0::/kubepods.slice/pod1/container\n',
      '/proc/self/mountinfo': '31 23 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw\n',
      '/sys/fs/cgroup/kubepods.slice/cpu.max': '700000 100000\n',
      '/sys/fs/cgroup/kubepods.slice/pod1/cpu.max': '300000 100000\n',
      '/sys/fs/cgroup/kubepods.slice/pod1/container/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/kubepods.slice/pod2/cpu.max': '100000 100000\n',
    };
    expect(quotaOf(files)).toBe(3);
  });

  it('reads the quota of version 1, whose container sees the path of the host', () => {
    const files = {
      '/proc/self/cgroup': '12:memory:/docker/1a2b\n4:cpu,cpuacct:/docker/1a2b\n0::/docker/1a2b\n',
      '/proc/self/mountinfo':
        '900 890 0:30 /docker/1a2b /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n' +
        '901 890 0:31 /docker/1a2b /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '250000\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    };
    expect(quotaOf(files)).toBe(2.5);
    expect(quotaOf({ ...files, '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n' })).toBeUndefined();
  });

  it('looks at the mount point where the group lies outside of what is mounted', () => {
    const files = {
      '/proc/self/cgroup': '4:cpu:/../../other\n',
      '/proc/self/mountinfo': '901 890 0:31 / /c\\040groups/cpu ro - cgroup cgroup rw,cpu\n',
      '/c groups/cpu/cpu.cfs_quota_us': '100000\n',
      '/c groups/cpu/cpu.cfs_period_us': '50000\n',
    };
    expect(quotaOf(files)).toBe(2);
  });

  it('does not take the quota of another controller, or of a version that the process is not in', () => {
    const files = {
      '/proc/self/cgroup': '4:cpuacct:/\n2:cpuset:/\n',
      '/proc/self/mountinfo':
        '32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n' +
        '41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '100000\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/unified/cpu.max': '100000 100000\n',
    };
    expect(quotaOf(files)).toBeUndefined();
  });
});

describe('availableProcessors', () => {
  /** What a container of a machine with so many cores has, given the text of its `cpu.max`. */
  const processorsOf = (cpuMax: string, cores: number) => {
    const files: Readonly<Record<string, string>> = { ...V2, '/sys/fs/cgroup/cpu.max': cpuMax };
    return availableProcessors((file) => files[file], cores);
  };

  it.each([
    ['50000 100000\n', 8, 1],
    ['150000 100000\n', 8, 2],
    ['150000 100000\n', 1, 1],
    ['6400000 100000\n', 8, 8],
    ['max 100000\n', 8, 8],
  ])('has whole processors for the quota %j on %i cores: %i', (cpuMax, cores, expected) => {
    expect(processorsOf(cpuMax, cores)).toBe(expected);
  });

  it('is what this machine has, where nothing else is said', () => {
    const quota = processorQuota((file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined));
    const cores = availableParallelism();
    expect(availableProcessors()).toBe(Math.min(cores, Math.ceil(quota ?? cores)));
  });
});
