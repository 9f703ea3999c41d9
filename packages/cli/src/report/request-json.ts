import { identifyDataset } from '@datagen/core';
import { hiddenFlags } from '../request/command-line.ts';
import type { RunRequest } from '../request/run-request.ts';

/** What was asked for, as the reports with `--json` begin; secrets are left out. */
export function requestJson({ generator, spec, output, format, options }: RunRequest) {
  const { startDate, endDate, partitionBy } = spec;
  return {
    generator: generator.name,
    ...(output !== undefined && { output: output.shown }),
    format,
    startDate,
    endDate,
    partitionBy,
    options,
    dataset: identifyDataset(generator),
  };
}

/** Says that the repeated command needs more than it shows. */
export function hiddenText(request: RunRequest): string[] {
  const flags = hiddenFlags(request);
  const isHidden = request.output !== undefined && request.output.shown.includes('***');
  const missing = [...flags, ...(isHidden ? ['the password of the output'] : [])];
  return missing.length === 0 ? [] : [`Add ${missing.join(', ')}: secrets are not shown.`];
}
