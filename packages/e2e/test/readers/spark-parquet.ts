import type { ReadRow } from '@datagen/testkit';
import { SparkSession } from './spark-session.ts';

/** All rows of the Parquet files below a folder, hive partitions included, by a Spark that is started for it. */
export async function readParquet(folder: string, columns: readonly string[]): Promise<ReadRow[]> {
  const session = new SparkSession('files/spark_parquet.py');
  try {
    return ((await session.ask({ folder, columns })) as { rows: ReadRow[] }).rows;
  } finally {
    await session.stop();
  }
}
