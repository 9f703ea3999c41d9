import {
  type BatchBuilder,
  type Block,
  type BlockFilter,
  boolean,
  category,
  type ChunkFiller,
  column,
  DAY_MS,
  dayOf,
  defineTable,
  float64,
  formatDay,
  instant,
  int64,
  once,
  type TableSource,
} from '@datagen/core/generator';
import { ANOMALY_TYPES, type AnomalyPart } from '../anomalies/anomaly-plan.ts';
import { anomalyTypes, metricNames } from '../anomalies/dictionaries.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import { METRIC_SLOTS } from '../devices/metrics.ts';
import { DeviceDay } from './device-day.ts';
import type { ReadingModel } from './reading-model.ts';

const readingsTable = defineTable({
  name: 'readings',
  description: 'What a sensor showed at one time, with the label of the anomaly it belongs to.',
  primaryKey: ['reading_id'],
  foreignKeys: [
    { columns: ['device_id'], table: 'devices', references: ['device_id'] },
    { columns: ['anomaly_id'], table: 'anomalies', references: ['anomaly_id'] },
  ],
  timeColumn: 'ts',
  sortedBy: ['reading_id'],
  columns: [
    column(
      'reading_id',
      int64(),
      'Number of the reading, in the order of the table, with gaps where readings are lost',
      {
        distinct: true,
      },
    ),
    column('device_id', int64(), 'The device'),
    column('site_id', int64(), 'Number of the site of the device'),
    column('metric', category(), 'temperature °C, humidity %, pressure hPa, vibration mm/s or battery V'),
    column('ts', instant(), 'When it was taken, true time, UTC', { distinct: true }),
    column('device_ts', instant(), 'When it was taken by the clock of the device, within 3 s of `ts`', {
      distinct: true,
    }),
    column('value', float64(), 'What the sensor showed, in the unit and at the resolution of the metric'),
    column('ingest_ts', instant(), 'When it arrived, UTC; after outages of the site long after `ts`', {
      distinct: true,
    }),
    column('is_anomaly', boolean(), 'Whether it belongs to an anomaly'),
    column('anomaly_type', category(), 'Type of the anomaly', { nullable: true }),
    column('anomaly_id', int64(), 'The anomaly', { nullable: true }),
  ],
});

/** Room for devices in the ids of a day: more than a fleet may have. */
const DEVICE_PLACES = 0x20000;

/**
 * The id of the first reading of a sensor on a day since 1970. Even a reading a second on the last day that can be
 * generated has an id below 2^53.
 */
function firstReadingId(day: number, device: number, slot: number, stepsPerDay: number): number {
  return ((day * DEVICE_PLACES + device) * METRIC_SLOTS + slot) * stepsPerDay;
}

/** Separates the day from the number of the site in the key of a block: `2026-01-05~000001`. */
const KEY_SEPARATOR = '~';
const SITE_DIGITS = 6;

/** The ends of the keys of all sites. */
function siteKeysOf({ siteCount }: DeviceRegister): string[] {
  return Array.from(
    { length: siteCount },
    (_, site) => KEY_SEPARATOR + String(site + 1).padStart(SITE_DIGITS, '0'),
  );
}

/** The table `readings`, in a block for each day and site. */
export function readingsSource(model: ReadingModel): TableSource {
  const siteKeys = once(() => siteKeysOf(model.devices));
  return {
    table: readingsTable,
    *blocks(window, wanted = {}) {
      model.checkWindow(window);
      for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS)
        yield* siteBlocks(model, siteKeys(), startMs, wanted);
    },
    open: ({ key, time, rowCount }) => {
      const site = Number(key.split(KEY_SEPARATOR)[1]) - 1;
      return { rowCount, fill: readingsFiller(model, site, dayOf(time?.startMs ?? 0)) };
    },
  };
}

/** The blocks of a day, in which the messages of the sites that are wanted are counted, and of no others. */
function* siteBlocks(
  { devices, messages, slots }: ReadingModel,
  siteKeys: readonly string[],
  startMs: number,
  { from = '', values }: BlockFilter,
): Generator<Block> {
  const [day, dayKey] = [dayOf(startMs), formatDay(startMs)];
  const time = { startMs, endMs: startMs + DAY_MS };
  const [fromDay = '', fromSite = ''] = from.split(KEY_SEPARATOR);
  const wantedSite = values?.['site_id'];
  let site = dayKey === fromDay ? Math.max(0, Number(fromSite) - 1) : 0;
  let end = dayKey < fromDay ? 0 : devices.siteCount;
  if (wantedSite !== undefined) {
    site = Math.max(site, Number(wantedSite) - 1);
    end = Math.min(end, Number(wantedSite));
  }
  for (; site < end; site++) {
    yield {
      key: dayKey + (siteKeys[site] as string),
      rowCount: messages.on(site, day) * slots.length,
      exact: true,
      time,
      values: { site_id: site + 1 },
    };
  }
}

/** Fills the readings of a site on a day since 1970, by device, metric and time. */
function readingsFiller(model: ReadingModel, site: number, day: number): ChunkFiller {
  const { slots, stepsPerDay } = model;
  const readings = new DeviceDay(model, site, day);
  let device = model.devices.devicesAt(site).first - 1;
  let slotIndex = slots.length;
  let message = 0;

  /** Turns to the next metric, or to the next device that has messages. */
  const turn = () => {
    message = 0;
    slotIndex++;
    if (slotIndex >= slots.length) {
      slotIndex = 0;
      do readings.open(++device);
      while (readings.messageCount === 0);
    }
    readings.readMetric(slots[slotIndex] as number);
  };

  return (builder: BatchBuilder) => {
    const readingId = builder.int64('reading_id');
    const deviceId = builder.int64('device_id');
    const siteId = builder.int64('site_id');
    const metric = builder.dictionary('metric', metricNames).indexes;
    const ts = builder.int64('ts');
    const deviceTs = builder.int64('device_ts');
    const value = builder.float64('value').values;
    const ingestTs = builder.int64('ingest_ts');
    const isAnomaly = builder.boolean('is_anomaly');
    const anomalyType = builder.dictionary('anomaly_type', anomalyTypes);
    const anomalyId = builder.int64('anomaly_id');
    const { steps, timesUs, deviceTimesUs, arrivalsUs, values, labels } = readings;
    for (let row = 0; row < builder.length;) {
      if (message === readings.messageCount) turn();
      const slot = slots[slotIndex] as number;
      const firstId = firstReadingId(day, device, slot, stepsPerDay);
      const end = Math.min(builder.length, row + readings.messageCount - message);
      metric.fill(slot, row, end);
      for (; row < end; row++, message++) {
        const step = steps[message] as number;
        readingId.set(row, firstId + step);
        deviceId.set(row, device + 1);
        siteId.set(row, site + 1);
        ts.set(row, timesUs[message] as number);
        deviceTs.set(row, deviceTimesUs[message] as number);
        value[row] = values[step] as number;
        ingestTs.set(row, arrivalsUs[message] as number);
        const label = labels[step] as number;
        if (label === 0) {
          anomalyType.setNull(row);
          anomalyId.setNull(row);
        } else {
          const part = readings.parts[label - 1] as AnomalyPart;
          isAnomaly.setTrue(row);
          anomalyType.indexes[row] = ANOMALY_TYPES.indexOf(part.type);
          anomalyId.set(row, part.anomalyId);
        }
      }
    }
  };
}
