import type { Device, DeviceRegister } from '../devices/device-register.ts';
import type { DutyCycles, MachineDay } from '../machines/duty-cycles.ts';
import type { Upkeep, Work } from '../maintenance/upkeep.ts';
import type { SiteDay } from '../sites/site-day.ts';
import type { SiteDays } from '../sites/site-days.ts';

/** What surroundings are made from. */
interface SurroundingsModel {
  readonly stepsPerDay: number;
  readonly devices: DeviceRegister;
  readonly siteDays: SiteDays;
  readonly upkeep: Upkeep;
  readonly dutyCycles: DutyCycles;
}

/** What a device is exposed to on a day, before any sensor measures it; one device at a time, in the same memory. */
export class Surroundings {
  device: Device;
  /** Days since 1970. */
  day = 0;
  site: SiteDay;
  calibrations: Work = { beforeMs: 0, onDayMs: Infinity };
  batteryChanges: Work = { beforeMs: 0, onDayMs: Infinity };
  batteryDays = 0;
  /** What the machine does that the device is on or near. */
  readonly machine: MachineDay;
  /** True temperature at the device by step, °C. */
  readonly temperature: Float64Array;
  readonly #model: SurroundingsModel;

  constructor(model: SurroundingsModel, site: number, day: number) {
    const { devices, siteDays, stepsPerDay } = model;
    this.#model = model;
    this.device = devices.at(devices.devicesAt(site).first);
    this.site = siteDays.at(site, day);
    this.machine = { load: new Float64Array(stepsPerDay), heat: new Float64Array(stepsPerDay) };
    this.temperature = new Float64Array(stepsPerDay);
  }

  /** Turns to a device on a day since 1970. */
  open(device: Device, day: number): void {
    const { devices, siteDays, dutyCycles, upkeep } = this.#model;
    this.device = device;
    this.day = day;
    this.site = siteDays.at(device.site, day);
    this.calibrations = upkeep.calibrations(device.index, day);
    this.batteryChanges = upkeep.batteryChanges(device.index, day);
    this.batteryDays = devices.batteryDays(device.index);
    dutyCycles.fill(device, day, this.machine);
    this.#fillTemperature();
  }

  #fillTemperature(): void {
    const { placement, diurnalAmplitude } = this.device;
    const { air, diurnal } = this.site;
    const { heat } = this.machine;
    const into = this.temperature;
    const exposure = placement === 'outdoor' ? 1 : placement === 'indoor' ? 0.15 : 0.25;
    const inside = (1 - exposure) * (placement === 'machine' ? 26 : 21.5);
    const heating = placement === 'machine' ? 5 : 0;
    for (let i = 0; i < into.length; i++) {
      into[i] =
        inside +
        exposure * (air[i] as number) +
        diurnalAmplitude * (diurnal[i] as number) +
        heating * (heat[i] as number);
    }
  }
}
