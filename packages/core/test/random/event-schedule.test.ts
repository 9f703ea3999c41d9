import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../src/generator.ts';
import { EventSchedule, KeyedRandom } from '../../src/random/index.ts';

describe('EventSchedule', () => {
  const durations = new KeyedRandom(42, 'events', 'duration');
  const schedule = (eventsPerDay = 0.8) =>
    new EventSchedule(new KeyedRandom(42, 'events', 'start'), eventsPerDay, 2, (id) =>
      Math.ceil(durations.uniform(id) * 2 * DAY_MS),
    );
  const firstDay = 20_000;

  it('starts events at the given rate, as a Poisson process, evenly over the day', () => {
    const counts = Array.from({ length: 50_000 }, (_, i) =>
      schedule().countOn(i % 100, firstDay + Math.floor(i / 100)),
    );
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(Math.abs(mean - 0.8)).toBeLessThan(0.016);
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.03);
    const hours = new Array<number>(24).fill(0);
    for (let day = firstDay; day < firstDay + 20_000; day++) {
      for (const { startMs } of schedule().startedOn(3, day)) {
        const hour = Math.floor((startMs % DAY_MS) / HOUR_MS);
        hours[hour] = (hours[hour] as number) + 1;
      }
    }
    for (const count of hours) expect(Math.abs(count - 667)).toBeLessThan(110);
  });

  it('finds the events under way in a span, those that began on days before too', () => {
    const all = Array.from({ length: 20 }, (_, i) => schedule().startedOn(7, firstDay - 5 + i)).flat();
    for (let hour = 0; hour < 100; hour++) {
      const span = {
        startMs: firstDay * DAY_MS + hour * HOUR_MS,
        endMs: firstDay * DAY_MS + (hour + 1) * HOUR_MS,
      };
      const expected = all.filter(({ startMs, endMs }) => startMs < span.endMs && endMs > span.startMs);
      expect(schedule().during(7, span)).toEqual(expected);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('has no events at rate 0', () => {
    expect(schedule(0).during(1, { startMs: firstDay * DAY_MS, endMs: (firstDay + 50) * DAY_MS })).toEqual(
      [],
    );
  });
});
