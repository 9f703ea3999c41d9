import { planJson, planText } from '../report/plan-report.ts';
import { planRequest } from '../request/plan-request.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Io } from '../terminal/io.ts';

/** Says what `generate` would write, what of it is there and what is missing; makes no rows and writes nothing. */
export async function plan(request: RunRequest, isJson: boolean, io: Io): Promise<void> {
  const { plans, warnings } = await planRequest(request, io.signal);
  for (const warning of warnings) void io.stderr.write(`datagen: ${warning}\n`);
  await io.stdout.write(isJson ? planJson(plans, request) : planText(plans, request, io));
}
