import type { DeltaContents, DeltaQuestion } from './delta-readers.ts';
import { SparkSession } from './spark-session.ts';

export { hasSpark } from './spark-session.ts';

/** Statements for `Spark.sql` that put a table at a feature which not every writer knows. */
export const SPARK_FEATURES = {
  columnMapping: "ALTER TABLE {table} SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
  deletionVectors: "ALTER TABLE {table} SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
  changeDataFeed: "ALTER TABLE {table} SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
  checkConstraint: 'ALTER TABLE {table} ADD CONSTRAINT never_false CHECK (1 = 1)',
} as const;

/** A session of Spark with Delta Lake. */
export class Spark {
  readonly #session = new SparkSession('spark_delta.py');

  /** As `readDelta`, by Spark. */
  async read(location: string, question: DeltaQuestion = {}): Promise<DeltaContents> {
    return (await this.#session.ask({ do: 'read', location, ...question })) as DeltaContents;
  }

  /** A new table of the rows of the Parquet files below a folder; gives its version. */
  async create(location: string, rows: string, ...partitionBy: string[]): Promise<number> {
    return this.#change({ do: 'create', location, rows, partitionBy });
  }

  /** Runs a statement, in which `{table}` stands for the table; gives the version of the table after it. */
  async sql(location: string, statement: string): Promise<number> {
    return this.#change({ do: 'sql', location, statement });
  }

  stop(): Promise<void> {
    return this.#session.stop();
  }

  async #change(request: object): Promise<number> {
    return ((await this.#session.ask(request)) as { version: number }).version;
  }
}
