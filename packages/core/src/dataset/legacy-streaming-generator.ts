import type { RecordBatch } from 'apache-arrow';
import { BatchBuilder } from '../arrow/batch-builder.ts';
import type { Arena } from '../arrow/arena.ts';
import type { Block } from './block.ts';
import type { ChunkFiller } from './streaming-generator.ts';
import type { DatasetGenerator } from './generator.ts';
import type { GeneratorConfig } from './options.ts';
import type { TableDefinition } from './table.ts';
import type { TimeRange } from '../support/time.ts';

/**
 * Fills rows `start` to `start + builder.length - 1` of a block into rows 0 to `builder.length - 1` of a batch.
 * Called for consecutive chunks from row 0 on, so it may keep random streams and positions between calls.
 */

/** The base class before tables were units; goes once the domains have moved. */
export abstract class LegacyStreamingGenerator<
  C extends GeneratorConfig = GeneratorConfig,
> implements DatasetGenerator {
  abstract readonly name: string;
  abstract readonly version: number;
  abstract readonly tables: readonly TableDefinition[];
  readonly config: C;
  readonly #chunkSize: number;

  /** `chunkSize` is the largest number of rows per batch; it changes no row. */
  constructor(config: C, chunkSize = 65_536) {
    this.config = config;
    this.#chunkSize = chunkSize;
  }

  abstract blocks(table: TableDefinition, window: TimeRange): Iterable<Block>;

  /** Prepares a block: its random streams, what its chunks share, and how many rows it has. */
  protected abstract openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller };

  *generate(table: TableDefinition, block: Block, memory?: Arena): Iterable<RecordBatch> {
    const { rowCount, fill } = this.openBlock(table, block);
    for (let start = 0; start < rowCount; start += this.#chunkSize) {
      const builder = new BatchBuilder(table.schema, Math.min(this.#chunkSize, rowCount - start), memory);
      fill(builder, start);
      yield builder.finish();
    }
  }
}
