import {
  type BatchBuilder,
  type Block,
  category,
  column,
  DAY_MS,
  dayOf,
  defineTable,
  formatDay,
  instant,
  int64,
  type OpenBlock,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import type { ScheduledEvent } from '@datagen/core/random';
import type { DeviceRegister } from '../devices/device-register.ts';
import { type Delivery, OUTAGE_CAUSES } from './delivery.ts';

const outagesTable = defineTable({
  name: 'outages',
  description:
    'A time in which the uplink of a site was down, listed on the day that it began. Readings taken in it arrive after its end.',
  primaryKey: ['outage_id'],
  foreignKeys: [{ columns: ['site_id'], table: 'sites', references: ['site_id'] }],
  timeColumn: 'start_ts',
  columns: [
    column('outage_id', int64(), 'Number of the outage, unique, with gaps', { distinct: true }),
    column('site_id', int64(), 'The site'),
    column('cause', category(), 'carrier, power, gateway restart or maintenance'),
    column('start_ts', instant(), 'When it began, UTC', { distinct: true }),
    column('end_ts', instant(), 'When it ended, UTC; another one may have begun in it', { distinct: true }),
  ],
});

const causes = textDictionary(OUTAGE_CAUSES);

/** What the table is made from. */
interface OutagesModel {
  readonly devices: DeviceRegister;
  readonly delivery: Delivery;
  checkWindow(window: TimeRange): void;
}

/** Separates the day from the number of the site in the key of a block: `2026-01-05~000001`. */
const KEY_SEPARATOR = '~';
const SITE_DIGITS = 6;

/** The table `outages`, in a block for each day and site that has any: its site is constant, as in `readings`. */
export function outagesSource(model: OutagesModel): TableSource {
  return {
    table: outagesTable,
    *blocks(window, { from = '' } = {}) {
      model.checkWindow(window);
      for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS)
        for (const block of dayOutages(model, startMs)) if (block.key >= from) yield block;
    },
    open: ({ key, time }) =>
      openDay(model, Number(key.split(KEY_SEPARATOR)[1]) - 1, dayOf(time?.startMs ?? 0)),
  };
}

/** The blocks of a day. An uplink is put in before the devices of its site. */
function* dayOutages({ devices, delivery }: OutagesModel, startMs: number): Generator<Block> {
  const day = dayOf(startMs);
  for (let site = 0; site < devices.siteCount; site++) {
    const rowCount = devices.openingDay(site) <= day ? delivery.outageCountOn(site, day) : 0;
    if (rowCount === 0) continue;
    yield {
      key: formatDay(startMs) + KEY_SEPARATOR + String(site + 1).padStart(SITE_DIGITS, '0'),
      rowCount,
      exact: true,
      time: { startMs, endMs: startMs + DAY_MS },
      values: { site_id: site + 1 },
    };
  }
}

/** The outages of a site on a day, in the order of time. */
function openDay({ delivery }: OutagesModel, site: number, day: number): OpenBlock {
  const rows = delivery.outagesStartedOn(site, day);
  const fill = (builder: BatchBuilder, start: number) => {
    const outageId = builder.int64('outage_id');
    const siteId = builder.int64('site_id');
    const cause = builder.dictionary('cause', causes);
    const startTs = builder.int64('start_ts');
    const endTs = builder.int64('end_ts');
    for (let i = 0; i < builder.length; i++) {
      const outage = rows[start + i] as ScheduledEvent;
      outageId.set(i, outage.id + 1);
      siteId.set(i, site + 1);
      cause.indexes[i] = delivery.causeOf(outage);
      startTs.set(i, outage.startMs * 1000);
      endTs.set(i, outage.endMs * 1000);
    }
  };
  return { rowCount: rows.length, fill };
}
