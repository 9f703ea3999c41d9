//! One Parquet file, from its schema to its footer.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::arrow_writer::{ArrowWriter, ArrowWriterOptions};
use parquet::arrow::encode_arrow_schema;

use crate::error::{CodedError, CodedResult};
use crate::ipc::{read_schema, with_batch};
use crate::settings::EncodeSettings;

pub struct Encoder {
    /// Made with the first batch, which tells whether text comes as dictionaries.
    writer: Option<ArrowWriter<Vec<u8>>>,
    declared: SchemaRef,
    options: Option<ArrowWriterOptions>,
}

impl Encoder {
    pub fn new(schema: &[u8], settings: &EncodeSettings) -> CodedResult<Self> {
        let declared = read_schema(schema)?;
        let properties = settings.properties(encode_arrow_schema(&declared))?;
        // The Arrow schema among the properties says text, whatever the batches bring.
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            .with_skip_arrow_metadata(true);
        Ok(Self {
            writer: None,
            declared,
            options: Some(options),
        })
    }

    /// Adds a batch; returns the bytes that are finished.
    pub fn write(&mut self, batch: &[u8]) -> CodedResult<Vec<u8>> {
        with_batch(batch, |batch| {
            let schema = self.schema_for(batch)?;
            let columns: Vec<ArrayRef> = batch.columns().to_vec();
            let batch = RecordBatch::try_new(Arc::clone(&schema), columns)
                .map_err(|cause| CodedError::new("INVALID_BATCH", cause))?;
            let writer = self.open(schema)?;
            writer.write(&batch).map_err(failed)?;
            Ok(std::mem::take(writer.inner_mut()))
        })
    }

    /// Ends the file; returns the bytes that are left.
    pub fn finish(mut self) -> CodedResult<Vec<u8>> {
        let declared = Arc::clone(&self.declared);
        self.open(declared)?;
        let writer = self.writer.take().ok_or_else(CodedError::finished)?;
        writer.into_inner().map_err(failed)
    }

    fn open(&mut self, schema: SchemaRef) -> CodedResult<&mut ArrowWriter<Vec<u8>>> {
        if self.writer.is_none() {
            let options = self.options.take().ok_or_else(CodedError::finished)?;
            let writer =
                ArrowWriter::try_new_with_options(Vec::new(), schema, options).map_err(failed)?;
            self.writer = Some(writer);
        }
        self.writer.as_mut().ok_or_else(CodedError::finished)
    }

    /// The declared fields with the types of the batch: names, ids and documentation are those of the table.
    fn schema_for(&self, batch: &RecordBatch) -> CodedResult<SchemaRef> {
        let found = batch.schema();
        if found.fields().len() != self.declared.fields().len() {
            return Err(CodedError::new(
                "INVALID_BATCH",
                "a batch has not the columns of its file",
            ));
        }
        let fields = self.declared.fields().iter().zip(found.fields());
        let fields: Vec<Field> = fields
            .map(|(declared, found)| with_type(declared, found.data_type()))
            .collect();
        Ok(Arc::new(Schema::new(fields)))
    }
}

fn with_type(declared: &Field, data_type: &DataType) -> Field {
    declared.clone().with_data_type(data_type.clone())
}

fn failed(cause: impl std::fmt::Display) -> CodedError {
    CodedError::new("ENCODE_FAILED", cause)
}
