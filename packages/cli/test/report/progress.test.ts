import { describe, expect, it } from '@jest/globals';
import { ProgressDisplay } from '../../src/report/progress.ts';
import { terminal, type TerminalOptions } from '../terminal.ts';

const CLEAR = '\r\u001B[K';

/** A display with a clock that is set by hand. */
function display(options: TerminalOptions) {
  let nowMs = 1_000_000;
  const { io, outcome } = terminal({ ...options, now: () => nowMs });
  const progress = new ProgressDisplay(io);
  return {
    progress,
    at: (ms: number, rowCount: number, table = 'orders', exact = true) => {
      nowMs = 1_000_000 + ms;
      progress.update({ table, rowCount, totalRowCount: 2_000_000, exact });
    },
    shown: () => outcome().stderr,
  };
}

describe('progress on a terminal', () => {
  const env = { NO_COLOR: '1' };

  it('is a bar with table, rate and time left', () => {
    const { at, shown } = display({ isTTY: true, env });
    at(2_000, 500_000);
    expect(shown()).toBe(`${CLEAR}██████░░░░░░░░░░░░░░░░░░  25 %  orders  250,000 rows/s  6.0 s left`);
  });

  it('does not take the start of a run for its speed', () => {
    const { at, shown } = display({ isTTY: true, env });
    at(1_000, 100_000);
    at(4_000, 600_000);
    // The later half of its rows took 3 s, of which 0.3 s count as start.
    expect(shown()).toMatch(/30 % {2}orders {2}150,000 rows\/s {2}7\.6 s left$/);
  });

  it('is redrawn at most ten times a second, and taken away at the end', () => {
    const { at, shown, progress } = display({ isTTY: true, env });
    for (let ms = 0; ms < 1_000; ms += 10) at(ms, ms * 1_000);
    expect(shown().split(CLEAR)).toHaveLength(1 + 10);
    progress.finish();
    expect(shown().endsWith(CLEAR)).toBe(true);
  });

  it.each([
    [60, '████░░░░░░░░░░░░░  25 %  orders  250,000 rows/s  6.0 s left'],
    [50, '  25 %  orders  250,000 rows/s  6.0 s left'.slice(1)],
    [40, ' 25 %  250,000 rows/s  6.0 s left'],
    [20, ' 25 %  250,000 rows'],
  ])('gives up the bar first, then the table, in %i columns', (columns, text) => {
    const { at, shown } = display({ isTTY: true, env, columns });
    at(2_000, 500_000);
    expect(shown()).toBe(CLEAR + text);
    expect(text.length).toBeLessThan(columns);
  });

  it('does not guess the time left from the first rows', () => {
    const { at, shown } = display({ isTTY: true, env });
    at(5_000, 500);
    expect(shown()).toMatch(/ 0 % {2}orders {2}100 rows\/s$/);
  });

  it('takes a terminal that does not tell its width for one of 80 columns', () => {
    const { at, shown } = display({ isTTY: true, env, columns: 0 });
    at(2_000, 500_000);
    expect(shown()).toContain('  6.0 s left');
  });

  it('is colored unless NO_COLOR says no', () => {
    const { at, shown } = display({ isTTY: true });
    at(0, 0);
    expect(shown()).toContain('\u001B[36m');
  });
});

describe('progress elsewhere', () => {
  it('is a plain line every five seconds', () => {
    const { at, shown, progress } = display({ isTTY: false });
    for (let ms = 0; ms <= 12_000; ms += 100) at(ms, ms * 100);
    progress.finish();
    expect(shown()).toBe(
      'orders: 25 %, 500,000 of 2,000,000 rows, 100,000 rows/s, 15 s left\n' +
        'orders: 50 %, 1,000,000 of 2,000,000 rows, 100,000 rows/s, 10 s left\n',
    );
  });

  it('marks a total that is an estimate', () => {
    const { at, shown } = display({ isTTY: false });
    at(5_000, 1_900_000, 'orders', false);
    expect(shown()).toContain('1,900,000 of ~2,000,000 rows');
  });

  it('is a plain line on a terminal that cannot redraw', () => {
    const { at, shown } = display({ isTTY: true, env: { TERM: 'dumb' } });
    at(5_000, 1_900_000);
    expect(shown()).toBe('orders: 95 %, 1,900,000 of 2,000,000 rows, 380,000 rows/s, 0.3 s left\n');
  });
});
