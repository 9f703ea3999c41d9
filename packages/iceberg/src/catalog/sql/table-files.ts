import { type Storage, tableConflict } from '@datagen/core/writer';
import { locationOf, pathWithin } from '../../layout/location.ts';
import { decodeMetadata, encodeMetadata, type TableMetadata } from '../../metadata/index.ts';

/** The metadata files of tables, which a catalog that has no server reads and writes itself. */
export class TableFiles {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** What the folder of a new table is called. */
  locationOf(folder: string): string {
    return locationOf(this.#storage, folder);
  }

  async read(location: string): Promise<TableMetadata> {
    return decodeMetadata(await this.#storage.read(this.#pathOf(location)), location);
  }

  async write(location: string, metadata: TableMetadata): Promise<void> {
    const bytes = await encodeMetadata(metadata);
    // eslint-disable-next-line @typescript-eslint/require-await -- what storages take is asynchronous
    const chunks = (async function* () {
      yield bytes;
    })();
    await this.#storage.write(this.#pathOf(location), chunks, { ifAbsent: true });
  }

  /** Removes what no table names any more; what cannot be removed only takes space. */
  async remove(locations: readonly string[]): Promise<void> {
    const paths = locations.flatMap((location) => pathWithin(this.#storage, location) ?? []);
    await Promise.allSettled(paths.map((path) => this.#storage.remove(path)));
  }

  #pathOf(location: string): string {
    const found = pathWithin(this.#storage, location);
    if (found !== undefined) return found;
    throw tableConflict(
      `Expected the metadata of a table below ${this.#storage.uri}, got ${location}. Choose an output that holds the table, or another catalog.`,
      { location },
    );
  }
}
