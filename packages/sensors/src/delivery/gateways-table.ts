import {
  type BatchBuilder,
  category,
  column,
  date,
  defineTable,
  float64,
  int64,
  rowsSource,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import type { DeviceRegister } from '../devices/device-register.ts';
import { SerialNumbers } from '../devices/serial-number.ts';
import { siteAt } from '../sites/site.ts';
import { GATEWAYS_PER_SITE } from './radio.ts';

const gatewaysTable = defineTable({
  name: 'gateways',
  description:
    'A radio gateway of a site, which sends on what devices measure. All gateways of a site share its uplink.',
  primaryKey: ['gateway_id'],
  foreignKeys: [{ columns: ['site_id'], table: 'sites', references: ['site_id'] }],
  sortedBy: ['gateway_id'],
  columns: [
    column('gateway_id', int64(), 'Number of the gateway, from 1', { distinct: true }),
    column('site_id', int64(), 'The site'),
    column('serial_number', text(), 'Serial number, made like those of devices; unique', { distinct: true }),
    column('uplink', category(), 'How the site is connected: fibre, dsl or lte'),
    column('installed_date', date(), 'Day it was installed, before any device of the site'),
    column('latitude', float64(), 'Degrees north, 5 digits'),
    column('longitude', float64(), 'Degrees east, 5 digits'),
  ],
});

const UPLINKS = ['fibre', 'dsl', 'lte'];
const UPLINK_LIMITS = [0.4, 0.65, 1];
const uplinks = textDictionary(UPLINKS);
/** Gateways stand within so many degrees of the middle of their site, some 200 m. */
const SPAN = 0.002;
/** Gateways are there so many days before the first device. */
const DAYS_BEFORE = 1;

/** The table `gateways`, in blocks of rows. */
export function gatewaysSource(seed: number, devices: DeviceRegister): TableSource {
  return rowsSource(gatewaysTable, devices.siteCount * GATEWAYS_PER_SITE, (builder, firstRow) => {
    fillGateways(seed, devices, builder, firstRow);
  });
}

/** Fills gateways from row `firstRow` of the table on. */
function fillGateways(seed: number, devices: DeviceRegister, builder: BatchBuilder, firstRow: number): void {
  const random = new KeyedRandom(seed, 'gateways');
  const siteRandom = new KeyedRandom(seed, 'sites', 'uplink');
  const serials = new SerialNumbers(seed, 'gateways');
  const gatewayId = builder.int64('gateway_id');
  const siteId = builder.int64('site_id');
  const serialNumber = builder.utf8('serial_number');
  const uplink = builder.dictionary('uplink', uplinks);
  const installedDate = builder.date('installed_date');
  const latitude = builder.float64('latitude');
  const longitude = builder.float64('longitude');
  for (let i = 0; i < builder.length; i++) {
    const index = firstRow + i;
    const site = siteAt(seed, Math.floor(index / GATEWAYS_PER_SITE));
    const installedDay = devices.openingDay(site.index) - DAYS_BEFORE;
    const kind = siteRandom.uniform(site.index);
    const near = (degrees: number, draw: number) =>
      Math.round((degrees + SPAN * (random.uniform(index, draw) - 0.5)) * 1e5) / 1e5;
    gatewayId.set(i, index + 1);
    siteId.set(i, site.index + 1);
    serialNumber.appendText(serials.of(index, 'GW8', installedDay));
    serialNumber.endRow();
    uplink.indexes[i] = UPLINK_LIMITS.findIndex((limit) => kind < limit);
    installedDate.values[i] = installedDay;
    latitude.values[i] = near(site.latitude, 0);
    longitude.values[i] = near(site.longitude, 1);
  }
}
