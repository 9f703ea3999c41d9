import type { RecordBatch } from 'apache-arrow';
import type { Arena } from '../arrow/arena.ts';
import { BatchBuilder } from '../arrow/batch-builder.ts';
import { DatagenError } from '../support/errors.ts';
import type { TimeRange } from '../support/time.ts';
import type { Block, BlockFilter } from './block.ts';
import type { DatasetGenerator } from './generator.ts';
import type { GeneratorConfig } from './options.ts';
import type { TableDefinition } from './table.ts';

/**
 * Fills rows `start` to `start + builder.length - 1` of a block into rows 0 to `builder.length - 1` of a batch.
 * Called for consecutive chunks from row 0 on, so it may keep random streams and positions between calls.
 */
export type ChunkFiller = (builder: BatchBuilder, start: number) => void;

/** A block that is ready to be filled: its random streams are open, and what its chunks share is computed. */
export interface OpenBlock {
  readonly rowCount: number;
  readonly fill: ChunkFiller;
}

/** One table of a `StreamingGenerator`: what it is, which blocks it has, and how one of them is opened. */
export interface TableSource {
  readonly table: TableDefinition;
  /** See `DatasetGenerator.blocks`. */
  blocks(window: TimeRange, wanted?: BlockFilter): Iterable<Block>;
  open(block: Block): OpenBlock;
}

/** Base class of generators: a subclass lists its tables, each of which fills chunks of rows of its blocks. */
export abstract class StreamingGenerator<
  C extends GeneratorConfig = GeneratorConfig,
> implements DatasetGenerator {
  abstract readonly name: string;
  abstract readonly version: number;
  /** The tables, parents before children. */
  protected abstract readonly sources: readonly TableSource[];
  readonly config: C;
  readonly #chunkSize: number;
  #tables: readonly TableDefinition[] | undefined;

  /** `chunkSize` is the largest number of rows per batch, which a thread holds one of at a time; it changes no row. */
  constructor(config: C, chunkSize = 16_384) {
    this.config = config;
    this.#chunkSize = chunkSize;
  }

  get tables(): readonly TableDefinition[] {
    return (this.#tables ??= this.sources.map(({ table }) => table));
  }

  blocks(table: TableDefinition, window: TimeRange, wanted?: BlockFilter): Iterable<Block> {
    return this.#sourceOf(table).blocks(window, wanted);
  }

  *generate(table: TableDefinition, block: Block, memory?: Arena): Iterable<RecordBatch> {
    const { rowCount, fill } = this.#sourceOf(table).open(block);
    for (let start = 0; start < rowCount; start += this.#chunkSize) {
      const builder = new BatchBuilder(table.schema, Math.min(this.#chunkSize, rowCount - start), memory);
      fill(builder, start);
      yield builder.finish();
    }
  }

  #sourceOf({ name }: TableDefinition): TableSource {
    const source = this.sources.find(({ table }) => table.name === name);
    if (source === undefined)
      throw new DatagenError('INVALID_PLUGIN', `Generator ${this.name} has no table \`${name}\`.`);
    return source;
  }
}
