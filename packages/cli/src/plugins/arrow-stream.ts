import { DatagenError } from '@datagen/core';
import { definePlugin, type EncodeRows } from '@datagen/core/writer';
import { AsyncByteQueue, RecordBatchStreamWriter, type Schema } from 'apache-arrow';
import { z } from '@datagen/core/zod';

/** Takes the messages of a stream as they are written; Arrow's own queue has no end for a slow reader. */
class Messages extends AsyncByteQueue {
  #parts: Uint8Array[] = [];

  override write(part: Uint8Array): void {
    this.#parts.push(part);
  }

  take(): Uint8Array {
    const taken = Buffer.concat(this.#parts);
    this.#parts = [];
    return taken;
  }
}

/** Rows as a stream of Arrow's inter-process format: the schema, each dictionary once, and the batches as they were made. */
function encodeStream(schema: Schema): EncodeRows {
  return async function* (batches) {
    const messages = new Messages();
    const writer = new RecordBatchStreamWriter();
    writer.reset(messages, schema);
    for await (const batch of batches) {
      writer.write(batch);
      yield messages.take();
    }
    writer.finish();
    yield messages.take();
  };
}

/** One table as an Arrow IPC stream; there are no files of it. */
export const arrowPlugin = definePlugin({
  kind: 'writer',
  name: 'arrow',
  description: 'Arrow IPC stream of one table, to the standard output alone',
  options: z.strictObject({}),
  module: import.meta.url,
  export: 'arrowPlugin',
  create: () => {
    throw new DatagenError(
      'INVALID_OPTION',
      'Expected - as the output, for the standard output: the format "arrow" is a stream and no files. Choose another format for files.',
    );
  },
  stream: ({ schema }, _, compression) => {
    if (compression === 'gzip' || compression === 'zstd') {
      throw new DatagenError(
        'INVALID_OPTION',
        `Expected no compression for the format "arrow", got ${compression}. Compress the stream behind the pipe.`,
        { details: { option: 'compression', compression } },
      );
    }
    return encodeStream(schema);
  },
});
