//! Encodes Arrow columns from JavaScript as one Parquet file, piece by piece.
//!
//! # Protocol
//!
//! 1. `new FileEncoder(schema, settings)`: `schema` is an Arrow IPC stream without batches. It is the schema that the
//!    file declares; its fields carry their ids as `PARQUET:field_id`.
//! 2. `write(row_count, columns)`: the buffers of each column, in the order of the schema and as Arrow's columnar format
//!    lays them out; text may be plain or come as dictionaries. Their memory is borrowed for the time of the call and
//!    read where it lies, where aligned as its type needs.
//! 3. `finish()`: ends the file with its footer and returns how many values of each column are NaN, which the footer does
//!    not say. Neither function may be called after it.
//! 4. `read(target)`, after each call of the two until it returns 0: moves bytes of the file that are finished into
//!    `target` and returns their number. Bytes are not handed over in memory of this crate: to free it, JavaScript's
//!    array would have to be detached, and from the first detached array on V8 makes slower code of all typed arrays.
//!
//! All calls are synchronous: a file is encoded on the thread that generates its rows, and several files on several
//! threads. Failures are JavaScript errors whose `code` is `INVALID_SETTINGS`, `INVALID_BATCH`, `ENCODE_FAILED`,
//! `FINISHED` or, for a bug of this crate or of those it uses, `PANIC`.

mod batch;
mod column;
mod deltas;
mod encoder;
mod error;
mod hybrid;
#[cfg(target_os = "linux")]
mod memory;
mod number;
mod number_column;
mod packing;
mod pages;
mod settings;
mod text_column;

use std::collections::VecDeque;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{Uint8Array, Uint8ArraySlice};
use napi_derive::napi;

use crate::batch::ColumnBuffers;
use crate::encoder::Encoder;
use crate::error::{CodedError, CodedResult, into_napi};
use crate::settings::EncodeSettings;

/// One Parquet file that is being made.
#[napi]
pub struct FileEncoder {
    encoder: Option<Encoder>,
    /// Bytes of the file that nobody has read.
    finished: VecDeque<u8>,
}

#[napi]
impl FileEncoder {
    #[napi(constructor)]
    pub fn new(schema: Uint8Array, settings: EncodeSettings) -> napi::Result<Self, String> {
        guarded(|| Encoder::new(&schema, &settings)).map(|encoder| Self {
            encoder: Some(encoder),
            finished: VecDeque::new(),
        })
    }

    #[napi]
    pub fn write(
        &mut self,
        row_count: u32,
        columns: Vec<ColumnBuffers>,
    ) -> napi::Result<(), String> {
        // Put back on success alone: a file is of no use after a failure or a panic half way through a batch.
        let encoder = self.encoder.take();
        let (encoder, bytes) = guarded(|| {
            let mut encoder = encoder.ok_or_else(CodedError::finished)?;
            let bytes = encoder.write(row_count as usize, &columns)?;
            Ok((encoder, bytes))
        })?;
        self.encoder = Some(encoder);
        self.keep(bytes);
        Ok(())
    }

    #[napi]
    pub fn finish(&mut self) -> napi::Result<Vec<i64>, String> {
        let encoder = self.encoder.take();
        let end = guarded(|| encoder.ok_or_else(CodedError::finished)?.finish())?;
        self.keep(end.bytes);
        Ok(end
            .nan_counts
            .into_iter()
            .map(|count| count as i64)
            .collect())
    }

    #[napi]
    pub fn read(&mut self, mut target: Uint8ArraySlice) -> i64 {
        // SAFETY: JavaScript waits for this call, so nobody else looks at the memory of `target`.
        let target = unsafe { target.as_mut() };
        // Reading from memory does not fail.
        let count = self.finished.read(target).unwrap_or_default();
        if self.finished.is_empty() {
            // Gives its memory back, too.
            self.finished = VecDeque::new();
        }
        count as i64
    }

    fn keep(&mut self, bytes: Vec<u8>) {
        if self.finished.is_empty() {
            self.finished = bytes.into();
        } else {
            self.finished.extend(bytes);
        }
    }
}

/// Panics, to test that a panic ends neither the process nor the thread.
#[napi]
pub fn panic_for_test() -> napi::Result<(), String> {
    guarded(|| panic!("asked for"))
}

/// Turns failures into errors with a code, and panics into failures.
fn guarded<T>(run: impl FnOnce() -> CodedResult<T>) -> napi::Result<T, String> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(into_napi),
        Err(payload) => Err(into_napi(CodedError::panic(payload.as_ref()))),
    }
}
