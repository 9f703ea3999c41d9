import {
  type BatchBuilder,
  category,
  column,
  date,
  defineTable,
  firstRowOf,
  float64,
  int32,
  int64,
  rowBlocks,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { siteAt } from '../sites/site.ts';
import { type DeviceRegister, PLACEMENTS } from './device-register.ts';

const devicesTable = defineTable({
  name: 'devices',
  description: 'A device with a sensor for each metric.',
  primaryKey: ['device_id'],
  sortedBy: ['device_id'],
  columns: [
    column('device_id', int64(), 'Number of the device, from 1', { distinct: true }),
    column('site_id', int64(), 'Number of the site it is at, from 1'),
    column('site_name', text(), 'Town of the site and its number there'),
    column('serial_number', text(), 'Serial number: SN and eight hexadecimal digits; unique', {
      distinct: true,
    }),
    column('model', category(), 'Model; all measure alike'),
    column('firmware_version', category(), 'Version of its firmware'),
    column('placement', category(), 'outdoor, indoor, or machine: on a machine indoors'),
    column('installed_date', date(), 'Day of its first readings'),
    column(
      'calibration_date',
      date(),
      'A calibration on or before `installed_date`; the others follow every `calibrationDays`, at 0 h UTC',
    ),
    column('latitude', float64(), 'Degrees north, 5 digits'),
    column('longitude', float64(), 'Degrees east, 5 digits'),
    column('elevation_m', int32(), 'Metres of the site above the sea'),
  ],
});

const MODELS = ['EnviroNode 3', 'EnviroNode 3 Pro', 'TX-200', 'TX-210', 'FieldSense One'];
const FIRMWARES = ['1.8.2', '2.0.4', '2.1.1', '2.1.3', '2.2.0'];
const models = textDictionary(MODELS);
const firmwares = textDictionary(FIRMWARES);
const placements = textDictionary(PLACEMENTS);
/** The devices of a site lie within so many degrees, some 400 m. */
const SITE_SPAN = 0.004;

/** The table `devices`, in blocks of rows. */
export function devicesSource(seed: number, devices: DeviceRegister): TableSource {
  return {
    table: devicesTable,
    blocks: (_, wanted) => rowBlocks(devices.deviceCount, wanted),
    open: (block) => {
      const firstRow = firstRowOf(block);
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fillDevices(seed, devices, builder, firstRow + start);
        },
      };
    },
  };
}

/** Fills devices from row `firstRow` of the table on. */
function fillDevices(seed: number, devices: DeviceRegister, builder: BatchBuilder, firstRow: number): void {
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
  for (let i = 0; i < builder.length; i++) {
    const index = firstRow + i;
    const device = devices.at(index);
    const site = siteAt(seed, devices.siteOf(index));
    deviceId.set(i, index + 1);
    siteId.set(i, site.index + 1);
    siteName.appendText(site.name);
    siteName.endRow();
    // Multiplying by an odd number takes no two positions to the same 32 bits.
    const serial = Math.imul(index + 1, 0x9e3779b1) >>> 0;
    serialNumber.appendText(`SN${serial.toString(16).toUpperCase().padStart(8, '0')}`);
    serialNumber.endRow();
    model.indexes[i] = Math.floor(random.uniform(index, 0) * MODELS.length);
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
  }
}
