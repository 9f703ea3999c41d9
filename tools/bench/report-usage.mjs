// Preloaded into a measured process: leaves its peak memory and processor time where the bench finds them.
import fs from 'node:fs';

/** The peak of this program alone: what `resourceUsage` tells begins with that of the process it was forked from. */
function peakBytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { peakBytes: peakBytes(), cpuMs: (userCPUTime + systemCPUTime) / 1000 };
  fs.writeFileSync(process.env.DATAGEN_USAGE_FILE, JSON.stringify(usage));
});
