import {
  type BatchBuilder,
  boolean,
  category,
  type ChunkFiller,
  column,
  defineTable,
  float64,
  instant,
  int64,
} from '@datagen/core/generator';
import { ANOMALY_TYPES } from '../anomalies.ts';
import { DeviceDay } from '../device-day.ts';
import type { Fleet } from '../fleet.ts';
import { METRIC_SLOTS } from '../metrics.ts';
import { anomalyTypes, metricNames } from './anomalies.ts';

export const readingsTable = defineTable({
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

/** Fills the readings of a site on a day since 1970, by device, metric and time. */
export function readingsFiller(fleet: Fleet, site: number, day: number): ChunkFiller {
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
      const firstId = ((day * 0x20000 + device) * METRIC_SLOTS + slot) * stepsPerDay;
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
