import {
  type Coverage,
  DatagenError,
  type OpenTable,
  type OpenTableOptions,
  type TableDefinition,
} from '@datagen/core/writer';
import { LogTableWriter } from '../../src/log-table/log-table-writer.ts';
import { readLog } from '../../src/log-table/log.ts';

/** A log table that is opened by `openOther` where it was last written in another partitioning. */
abstract class MindsPartitionings extends LogTableWriter {
  override async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const last = (await readLog(this.storage, table.name)).entries.at(-1);
    const asked = options.spec.componentsFor(table).join();
    const isOther = last !== undefined && last.partitionBy.join() !== asked;
    return isOther ? this.openOther(table, options) : super.openTable(table, options);
  }

  protected abstract openOther(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable>;

  protected openAs(mode: OpenTableOptions['mode'], table: TableDefinition, options: OpenTableOptions) {
    return super.openTable(table, { ...options, mode });
  }
}

/** What is there in another partitioning counts for nothing. */
export class WritesAgain extends MindsPartitionings {
  protected override async openOther(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const coverage: Coverage = { digests: [], covers: () => false };
    return Object.assign(await this.openAs(options.mode, table, options), { coverage });
  }
}

/** What is there in another partitioning is replaced, whoever asked for it. */
export class Replaces extends MindsPartitionings {
  protected override openOther(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    return this.openAs('overwrite', table, options);
  }
}

/** Another partitioning is refused, even in the place of what is there. */
export class NeverChanges extends MindsPartitionings {
  protected override openOther(table: TableDefinition): Promise<OpenTable> {
    return Promise.reject(
      new DatagenError('TABLE_CONFLICT', `\`${table.name}\` is partitioned in another way.`),
    );
  }
}

/** Another partitioning is refused by an error that says nothing of it. */
export class SaysNothing extends MindsPartitionings {
  protected override openOther(table: TableDefinition): Promise<OpenTable> {
    return Promise.reject(new DatagenError('TABLE_CONFLICT', `\`${table.name}\` is in the way.`));
  }
}
