import {
  type BatchBuilder,
  type Block,
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
  type PartitionValue,
  type TableSource,
  type TimeRange,
} from '@datagen/core/generator';
import { ANOMALY_TYPES } from '../anomalies/anomaly-plan.ts';
import { DeviceDay } from './device-day.ts';
import type { Fleet } from '../fleet.ts';
import { METRIC_SLOTS } from '../devices/metrics.ts';
import { anomalyTypes, metricNames } from '../anomalies/anomalies-table.ts';

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

/** The table `readings`: the days of the window, and in each the sites: `2026-01-05~000001`, … */
export function readingsSource(fleet: () => Fleet, checkWindow: (window: TimeRange) => void): TableSource {
  return {
    table: readingsTable,
    *blocks(window, wanted) {
      checkWindow(window);
      yield* siteBlocks(fleet(), window, wanted?.values?.['site_id']);
    },
    open: ({ key, time }) => {
      const day = dayOf(time?.startMs ?? 0);
      const site = Number(key.split('~')[1]) - 1;
      return { rowCount: rowsOf(fleet(), site, day), fill: readingsFiller(fleet(), site, day) };
    },
  };
}

/** Places for devices in the ids of a day, more than there are. */
const DEVICE_PLACES = 0x20000;

/** Number of the first reading of a sensor on a day since 1970. */
function firstReadingId(day: number, device: number, slot: number, stepsPerDay: number): number {
  return ((day * DEVICE_PLACES + device) * METRIC_SLOTS + slot) * stepsPerDay;
}

/** The last day since 1970 on which the ids of readings are whole numbers that a double holds exactly. */
export function lastDayOfIds(stepsPerDay: number): number {
  return Math.floor(Number.MAX_SAFE_INTEGER / firstReadingId(1, 0, 0, stepsPerDay)) - 1;
}

function* siteBlocks(
  fleet: Fleet,
  window: TimeRange,
  wantedSite: PartitionValue | undefined,
): Generator<Block> {
  const { siteCount } = fleet.devices;
  const siteKeys = Array.from({ length: siteCount }, (_, site) => `~${String(site + 1).padStart(6, '0')}`);
  const isWanted = (site: number) => wantedSite === undefined || wantedSite === site + 1;
  const sites = siteKeys.flatMap((_, site) => (isWanted(site) ? site : []));
  for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
    const time = { startMs, endMs: startMs + DAY_MS };
    const dayKey = formatDay(startMs);
    for (const site of sites) {
      yield {
        key: dayKey + (siteKeys[site] as string),
        rowCount: rowsOf(fleet, site, dayOf(startMs)),
        exact: true,
        time,
        values: { site_id: site + 1 },
      };
    }
  }
}

function rowsOf({ messages, slots }: Fleet, site: number, day: number): number {
  return messages.on(site, day) * slots.length;
}

/** Fills the readings of a site on a day since 1970, by device, metric and time. */
function readingsFiller(fleet: Fleet, site: number, day: number): ChunkFiller {
  const { slots, stepsPerDay } = fleet;
  const readings = new DeviceDay(fleet);
  let device = fleet.devices.devicesAt(site).first - 1;
  let slotIndex = slots.length;
  let message = 0;

  /** Turns to the next metric, or to the next device that has messages. */
  const turn = () => {
    message = 0;
    slotIndex++;
    if (slotIndex >= slots.length) {
      slotIndex = 0;
      do readings.open(++device, day);
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
          const part = readings.parts[label - 1] as (typeof readings.parts)[number];
          isAnomaly.setTrue(row);
          anomalyType.indexes[row] = ANOMALY_TYPES.indexOf(part.type);
          anomalyId.set(row, part.anomalyId);
        }
      }
    }
  };
}
