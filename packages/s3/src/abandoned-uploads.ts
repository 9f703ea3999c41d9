import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  type S3Client,
} from '@aws-sdk/client-s3';
import { codeOfFailure } from './failures.ts';

/** Aborts the unfinished uploads whose keys begin with a prefix and that were begun at `latestMs` or before. */
export async function abortUploads(
  client: S3Client,
  bucket: string,
  prefix: string,
  latestMs: number,
): Promise<void> {
  const found: MultipartUpload[] = [];
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    const command = new ListMultipartUploadsCommand({
      Bucket: bucket,
      Prefix: prefix,
      KeyMarker: page?.NextKeyMarker,
      UploadIdMarker: page?.NextUploadIdMarker,
    });
    page = await client.send(command);
    found.push(...(page.Uploads ?? []));
  } while (page.IsTruncated === true && page.NextKeyMarker !== undefined);
  for (const { Key, UploadId, Initiated } of found) {
    if (Initiated === undefined || Initiated.getTime() > latestMs) continue;
    const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId });
    await client.send(command).catch((thrown: unknown) => {
      // It was completed meanwhile, or aborted by another run.
      if (codeOfFailure(thrown) !== 'NoSuchUpload') throw thrown;
    });
  }
}
