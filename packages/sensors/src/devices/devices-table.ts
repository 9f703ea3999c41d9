import {
  type BatchBuilder,
  category,
  column,
  date,
  defineTable,
  float64,
  int32,
  int64,
  rowsSource,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { siteAt } from '../sites/site.ts';
import { type DeviceRegister, MACHINE_TYPES, PLACEMENTS } from './device-register.ts';
import { SerialNumbers } from './serial-number.ts';

const devicesTable = defineTable({
  name: 'devices',
  description: 'A device with a sensor for each metric.',
  primaryKey: ['device_id'],
  foreignKeys: [
    { columns: ['site_id'], table: 'sites', references: ['site_id'] },
    { columns: ['gateway_id'], table: 'gateways', references: ['gateway_id'] },
  ],
  sortedBy: ['device_id'],
  columns: [
    column('device_id', int64(), 'Number of the device, from 1', { distinct: true }),
    column('site_id', int64(), 'Number of the site it is at, from 1'),
    column('site_name', text(), 'Town of the site and its number there'),
    column(
      'serial_number',
      text(),
      'Serial number: letters of the model, year and ISO week of manufacture, running number; unique',
      { distinct: true },
    ),
    column('model', category(), 'Model; all measure alike, and a site mostly has one'),
    column('firmware_version', category(), 'Version of its firmware'),
    column('placement', category(), 'outdoor, indoor, or machine: on a machine indoors'),
    column('installed_date', date(), 'Day of its first readings'),
    column(
      'calibration_date',
      date(),
      'Its last calibration on or before `installed_date`; those after it are in `calibrations`',
    ),
    column('latitude', float64(), 'Degrees north, 5 digits'),
    column('longitude', float64(), 'Degrees east, 5 digits'),
    column('elevation_m', int32(), 'Metres of the site above the sea'),
    column('machine_type', category(), 'What it is mounted on; null where it is on no machine', {
      nullable: true,
    }),
    column('gateway_id', int64(), 'The gateway close to it'),
  ],
});

const MODELS = ['EnviroNode 3', 'EnviroNode 3 Pro', 'TX-200', 'TX-210', 'FieldSense One'];
/** How serial numbers of the models begin. */
const PREFIXES = ['EN3', 'EN3P', 'TX20', 'TX21', 'FS1'];
/** The share of devices that are of the model that their site was fitted out with. */
const MAIN_MODEL_SHARE = 0.8;
const FIRMWARES = ['1.8.2', '2.0.4', '2.1.1', '2.1.3', '2.2.0'];
const models = textDictionary(MODELS);
const firmwares = textDictionary(FIRMWARES);
const placements = textDictionary(PLACEMENTS);
const machineTypes = textDictionary(MACHINE_TYPES);
/** The devices of a site lie within so many degrees, some 400 m. */
const SITE_SPAN = 0.004;

/** The table `devices`, in blocks of rows. */
export function devicesSource(seed: number, model: DevicesModel): TableSource {
  return rowsSource(devicesTable, model.devices.deviceCount, (builder, firstRow) => {
    fillDevices(seed, model, builder, firstRow);
  });
}

/** What the table is made from. */
interface DevicesModel {
  readonly devices: DeviceRegister;
  /** Knows the gateway, as a position from 0, that is close to a device. */
  readonly radio: { gatewayOf(index: number): number };
}

/** Fills devices from row `firstRow` of the table on. */
function fillDevices(
  seed: number,
  { devices, radio }: DevicesModel,
  builder: BatchBuilder,
  firstRow: number,
): void {
  const serials = new SerialNumbers(seed, 'devices');
  const siteRandom = new KeyedRandom(seed, 'sites', 'labels');
  const random = new KeyedRandom(seed, 'devices', 'labels');
  const deviceId = builder.int64('device_id');
  const siteId = builder.int64('site_id');
  const siteName = builder.utf8('site_name');
  const serialNumber = builder.utf8('serial_number');
  const model = builder.dictionary('model', models);
  const firmware = builder.dictionary('firmware_version', firmwares);
  const placement = builder.dictionary('placement', placements);
  const installedDate = builder.date('installed_date');
  const calibrationDate = builder.date('calibration_date');
  const latitude = builder.float64('latitude');
  const longitude = builder.float64('longitude');
  const elevation = builder.int32('elevation_m');
  const machineType = builder.dictionary('machine_type', machineTypes);
  const gatewayId = builder.int64('gateway_id');
  for (let i = 0; i < builder.length; i++) {
    const index = firstRow + i;
    const device = devices.at(index);
    const site = siteAt(seed, devices.siteOf(index));
    deviceId.set(i, index + 1);
    siteId.set(i, site.index + 1);
    siteName.appendText(site.name);
    siteName.endRow();
    const isMain = random.uniform(index, 0) < MAIN_MODEL_SHARE;
    const draw = isMain ? siteRandom.uniform(site.index) : random.uniform(index, 4);
    model.indexes[i] = Math.floor(draw * MODELS.length);
    serialNumber.appendText(
      serials.of(index, PREFIXES[model.indexes[i] as number] as string, device.calibrationDay),
    );
    serialNumber.endRow();
    // Most fleets run the latest versions.
    firmware.indexes[i] = Math.floor(Math.sqrt(random.uniform(index, 1)) * FIRMWARES.length);
    placement.indexes[i] = PLACEMENTS.indexOf(device.placement);
    installedDate.values[i] = device.installedDay;
    calibrationDate.values[i] = device.calibrationDay;
    latitude.values[i] =
      Math.round((site.latitude + SITE_SPAN * (random.uniform(index, 2) - 0.5)) * 1e5) / 1e5;
    longitude.values[i] =
      Math.round((site.longitude + SITE_SPAN * (random.uniform(index, 3) - 0.5)) * 1e5) / 1e5;
    elevation.values[i] = site.elevation;
    if (device.placement === 'machine') machineType.indexes[i] = MACHINE_TYPES.indexOf(device.machine);
    else machineType.setNull(i);
    gatewayId.set(i, radio.gatewayOf(index) + 1);
  }
}
