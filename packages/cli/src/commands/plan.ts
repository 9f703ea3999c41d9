import { planJson, planText } from '../report/plan-report.ts';
import { planDataset } from '../request/plan-dataset.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Io } from '../terminal/io.ts';

/** Says what `generate` would write, what of it is there and what is missing; makes no rows and writes nothing. */
export async function plan(request: RunRequest, isJson: boolean, io: Io): Promise<void> {
  const planned = await planDataset(request, io.signal);
  await io.stdout.write(isJson ? planJson(planned, request) : planText(planned, request, io));
}
