// What a second thread brings, beside what the machine has to give: two processes that share nothing.
import { measureCommand } from './command.mjs';

const ROUNDS = 3;

/**
 * Times as fast as one thread, in rising order: two threads, and two processes of one thread and about half of the rows
 * each. `whole` and `half` are configurations. In turn, so that what others do on the machine meets all three.
 */
export async function measureScaling(whole, half) {
  const runs = [];
  for (let round = 0; round < ROUNDS; round++) {
    const one = await measureCommand({ ...whole, maxWorkers: 1 });
    const two = await measureCommand({ ...whole, maxWorkers: 2 });
    const apart = await Promise.all([1, 2].map((seed) => measureCommand({ ...half, seed, maxWorkers: 1 })));
    const apartMs = Math.max(...apart.map(({ wallMs }) => wallMs));
    const apartRows = apart[0].rows + apart[1].rows;
    runs.push({
      rows: one.rows,
      oneMs: one.wallMs,
      threads: one.wallMs / two.wallMs,
      processes: apartRows / apartMs / (one.rows / one.wallMs),
    });
  }
  const sorted = (key) => runs.map((run) => run[key]).sort((a, b) => a - b);
  return {
    rows: runs[0].rows,
    oneMs: sorted('oneMs')[0],
    threads: sorted('threads'),
    processes: sorted('processes'),
  };
}
