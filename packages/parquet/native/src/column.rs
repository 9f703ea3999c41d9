//! The encoders of a column.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, FieldRef};
use bytes::Bytes;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, compute_leaves};
use parquet::basic::{Compression, Type};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::writer::SerializedRowGroupWriter;
use parquet::schema::types::ColumnDescPtr;

use crate::number::Double;
use crate::number_column::NumberColumn;
use crate::text_column::{TextColumn, has_short_texts};

/// A column of the row group that is being filled. Numbers, and text that comes as dictionaries, are most of what there is:
/// they are encoded here, several times as fast as by the library, which takes the rest.
pub enum Column {
    Int32(NumberColumn<i32>),
    Int64(NumberColumn<i64>),
    Double(NumberColumn<Double>),
    Text(TextColumn),
    Other(Box<ArrowColumnWriter>, FieldRef),
}

impl Column {
    /// For arrays like `first`; `has_dictionary` says whether to look for values that repeat, `is_classic` whether numbers
    /// that do not are written as they are, and not as differences.
    pub fn new(
        first: &ArrayRef,
        field: &FieldRef,
        library: ArrowColumnWriter,
        column: &ColumnDescPtr,
        compression: Compression,
        has_dictionary: bool,
        is_classic: bool,
    ) -> Result<Self> {
        let column = Arc::clone(column);
        let is_integer = matches!(
            first.data_type(),
            DataType::Int32
                | DataType::Date32
                | DataType::Int64
                | DataType::Timestamp(_, _)
                | DataType::Decimal128(_, _)
        );
        Ok(match column.physical_type() {
            Type::INT32 if is_integer => Self::Int32(NumberColumn::new(
                column,
                compression,
                has_dictionary,
                is_classic,
            )?),
            Type::INT64 if is_integer => Self::Int64(NumberColumn::new(
                column,
                compression,
                has_dictionary,
                is_classic,
            )?),
            Type::DOUBLE if *first.data_type() == DataType::Float64 => Self::Double(
                NumberColumn::new(column, compression, has_dictionary, is_classic)?,
            ),
            Type::BYTE_ARRAY if has_dictionary && has_short_texts(first) => {
                Self::Text(TextColumn::new(column, compression)?)
            }
            _ => Self::Other(Box::new(library), Arc::clone(field)),
        })
    }

    pub fn write(&mut self, array: &ArrayRef) -> Result<()> {
        match self {
            Self::Int32(column) => column.write(array),
            Self::Int64(column) => column.write(array),
            Self::Double(column) => column.write(array),
            Self::Text(column) => column.write(array),
            Self::Other(writer, field) => {
                for leaf in compute_leaves(field, array)? {
                    writer.write(&leaf)?;
                }
                Ok(())
            }
        }
    }

    /// Whether the next row group should look for values that repeat.
    pub fn has_dictionary(&self) -> bool {
        match self {
            Self::Int32(column) => column.has_dictionary(),
            Self::Int64(column) => column.has_dictionary(),
            Self::Double(column) => column.has_dictionary(),
            Self::Text(_) | Self::Other(_, _) => true,
        }
    }

    /// How many of the column's values are NaN; ends its last page.
    pub fn count_nans(&mut self) -> Result<usize> {
        let Self::Double(column) = self else {
            return Ok(0);
        };
        column.end_page()?;
        Ok(column.unordered_count())
    }

    pub fn close(self) -> Result<ClosedColumn> {
        let (bytes, close) = match self {
            Self::Int32(column) => column.close()?,
            Self::Int64(column) => column.close()?,
            Self::Double(column) => column.close()?,
            Self::Text(column) => column.close()?,
            Self::Other(writer, _) => return Ok(ClosedColumn::Other(writer.close()?)),
        };
        Ok(ClosedColumn::Own(bytes, close))
    }
}

/// A column that is whole, to be put into its row group.
pub enum ClosedColumn {
    Own(Bytes, ColumnCloseResult),
    Other(ArrowColumnChunk),
}

impl ClosedColumn {
    /// Bytes in the file, as far as they are known here.
    pub fn byte_length(&self) -> usize {
        match self {
            Self::Own(bytes, _) => bytes.len(),
            Self::Other(_) => 0,
        }
    }

    pub fn append_to(self, group: &mut SerializedRowGroupWriter<'_, Vec<u8>>) -> Result<()> {
        match self {
            Self::Own(bytes, close) => group.append_column(&bytes, close),
            Self::Other(chunk) => chunk.append_to_row_group(group),
        }
    }
}
