import { testGenerator } from '@datagen/testkit';
import { sensorsPlugin } from '../../src/index.ts';

testGenerator({
  plugin: sensorsPlugin,
  options: {
    nDevices: 12,
    devicesPerSite: 5,
    samplingSeconds: 1_800,
    anomaliesPerDay: 1,
    lateRate: 0.05,
    calibrationDays: 28,
    batteryDays: 30,
  },
  startDate: '2026-01-30',
  endDate: '2026-02-02',
  digestsUrl: new URL('./digests.json', import.meta.url),
});
