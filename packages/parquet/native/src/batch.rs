//! Columns in memory that JavaScript owns.

use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, make_array};
use arrow_buffer::Buffer;
use arrow_data::ArrayData;
use arrow_ipc::reader::StreamDecoder;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::error::{CodedError, CodedResult};

/// The buffers of one column, as Arrow's columnar format lays them out.
#[napi(object, object_to_js = false)]
pub struct ColumnBuffers {
    /// Bitmap of the rows that are not null; absent where none is.
    pub validity: Option<Uint8Array>,
    /// Of plain text: 32-bit positions in `values`.
    pub offsets: Option<Uint8Array>,
    /// Of text from a dictionary, 32-bit positions in it.
    pub values: Uint8Array,
    pub dictionary: Option<Texts>,
}

#[napi(object, object_to_js = false)]
pub struct Texts {
    pub offsets: Uint8Array,
    pub values: Uint8Array,
}

/// The schema of an Arrow IPC stream.
pub fn read_schema(bytes: &[u8]) -> CodedResult<SchemaRef> {
    let mut decoder = StreamDecoder::new();
    decoder
        .decode(&mut Buffer::from(bytes))
        .map_err(CodedError::invalid_batch)?;
    decoder
        .schema()
        .ok_or_else(|| CodedError::invalid_batch("the stream has no schema"))
}

/// Calls `consume` with a batch of `row_count` rows that has the names of `declared`, and dictionaries where text comes
/// so. Its columns lie in `columns` and must not be kept.
pub fn with_batch<T>(
    declared: &SchemaRef,
    row_count: usize,
    columns: &[ColumnBuffers],
    consume: impl FnOnce(&RecordBatch) -> CodedResult<T>,
) -> CodedResult<T> {
    if columns.len() != declared.fields().len() {
        return Err(CodedError::invalid_batch(
            "a batch has not the columns of its file",
        ));
    }
    // SAFETY: the memory is borrowed for as long as `columns` is. Nothing made from it outlives this call: the encoder
    // copies the values of a batch into its pages.
    let arrays: Result<Vec<ArrayRef>, ArrowError> = declared
        .fields()
        .iter()
        .zip(columns)
        .map(|(field, column)| Ok(make_array(unsafe { column.data(field, row_count) }?)))
        .collect();
    let arrays = arrays.map_err(CodedError::invalid_batch)?;
    let fields = declared.fields().iter().zip(&arrays);
    let fields: Vec<Field> = fields
        .map(|(field, array)| Field::clone(field).with_data_type(array.data_type().clone()))
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(row_count));
    let batch = RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map_err(CodedError::invalid_batch)?;
    consume(&batch)
}

impl ColumnBuffers {
    /// The column, checked to be what Arrow demands. Buffers that are not aligned as their type needs are copied.
    ///
    /// # Safety
    ///
    /// The result must not outlive `self`.
    unsafe fn data(&self, field: &Field, row_count: usize) -> Result<ArrayData, ArrowError> {
        let borrowed = |bytes: &Uint8Array| unsafe { borrowed(bytes) };
        let builder = match &self.dictionary {
            Some(texts) => {
                let offsets = borrowed(&texts.offsets);
                let count = (offsets.len() / size_of::<i32>()).saturating_sub(1);
                let texts = ArrayData::builder(DataType::Utf8)
                    .len(count)
                    .add_buffer(offsets)
                    .add_buffer(borrowed(&texts.values))
                    .align_buffers(true)
                    .build()?;
                let key = Box::new(DataType::Int32);
                ArrayData::builder(DataType::Dictionary(key, Box::new(DataType::Utf8)))
                    .add_child_data(texts)
            }
            None => ArrayData::builder(field.data_type().clone()),
        };
        builder
            .len(row_count)
            .buffers(
                self.offsets
                    .iter()
                    .chain([&self.values])
                    .map(borrowed)
                    .collect(),
            )
            .null_bit_buffer(self.validity.as_ref().map(borrowed))
            .align_buffers(true)
            .build()
    }
}

/// Makes borrowed bytes an Arrow buffer without a copy.
///
/// # Safety
///
/// The buffer must not outlive `bytes`.
unsafe fn borrowed(bytes: &[u8]) -> Buffer {
    if bytes.is_empty() {
        return Buffer::from(&[]);
    }
    let start = NonNull::from(bytes).cast::<u8>();
    unsafe { Buffer::from_custom_allocation(start, bytes.len(), Arc::new(())) }
}
