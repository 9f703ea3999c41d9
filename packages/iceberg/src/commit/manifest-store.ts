import { DatagenError, reasonOf, type Storage, tableConflict } from '@datagen/core/writer';
import { locationOf, pathWithin } from '../layout/location.ts';
import { isLive, type ManifestEntry } from '../manifest/entry.ts';
import { decodeManifest, type ManifestHeader } from '../manifest/manifest.ts';
import { decodeManifestList, type ManifestFile } from '../manifest/manifest-list.ts';
import type { Snapshot } from '../metadata/index.ts';

/** A manifest with all that it says; entries have the ids and numbers that they inherit. */
export interface FoundManifest {
  readonly file: ManifestFile;
  readonly header: ManifestHeader;
  readonly entries: readonly ManifestEntry[];
}

/** Reads the manifests of tables from a storage and puts new ones there; remembers what it has put. */
export class ManifestStore {
  readonly #storage: Storage;
  readonly #written: string[] = [];

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The manifests of a snapshot that hold live files. */
  async manifestsOf(snapshot: Snapshot): Promise<readonly ManifestFile[]> {
    const location = snapshot['manifest-list'];
    if (location === undefined) {
      throw tableConflict(
        `Snapshot ${String(snapshot['snapshot-id'])} names no manifest list, as tables of format version 1 may. Rewrite the table's manifests with another engine, or choose another output.`,
        { snapshot: String(snapshot['snapshot-id']) },
      );
    }
    const { manifests, uncounted } = await this.#read(location, decodeManifestList);
    const counted: ManifestFile[] = [];
    for (const file of manifests)
      counted.push(uncounted.has(file.manifest_path) ? await this.#count(file) : file);
    return counted.filter((file) => file.added_files_count + file.existing_files_count > 0);
  }

  async read(file: ManifestFile): Promise<FoundManifest> {
    const { header, entries } = await this.#read(file.manifest_path, decodeManifest);
    return {
      file,
      header,
      entries: entries.map((entry) => ({
        ...entry,
        snapshot_id: entry.snapshot_id ?? file.added_snapshot_id,
        sequence_number: entry.sequence_number ?? file.sequence_number,
        file_sequence_number: entry.file_sequence_number ?? file.sequence_number,
      })),
    };
  }

  /** Puts a manifest or a list; gives its URI and its size. */
  async write(path: string, bytes: Uint8Array): Promise<{ readonly uri: string; readonly byteSize: number }> {
    this.#written.push(path);
    async function* chunks() {
      yield await Promise.resolve(bytes);
    }
    await this.#storage.write(path, chunks());
    return { uri: locationOf(this.#storage, path), byteSize: bytes.byteLength };
  }

  /** Removes what was put for a commit that is known to have lost. What cannot be removed is an orphan, and harmless. */
  async removeWritten(): Promise<void> {
    for (const path of this.#written.splice(0)) await this.#storage.remove(path).catch(() => undefined);
  }

  async #read<T>(location: string, decode: (bytes: Uint8Array) => T): Promise<T> {
    const path = pathWithin(this.#storage, location);
    if (path === undefined) {
      throw tableConflict(
        `The table names ${location}, which is not below ${this.#storage.uri}. Choose an output that it lies in.`,
        { location },
      );
    }
    const bytes = await this.#storage.read(path);
    try {
      return decode(bytes);
    } catch (cause) {
      throw new DatagenError('TABLE_CONFLICT', `Cannot read ${location}: ${reasonOf(cause)}.`, {
        cause,
        details: { location },
      });
    }
  }

  /** Counts what a list of version 1 left open. */
  async #count(file: ManifestFile): Promise<ManifestFile> {
    const { entries } = await this.read(file);
    const live = entries.filter(isLive);
    return {
      ...file,
      added_files_count: 0,
      existing_files_count: live.length,
      deleted_files_count: entries.length - live.length,
      added_rows_count: 0,
      existing_rows_count: live.reduce((sum, { data_file: { record_count } }) => sum + record_count, 0),
      deleted_rows_count: 0,
    };
  }
}
