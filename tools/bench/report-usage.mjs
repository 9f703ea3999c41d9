// Preloaded into a measured process: leaves its peak memory and processor time where the bench finds them.
import fs from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { peakBytes: maxRSS * 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 };
  fs.writeFileSync(process.env.DATAGEN_USAGE_FILE, JSON.stringify(usage));
});
