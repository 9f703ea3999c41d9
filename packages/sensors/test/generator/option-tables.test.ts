import { testGenerator } from '@datagen/testkit';
import { sensorsPlugin } from '../../src/index.ts';

// What is made only when it is asked for: messages, and copies of them.
testGenerator({
  plugin: sensorsPlugin,
  options: {
    nDevices: 7,
    devicesPerSite: 5,
    samplingSeconds: 3_600,
    metrics: ['battery', 'pressure'],
    anomaliesPerDay: 1,
    lateRate: 0.1,
    calibrationDays: 3,
    batteryDays: 30,
    duplicateRate: 0.2,
    messages: true,
  },
  startDate: '2026-01-26',
  endDate: '2026-02-05',
  digestsUrl: new URL('./option-digests.json', import.meta.url),
});
