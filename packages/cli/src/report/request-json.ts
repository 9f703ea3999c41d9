import { identifyDataset, withoutSecrets } from '@datagen/core';
import { bytesText, countText } from '@datagen/look/text';
import { kebabCase } from '../flags/flags.ts';
import { hiddenFlags } from '../request/command-line.ts';
import type { RunRequest } from '../request/run-request.ts';

/** What was asked for, as the reports with `--json` begin; secrets are left out. */
export function requestJson({ generator, spec, output, format, options, flags, size }: RunRequest) {
  const { startDate, endDate, partitionBy } = spec;
  const dataset = identifyDataset(generator);
  const shown = Object.entries(dataset.options).map(([name, value]) => {
    const flag = flags.find(
      ({ owners, description }) => owners.includes('generator') && description.name === name,
    );
    return [name, flag === undefined ? value : withoutSecrets(flag.schema, value)] as const;
  });
  return {
    generator: generator.name,
    ...(output !== undefined && { output: output.shown }),
    format,
    startDate,
    endDate,
    partitionBy,
    ...(size !== undefined && { size: { [size.key]: size.asked, options: size.options } }),
    options,
    dataset: { ...dataset, options: Object.fromEntries(shown) },
  };
}

/** Says which options a size stands for. */
export function sizeText({ size }: RunRequest): string[] {
  if (size === undefined) return [];
  const { key, asked, options, reached } = size;
  const flags = Object.entries(options).map(([name, value]) => `--${kebabCase(name)} ${String(value)}`);
  const amount = key === 'rows' ? `${countText(reached)} rows` : `about ${bytesText(reached)}`;
  const chosen = flags.length === 0 ? 'the defaults' : flags.join(' ');
  return [`Size ${asked}: ${chosen}, ${amount} in all.`];
}

/** Says that the repeated command needs more than it shows. */
export function hiddenText(request: RunRequest): string[] {
  const flags = hiddenFlags(request);
  const isHidden = request.output !== undefined && request.output.shown.includes('***');
  const missing = [...flags, ...(isHidden ? ['the password of the output'] : [])];
  return missing.length === 0 ? [] : [`Add ${missing.join(', ')}: secrets are not shown.`];
}
