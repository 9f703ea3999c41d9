import type { DeltaContents } from '../../../readers/delta-readers.ts';
import { SparkSession } from '../../../readers/spark-session.ts';
import type { TestWarehouse } from './warehouses.ts';

/** A session of Spark with Iceberg's own code in Java, which knows each warehouse as the catalog `lake`. */
export class IcebergSpark {
  readonly #session = new SparkSession('iceberg/spark_iceberg.py');

  /** What it finds in a table, named with its namespace. */
  async read(warehouse: TestWarehouse, table: string, snapshot?: string): Promise<DeltaContents> {
    const request = { do: 'read', catalog: propertiesOf(warehouse), table, ...(snapshot && { snapshot }) };
    return (await this.#session.ask(request)) as DeltaContents;
  }

  /** The same of several tables. */
  readAll(warehouse: TestWarehouse, tables: readonly string[]): Promise<readonly DeltaContents[]> {
    return Promise.all(tables.map((table) => this.read(warehouse, table)));
  }

  /** The rows that a statement gives, as texts. */
  async sql(warehouse: TestWarehouse, statement: string): Promise<readonly (readonly (string | null)[])[]> {
    const request = { do: 'sql', catalog: propertiesOf(warehouse), statement };
    return ((await this.#session.ask(request)) as { rows: (string | null)[][] }).rows;
  }

  stop(): Promise<void> {
    return this.#session.stop();
  }
}

/** A warehouse in the words of Java's catalogs. */
function propertiesOf(warehouse: TestWarehouse): Readonly<Record<string, string>> {
  const { kind, place, options } = warehouse;
  const { catalogUri = '' } = options;
  const io = s3PropertiesOf(warehouse);
  if (kind === 'rest') return { type: 'rest', uri: catalogUri, ...io };
  const location = place.includes('://') ? place : `file://${place}`;
  const jdbc = { type: 'jdbc', 'jdbc.schema-version': 'V1', warehouse: location, ...io };
  if (kind === 'sqlite') return { ...jdbc, uri: `jdbc:sqlite:${catalogUri.replace(/^sqlite:/, '')}` };
  const { host, pathname, username, password } = new URL(catalogUri);
  return {
    ...jdbc,
    uri: `jdbc:postgresql://${host}${pathname}`,
    'jdbc.user': username,
    'jdbc.password': password,
  };
}

/** How the server of S3 is reached, which Java and pyiceberg name alike; nothing for a warehouse on disk. */
function s3PropertiesOf({ properties }: TestWarehouse): Readonly<Record<string, string>> {
  const s3 = Object.entries(properties).filter(([name]) => name.startsWith('s3.'));
  if (s3.length === 0) return {};
  const region = { 'client.region': properties['s3.region'] ?? '' };
  return { 'io-impl': 'org.apache.iceberg.aws.s3.S3FileIO', ...region, ...Object.fromEntries(s3) };
}
