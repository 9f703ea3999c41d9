import { setTimeout as wait } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { giveBack, type Part } from './parts.ts';
import { markOf, settle } from './settle.ts';
import type { Target } from './target.ts';

/** Parts of a file in memory, 24 MiB of most files: one is filled while two are sent, or three are sent. */
const IN_MEMORY = 3;

/** A store that cannot be reached any more is not waited for. */
const ABORT_MS = 10_000;
const PAUSE_MS = 100;

/** An upload of several parts; no object comes of it before it is completed. */
export class MultipartUpload {
  readonly #target: Target;
  readonly #write: string;
  readonly #uploadId: string;
  readonly #underWay = new Set<Promise<void>>();
  readonly #tags = new Map<number, string>();
  readonly #end = new AbortController();
  #failure: { readonly thrown: unknown } | undefined;

  private constructor(target: Target, write: string, uploadId: string) {
    this.#target = target;
    this.#write = write;
    this.#uploadId = uploadId;
  }

  /** Begins an upload; `write` names it in the object's metadata. */
  static async begin(target: Target, write: string): Promise<MultipartUpload> {
    const { client, bucket, key } = target;
    const { UploadId = '' } = await client.send(
      new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...markOf(write) }),
    );
    return new MultipartUpload(target, write, UploadId);
  }

  /** Sends a part; returns when there is room for the next one, and throws what sending an earlier one threw. */
  async add(part: Part): Promise<void> {
    const sending: Promise<void> = this.#send(part)
      .catch((thrown: unknown) => {
        this.#failure ??= { thrown };
      })
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    while (this.#underWay.size >= IN_MEMORY) await Promise.race(this.#underWay);
    this.#throwFailure();
  }

  /** Makes the object of the parts; false if one is there and may not be replaced. */
  async complete(): Promise<boolean> {
    await Promise.all(this.#underWay);
    this.#throwFailure();
    const parts = [...this.#tags].sort(([a], [b]) => a - b);
    const command = new CompleteMultipartUploadCommand({
      ...this.#names(),
      MultipartUpload: { Parts: parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag })) },
      ...(this.#target.ifAbsent && { IfNoneMatch: '*' }),
    });
    const isOurs = await settle(this.#target, this.#write, () => this.#target.client.send(command));
    if (!isOurs) await this.abort();
    return isOurs;
  }

  /** Ends the upload and removes its parts; what cannot be removed now is by a later run, by its age. */
  async abort(): Promise<void> {
    // A part that the store was still taking may bring the upload back: it is aborted until the store knows of none.
    const tries = this.#underWay.size > 0 ? 5 : 1;
    this.#end.abort();
    await Promise.all(this.#underWay);
    const abortSignal = AbortSignal.timeout(ABORT_MS);
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (attempt > 1) await wait(PAUSE_MS * attempt);
      try {
        const command = new AbortMultipartUploadCommand(this.#names());
        await this.#target.client.send(command, { abortSignal });
      } catch {
        return;
      }
    }
  }

  async #send(part: Part): Promise<void> {
    const command = new UploadPartCommand({ ...this.#names(), PartNumber: part.number, Body: part.bytes });
    const { ETag = '' } = await this.#target.client.send(command, { abortSignal: this.#end.signal });
    this.#tags.set(part.number, ETag);
    // Only now: a request that failed may still be reading it.
    giveBack(part);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }

  #names(): { readonly Bucket: string; readonly Key: string; readonly UploadId: string } {
    const { bucket, key } = this.#target;
    return { Bucket: bucket, Key: key, UploadId: this.#uploadId };
  }
}
