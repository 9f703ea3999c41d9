import {
  type Block,
  type BlockFilter,
  type ChunkFiller,
  DAY_MS,
  dayOf,
  formatDay,
  once,
  type TableDefinition,
  type TableSource,
} from '@datagen/core/generator';
import type { DeviceRegister } from '../devices/device-register.ts';
import type { ReadingModel } from './reading-model.ts';

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

/** A table of what the messages of a site hold, in a block for each day and site, each of `rowsPerMessage` rows. */
export function siteBlocksSource(
  model: ReadingModel,
  table: TableDefinition,
  rowsPerMessage: number,
  fillerOf: (model: ReadingModel, site: number, day: number) => ChunkFiller,
): TableSource {
  const siteKeys = once(() => siteKeysOf(model.devices));
  return {
    table,
    *blocks(window, wanted = {}) {
      model.checkWindow(window);
      for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS)
        yield* siteBlocks(model, siteKeys(), startMs, rowsPerMessage, wanted);
    },
    open: ({ key, time, rowCount }) => {
      const site = Number(key.split(KEY_SEPARATOR)[1]) - 1;
      return { rowCount, fill: fillerOf(model, site, dayOf(time?.startMs ?? 0)) };
    },
  };
}

/** The blocks of a day, in which the messages of the sites that are wanted are counted, and of no others. */
function* siteBlocks(
  { devices, messageCounts }: ReadingModel,
  siteKeys: readonly string[],
  startMs: number,
  rowsPerMessage: number,
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
      rowCount: messageCounts.on(site, day) * rowsPerMessage,
      exact: true,
      time,
      values: { site_id: site + 1 },
    };
  }
}
