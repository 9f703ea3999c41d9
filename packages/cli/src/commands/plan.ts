import { planJson, planText } from '../report/plan-report.ts';
import { planRequest } from '../request/plan-request.ts';
import type { RunRequest } from '../request/run-request.ts';
import { CostBook } from '../request/size/costs.ts';
import { estimateMissing, freeBytes, noRoomText } from '../request/size/estimate.ts';
import { watchOthers } from '../request/size/machine.ts';
import type { Io } from '../terminal/io.ts';

/**
 * Says what `generate` would write, what of it is there and what is missing, and about how many bytes and how much time
 * that is; writes nothing, and makes no rows but of tables whose cost is not known.
 */
export async function plan(request: RunRequest, isJson: boolean, io: Io): Promise<void> {
  const busyProcessors = watchOthers();
  const { plans, warnings } = await planRequest(request, io.signal);
  const costs = new CostBook(request.generator.name);
  const estimate = await estimateMissing(plans, request, costs, busyProcessors());
  const free = await freeBytes(request, io.cwd);
  const noRoom = noRoomText(estimate, free, request);
  for (const warning of [...warnings, ...(noRoom === undefined ? [] : [noRoom])])
    void io.stderr.write(`datagen: ${warning}\n`);
  const figures = { plans, estimate, ...(free !== undefined && { freeBytes: free }) };
  await io.stdout.write(isJson ? planJson(figures, request) : planText(figures, request, io));
}
