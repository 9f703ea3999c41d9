import { describe, expect, it } from '@jest/globals';
import { SensorsConfig } from '../../src/config.ts';
import { Gaps } from '../../src/delivery/gaps.ts';
import { MessageCounts } from '../../src/delivery/message-counts.ts';
import { DeviceRegister } from '../../src/devices/device-register.ts';

/** Remembers which devices it was asked about. */
class RecordingRegister extends DeviceRegister {
  readonly asked = new Set<number>();

  override installedDay(index: number): number {
    this.asked.add(index);
    return super.installedDay(index);
  }
}

const config = SensorsConfig.parse({
  nDevices: 23,
  devicesPerSite: 5,
  samplingSeconds: 600,
  missingRate: 0.2,
});
const countsOf = () => {
  const devices = new RecordingRegister(config);
  const gaps = new Gaps(config);
  return { devices, gaps, counts: new MessageCounts(devices, gaps) };
};
const FIRST_DAY = 18_262;

describe('the messages of a site', () => {
  it('are as many as its devices have, on every day', () => {
    const { devices, gaps, counts } = countsOf();
    const steps = new Int32Array(gaps.stepsPerDay);
    for (let day = FIRST_DAY; day < FIRST_DAY + 800; day += 13) {
      for (let site = 0; site < devices.siteCount; site++) {
        const { first, end } = devices.devicesAt(site);
        let expected = 0;
        for (let device = first; device < end; device++)
          if (day >= devices.installedDay(device)) expected += gaps.presentSteps(device, day, steps);
        expect(counts.on(site, day)).toBe(expected);
      }
    }
  });

  it('are counted without those of other sites', () => {
    const { devices, counts } = countsOf();
    for (const day of [FIRST_DAY + 700, FIRST_DAY + 701, FIRST_DAY + 800]) counts.on(2, day);
    expect([...devices.asked].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14]);
  });
});
