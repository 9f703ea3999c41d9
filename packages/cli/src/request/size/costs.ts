import { readFileSync } from 'node:fs';
import type { EncoderChoice } from '@datagen/parquet';
import type { TablePlan } from '@datagen/core';
import type { RunRequest } from '../run-request.ts';
import type { TableCost } from './machine.ts';
import { sampleCost } from './sample.ts';

/** By generator, table, encoder and codec. */
type Costs = Readonly<Record<string, Record<string, Record<string, Record<string, TableCost>>>>>;

const NOTHING: TableCost = { bytesPerRow: 0, bytesPerFile: 0, nsPerRow: 0 };

/**
 * Knows what the tables of a run cost: those of built-in generators in formats with our data files were measured
 * (`tools/bench/calibrate.mjs`), any other is found by making a few of its rows, once.
 */
export class CostBook {
  readonly #measured: Record<string, Record<string, Record<string, TableCost>>>;
  readonly #sampled = new Map<string, TableCost>();
  #encoder: string | undefined;

  constructor(generatorName: string) {
    const file = new URL('../../../data/costs.json', import.meta.url);
    const all = JSON.parse(readFileSync(file, 'utf8')) as Costs;
    this.#measured = all[generatorName] ?? {};
  }

  async costOf(plan: TablePlan, request: RunRequest): Promise<TableCost> {
    const { name } = plan.table;
    if (plan.rowCount === 0) return NOTHING;
    const encoder = await this.#encoderOf(request);
    const codec = request.generator.config.compression;
    const measured = encoder === undefined ? undefined : this.#measured[name]?.[encoder]?.[codec];
    if (measured !== undefined) return measured;
    const known = this.#sampled.get(name);
    if (known !== undefined) return known;
    const sampled = await sampleCost(plan, request);
    this.#sampled.set(name, sampled);
    return sampled;
  }

  /** What encodes the data files; undefined for a format with data files of its own. */
  async #encoderOf({ writerOptions }: RunRequest): Promise<string | undefined> {
    const choice = writerOptions['encoder'] as EncoderChoice | undefined;
    if (choice === undefined) return undefined;
    const { resolveEncoder } = await import('@datagen/parquet');
    return (this.#encoder ??= resolveEncoder(choice));
  }
}
