import { describe, expect, it } from '@jest/globals';
import { SensorsConfig } from '../../src/config.ts';
import { MessageCounts } from '../../src/delivery/message-counts.ts';
import { Messages } from '../../src/delivery/messages.ts';
import { DeviceRegister } from '../../src/devices/device-register.ts';

/** Remembers which devices it was asked about. */
class RecordingRegister extends DeviceRegister {
  readonly asked = new Set<number>();

  override installedDay(index: number): number {
    this.asked.add(index);
    return super.installedDay(index);
  }
}

const countsOf = (duplicateRate: number) => {
  const config = SensorsConfig.parse({
    nDevices: 23,
    devicesPerSite: 5,
    samplingSeconds: 600,
    missingRate: 0.2,
    duplicateRate,
  });
  const devices = new RecordingRegister(config);
  const messages = new Messages(config, devices);
  return { devices, messages, counts: new MessageCounts(devices, messages) };
};
const FIRST_DAY = 18_262;

describe('the messages of a site', () => {
  it.each([0, 0.3])(
    'are as many as its devices have, on every day, with a share of %d twice',
    (duplicateRate) => {
      const { devices, messages, counts } = countsOf(duplicateRate);
      const steps = new Int32Array(messages.mostPerDay);
      const copies = new Uint8Array(messages.mostPerDay);
      let twice = 0;
      let all = 0;
      for (let day = FIRST_DAY; day < FIRST_DAY + 800; day += 13) {
        for (let site = 0; site < devices.siteCount; site++) {
          const { first, end } = devices.devicesAt(site);
          let expected = 0;
          for (let device = first; device < end; device++) {
            if (day < devices.installedDay(device)) continue;
            const count = messages.fill(device, day, steps, copies);
            expected += count;
            twice += copies.subarray(0, count).reduce((sum, copy) => sum + copy, 0);
          }
          all += expected;
          expect(counts.on(site, day)).toBe(expected);
        }
      }
      expect(all).toBeGreaterThan(50_000);
      expect(Math.abs(twice / (all - twice) - duplicateRate)).toBeLessThan(0.02);
    },
  );

  it('are counted without those of other sites', () => {
    const { devices, counts } = countsOf(0);
    for (const day of [FIRST_DAY + 700, FIRST_DAY + 701, FIRST_DAY + 800]) counts.on(2, day);
    expect([...devices.asked].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14]);
  });
});
