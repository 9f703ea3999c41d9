import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DatagenError, ModuleRef, Storage, StoredFile, WriteOptions } from '@datagen/core/writer';
import { abortUploads } from './abandoned-uploads.ts';
import { connect } from './client/connect.ts';
import { endpointOf } from './client/endpoint.ts';
import { parseLocation } from './client/location.ts';
import { nativeCredentials } from './client/native-credentials.ts';
import type { S3Config } from './config.ts';
import { explained } from './failures.ts';
import { readObject } from './read-object.ts';
import { upload } from './upload/upload.ts';

const HOUR_MS = 3_600_000;

interface PlainOptions {
  readonly uri: string;
  readonly config: S3Config;
}

/** What `ref` names. @public */
export function openS3Storage(options: unknown): Storage {
  const { uri, config } = options as PlainOptions;
  return new S3Storage(uri, config);
}

/** A bucket, or what is below a prefix of one. An object is whole or not there, so files need no temporary names. */
export class S3Storage implements Storage {
  readonly uri: string;
  /** On another thread the credentials are looked for again, except those that were given as options. */
  readonly ref: ModuleRef;
  readonly #config: S3Config;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #client: S3Client;
  #cannotAbort: string | undefined;

  /** Takes `s3://bucket` or `s3://bucket/prefix`; connects to nothing yet. */
  constructor(uri: string, config: S3Config) {
    const { bucket, prefix } = parseLocation(uri);
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#config = config;
    this.#client = connect(config);
    this.uri = `s3://${bucket}/${prefix}`.replace(/\/$/, '');
    this.ref = {
      module: import.meta.url,
      export: 'openS3Storage',
      options: { uri: this.uri, config } satisfies PlainOptions,
    };
  }

  async list(folder: string): Promise<readonly StoredFile[]> {
    const prefix = folder === '' ? this.#prefix : `${this.#prefix}${folder}/`;
    return this.#try('list', folder, async () => {
      const found: StoredFile[] = [];
      const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: prefix });
      for await (const { Contents = [] } of pages) {
        for (const { Key = '', Size = 0, LastModified } of Contents) {
          // Some programs make an empty object for each folder.
          if (Key.endsWith('/')) continue;
          const path = Key.slice(this.#prefix.length);
          found.push({ path, byteSize: Size, modifiedMs: LastModified?.getTime() ?? 0 });
        }
      }
      return found.sort((a, b) => (a.path < b.path ? -1 : 1));
    });
  }

  async read(path: string, start = 0, end?: number): Promise<Uint8Array> {
    if (start >= 0 && end !== undefined && end <= start) return new Uint8Array(0);
    const object = { Bucket: this.#bucket, Key: this.#keyOf(path) };
    return this.#try('read', path, () =>
      readObject(start, end, (Range) =>
        this.#client.send(new GetObjectCommand({ ...object, ...(Range !== undefined && { Range }) })),
      ),
    );
  }

  async write(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    { ifAbsent = false }: WriteOptions = {},
  ): Promise<number | undefined> {
    let thrownByChunks: { readonly thrown: unknown } | undefined;
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks;
      } catch (thrown) {
        thrownByChunks = { thrown };
        throw thrown;
      }
    }
    const target = { client: this.#client, bucket: this.#bucket, key: this.#keyOf(path), ifAbsent };
    try {
      return await upload(target, watched());
    } catch (thrown) {
      // What goes wrong while a file is made is not for storage to explain.
      if (thrownByChunks?.thrown === thrown) throw thrown;
      throw this.#explained('write', path, thrown);
    }
  }

  async remove(path: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.#bucket, Key: this.#keyOf(path) });
    await this.#try('remove', path, () => this.#client.send(command));
  }

  get warnings(): readonly string[] {
    return this.#cannotAbort === undefined ? [] : [this.#cannotAbort];
  }

  location(path: string): string {
    return `s3://${this.#bucket}/${this.#keyOf(path)}`;
  }

  credentials(): Promise<Readonly<Record<string, string>>> {
    return this.#try('reach', '', () => nativeCredentials(this.#client, this.#config, this.#bucket));
  }

  /**
   * Aborts uploads below the output that were begun long ago: nothing tells whose they are, so younger ones may be of a
   * run that is under way. Where this is not allowed, the run goes on with a warning.
   */
  async removeAbandoned(): Promise<void> {
    const oldestMs = Date.now() - this.#config.abortUploadsAfterHours * HOUR_MS;
    try {
      await abortUploads(this.#client, this.#bucket, this.#prefix, oldestMs);
    } catch (thrown) {
      this.#cannotAbort = this.#explained('abort old uploads below', '', thrown).message;
    }
  }

  #keyOf(path: string): string {
    return this.#prefix + path;
  }

  async #try<T>(action: string, path: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (thrown) {
      throw this.#explained(action, path, thrown);
    }
  }

  #explained(action: string, path: string, thrown: unknown): DatagenError {
    const endpoint = endpointOf(this.#config);
    return explained(action, this.location(path).replace(/\/$/, ''), thrown, {
      bucket: this.#bucket,
      ...(endpoint !== undefined && { endpoint }),
    });
  }
}
