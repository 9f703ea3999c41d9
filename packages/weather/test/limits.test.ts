import type { Block, TableDefinition } from '@datagen/core/generator';
import { autocorrelation, countDifferences, readColumns } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { PartitionSpec, weather } from '../src/index.ts';
import { cityOf, fitYear } from './realism-weather.ts';

const generator = weather({ locations: ['Berlin', 'Sydney'] });
const hourly = generator.tables.find(({ name }) => name === 'weather_hourly') as TableDefinition;

function hoursOn(date: string): bigint[] {
  const { window } = new PartitionSpec({ startDate: date, endDate: date });
  return [...generator.blocks(hourly, window)].flatMap((block: Block) =>
    [...generator.generate(hourly, block)].flatMap((batch) =>
      Array.from(batch.getChild('ts')?.data[0]?.values as BigInt64Array),
    ),
  );
}

describe('far days', () => {
  it.each(['1700-01-01', '1969-12-31', '1970-01-01', '2250-12-31'])(
    'have exact instants, as %s has',
    (date) => {
      const start = BigInt(Date.parse(date)) * 1_000n;
      const day = Array.from({ length: 24 }, (_, hour) => start + BigInt(hour) * 3_600_000_000n);
      expect(hoursOn(date)).toEqual([...day, ...day]);
    },
  );

  it.each([
    ['startDate', '1699-12-31', '1700-01-01'],
    ['endDate', '2250-12-31', '2251-01-01'],
    ['endDate', '2250-12-31', '9999-12-31'],
  ])('whose instants would not be exact are refused: %s of %s to %s', (option, startDate, endDate) => {
    expect(() => new PartitionSpec({ startDate, endDate })).toThrow(
      `Expected \`${option}\` to lie between 1700-01-01 and 2250-12-31`,
    );
  });

  it.each([
    ['1700-01-20', '1700-02-02'],
    ['1969-12-20', '1970-01-12'],
    ['2250-12-20', '2250-12-31'],
  ])('have rows that do not depend on the window, from %s to %s', (startDate, endDate) => {
    const [alone, whole] = [endDate, startDate].map((first) =>
      readColumns(generator, 'weather_hourly', first, endDate),
    ) as [ReturnType<typeof readColumns>, ReturnType<typeof readColumns>];
    for (const column of hourly.schema.names as string[]) {
      const lastDay = whole.numbers(column).subarray(-48);
      expect([column, countDifferences(alone.numbers(column), lastDay)]).toEqual([column, 0]);
    }
  });

  it.each([
    ['1705-01-01', '1714-12-31'],
    ['1965-01-01', '1974-12-31'],
    ['2240-01-01', '2249-12-31'],
  ])('have the climate of all others, from %s to %s', (startDate, endDate) => {
    const days = readColumns(weather({ locations: ['Berlin'] }), 'weather_daily', startDate, endDate);
    const { meanC, amplitudeC, warmestDay } = cityOf('Berlin').climate;
    const year = fitYear(days.numbers('date'), days.numbers('temperature_mean_c'));
    expect(Math.abs(year.mean - meanC)).toBeLessThanOrEqual(0.7);
    expect(Math.abs(year.amplitude - amplitudeC)).toBeLessThanOrEqual(1);
    // The year of the model has 365.2425 days, so that seasons do not wander over the centuries.
    expect(Math.abs((((year.warmestDay % 365.2425) + 365.2425) % 365.2425) - warmestDay)).toBeLessThanOrEqual(
      15,
    );
    const memory = autocorrelation(year.anomalies, 1);
    expect(memory).toBeGreaterThan(0.6);
    expect(memory).toBeLessThan(0.9);
  });
});
