//! One Parquet file, from its schema to its footer.

use std::sync::Arc;

use arrow_array::{Array, RecordBatch};
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, ArrowWriterOptions};
use parquet::basic::Compression;
use parquet::file::writer::SerializedFileWriter;

use crate::batch::{ColumnBuffers, read_schema, with_batch};
use crate::column::{ClosedColumn, Column};
use crate::error::{CodedError, CodedResult};
use crate::settings::EncodeSettings;

pub struct Encoder {
    declared: SchemaRef,
    options: ArrowWriterOptions,
    compression: Compression,
    row_group_rows: usize,
    /// By column: whether its values may repeat.
    has_dictionary: Vec<bool>,
    is_classic: bool,
    /// Made with the first batch, which tells whether text comes as dictionaries.
    file: Option<File>,
}

struct File {
    schema: SchemaRef,
    writer: SerializedFileWriter<Vec<u8>>,
    factory: ArrowRowGroupWriterFactory,
    /// Of the row group that is being filled; none before its first row.
    columns: Vec<Column>,
    rows: usize,
    /// By column, of the row groups that are full.
    nan_counts: Vec<usize>,
}

/// The end of a file: bytes that are left, and how many values of each column are NaN.
pub struct FileEnd {
    pub bytes: Vec<u8>,
    pub nan_counts: Vec<usize>,
}

impl Encoder {
    pub fn new(schema: &[u8], settings: &EncodeSettings) -> CodedResult<Self> {
        let declared = read_schema(schema)?;
        let properties = settings.properties(&declared)?;
        // The Arrow schema among the properties says text, whatever the batches bring.
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            .with_skip_arrow_metadata(true);
        let fields = declared.fields().iter();
        Ok(Self {
            options,
            compression: settings.codec()?,
            is_classic: settings.classic,
            row_group_rows: settings.row_group_rows as usize,
            has_dictionary: fields
                .map(|field| settings.may_repeat(field.name()))
                .collect(),
            declared,
            file: None,
        })
    }

    /// Adds rows; returns the bytes that are finished.
    pub fn write(&mut self, row_count: usize, columns: &[ColumnBuffers]) -> CodedResult<Vec<u8>> {
        let declared = Arc::clone(&self.declared);
        with_batch(&declared, row_count, columns, |batch| {
            let file = Self::open(&mut self.file, &self.options, batch.schema_ref())?;
            let mut fields = file.schema.fields().iter().zip(batch.columns());
            if fields.any(|(field, column)| field.data_type() != column.data_type()) {
                return Err(CodedError::invalid_batch(
                    "a batch has other types than the first one",
                ));
            }
            let mut at = 0;
            while at < batch.num_rows() {
                let count = (batch.num_rows() - at).min(self.row_group_rows - file.rows);
                let part = batch.slice(at, count);
                if file.columns.is_empty() {
                    file.columns = file
                        .new_columns(
                            &part,
                            self.compression,
                            &self.has_dictionary,
                            self.is_classic,
                        )
                        .map_err(failed)?;
                }
                for (column, array) in file.columns.iter_mut().zip(part.columns()) {
                    column.write(array).map_err(failed)?;
                }
                file.rows += count;
                at += count;
                if file.rows == self.row_group_rows {
                    for (has_dictionary, column) in
                        self.has_dictionary.iter_mut().zip(&file.columns)
                    {
                        *has_dictionary &= column.has_dictionary();
                    }
                    file.end_row_group().map_err(failed)?;
                }
            }
            Ok(std::mem::take(file.writer.inner_mut()))
        })
    }

    /// Ends the file with its footer.
    pub fn finish(mut self) -> CodedResult<FileEnd> {
        let declared = Arc::clone(&self.declared);
        Self::open(&mut self.file, &self.options, &declared)?;
        let mut file = self.file.take().ok_or_else(CodedError::finished)?;
        if file.rows > 0 {
            file.end_row_group().map_err(failed)?;
        }
        let nan_counts = file.nan_counts;
        let bytes = file.writer.into_inner().map_err(failed)?;
        Ok(FileEnd { bytes, nan_counts })
    }

    fn open<'a>(
        file: &'a mut Option<File>,
        options: &ArrowWriterOptions,
        schema: &SchemaRef,
    ) -> CodedResult<&'a mut File> {
        if file.is_none() {
            let (writer, factory) =
                ArrowWriter::try_new_with_options(Vec::new(), Arc::clone(schema), options.clone())
                    .and_then(ArrowWriter::into_serialized_writer)
                    .map_err(failed)?;
            *file = Some(File {
                nan_counts: vec![0; schema.fields().len()],
                schema: Arc::clone(schema),
                writer,
                factory,
                columns: Vec::new(),
                rows: 0,
            });
        }
        file.as_mut().ok_or_else(CodedError::finished)
    }
}

impl File {
    fn new_columns(
        &self,
        first: &RecordBatch,
        compression: Compression,
        has_dictionary: &[bool],
        is_classic: bool,
    ) -> parquet::errors::Result<Vec<Column>> {
        let row_group = self.writer.flushed_row_groups().len();
        let library = self.factory.create_column_writers(row_group)?;
        let columns = self.writer.schema_descr().columns().iter();
        let arrays = first.columns().iter().zip(self.schema.fields());
        arrays
            .zip(library)
            .zip(columns)
            .zip(has_dictionary)
            .map(|((((array, field), library), column), &has_dictionary)| {
                Column::new(
                    array,
                    field,
                    library,
                    column,
                    compression,
                    has_dictionary,
                    is_classic,
                )
            })
            .collect()
    }

    fn end_row_group(&mut self) -> parquet::errors::Result<()> {
        for (count, column) in self.nan_counts.iter_mut().zip(&mut self.columns) {
            *count += column.count_nans()?;
        }
        let columns = self.columns.drain(..).map(Column::close);
        let columns = columns.collect::<parquet::errors::Result<Vec<_>>>()?;
        // At once: growing step by step would copy all bytes again, and leave holes in the memory of the process.
        let length: usize = columns.iter().map(ClosedColumn::byte_length).sum();
        self.writer.inner_mut().reserve(length + length / 64);
        let mut group = self.writer.next_row_group()?;
        for column in columns {
            column.append_to(&mut group)?;
        }
        group.close()?;
        self.rows = 0;
        self.writer.flush()?;
        Ok(())
    }
}

fn failed(cause: impl std::fmt::Display) -> CodedError {
    CodedError::new("ENCODE_FAILED", cause)
}
