import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { MultipartUpload } from './multipart-upload.ts';
import { giveBack, type Part, partsOf } from './parts.ts';
import { markOf, settle } from './settle.ts';
import type { Target } from './target.ts';

/**
 * Makes an object of a file's chunks, whole or not at all: in one request if it is short, else in parts that are sent
 * while later ones are made. Returns its size; undefined if `ifAbsent` was asked for and there is one.
 */
export async function upload(target: Target, chunks: AsyncIterable<Uint8Array>): Promise<number | undefined> {
  const write = randomUUID();
  let byteSize = 0;
  let multipart: MultipartUpload | undefined;
  try {
    for await (const part of partsOf(chunks)) {
      byteSize += part.bytes.byteLength;
      if (part.isLast && multipart === undefined)
        return (await putWhole(target, write, part)) ? byteSize : undefined;
      multipart ??= await MultipartUpload.begin(target, write);
      await multipart.add(part);
    }
    return (await multipart?.complete()) === true ? byteSize : undefined;
  } catch (thrown) {
    await multipart?.abort();
    throw thrown;
  }
}

async function putWhole(
  { client, bucket, key, ifAbsent }: Target,
  write: string,
  part: Part,
): Promise<boolean> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: part.bytes,
    ...markOf(write),
    ...(ifAbsent && { IfNoneMatch: '*' }),
  });
  const isOurs = await settle({ client, bucket, key, ifAbsent }, write, () => client.send(command));
  giveBack(part);
  return isOurs;
}
