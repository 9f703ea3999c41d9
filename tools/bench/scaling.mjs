// What a second thread brings, beside what the machine has to give: two processes that share nothing.
import { measureCommand } from './command.mjs';

/**
 * Times as fast as one thread: two threads, and two processes of one thread and about half of the rows each. `whole` and
 * `half` are configurations, run in turn. `fastest` compares the fastest run of each, which others on the machine
 * disturbed least; `all` compares the time of all rounds together.
 */
export async function measureScaling(whole, half, rounds) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const one = await measureCommand({ ...whole, maxWorkers: 1 });
    const two = await measureCommand({ ...whole, maxWorkers: 2 });
    const apart = await Promise.all([1, 2].map((seed) => measureCommand({ ...half, seed, maxWorkers: 1 })));
    const apartMs = Math.max(...apart.map(({ wallMs }) => wallMs));
    const apartRows = apart[0].rows + apart[1].rows;
    runs.push({
      rows: one.rows,
      one: one.wallMs,
      threads: two.wallMs,
      processes: apartMs * (one.rows / apartRows),
    });
  }
  const fastest = (key) => Math.min(...runs.map((run) => run[key]));
  const total = (key) => runs.reduce((sum, run) => sum + run[key], 0);
  const ratios = (key) => ({ fastest: fastest('one') / fastest(key), all: total('one') / total(key) });
  return {
    rows: runs[0].rows,
    oneMs: fastest('one'),
    threads: ratios('threads'),
    processes: ratios('processes'),
  };
}
