//! Arrow IPC streams in memory that JavaScript owns.

use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;
use arrow_schema::SchemaRef;

use crate::error::{CodedError, CodedResult};

/// The schema of a stream without batches.
pub fn read_schema(bytes: &[u8]) -> CodedResult<SchemaRef> {
    let mut decoder = StreamDecoder::new();
    with_borrowed(bytes, |buffer| decode(&mut decoder, buffer))?;
    decoder
        .schema()
        .ok_or_else(|| CodedError::new("INVALID_BATCH", "the stream has no schema"))
}

/// Calls `consume` with the one batch of a stream. Its columns lie in `bytes` and must not be kept.
pub fn with_batch<T>(
    bytes: &[u8],
    consume: impl FnOnce(&RecordBatch) -> CodedResult<T>,
) -> CodedResult<T> {
    with_borrowed(bytes, |buffer| {
        let mut decoder = StreamDecoder::new();
        let batch = decode(&mut decoder, buffer)?
            .ok_or_else(|| CodedError::new("INVALID_BATCH", "the stream has no batch"))?;
        consume(&batch)
    })
}

fn decode(decoder: &mut StreamDecoder, mut buffer: Buffer) -> CodedResult<Option<RecordBatch>> {
    // Buffers that are not aligned as their type needs are copied by the decoder.
    decoder
        .decode(&mut buffer)
        .map_err(|cause| CodedError::new("INVALID_BATCH", cause))
}

/// Makes borrowed bytes an Arrow buffer without a copy, for the time of a call.
fn with_borrowed<T>(
    bytes: &[u8],
    use_buffer: impl FnOnce(Buffer) -> CodedResult<T>,
) -> CodedResult<T> {
    let start = NonNull::from(bytes).cast::<u8>();
    // SAFETY: the bytes are valid for as long as `bytes` is borrowed. Nothing made from the buffer outlives
    // `use_buffer`: schemas own their text, and the encoder copies the values of a batch into its pages.
    let buffer = unsafe { Buffer::from_custom_allocation(start, bytes.len(), Arc::new(())) };
    use_buffer(buffer)
}
