//! What a file is to be like.

use std::fmt::Display;

use arrow_schema::{ArrowError, Schema};
use napi_derive::napi;
use parquet::arrow::encode_arrow_schema;
use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::error::{CodedError, CodedResult};

#[napi(object)]
pub struct EncodeSettings {
    /// `snappy`, `zstd`, `gzip` or `none`.
    pub compression: String,
    /// Of zstd (1 to 22) and gzip (0 to 10); absent for the codec's own default.
    pub level: Option<i32>,
    pub row_group_rows: u32,
    /// Columns whose values hardly repeat: a dictionary would cost time and space.
    pub without_dictionary: Vec<String>,
    /// Columns of whole numbers that are written as differences.
    pub deltas: Vec<String>,
    /// Whether values that do not repeat are written as they are, for readers that know plain values and dictionaries alone.
    pub classic: bool,
    /// Columns that the rows are sorted by, rising and without nulls, as row groups are to name them.
    pub sorted_by: Vec<String>,
    pub key: String,
    pub value: String,
}

impl EncodeSettings {
    /// `declared` are the columns of the file, whose Arrow types are kept in its metadata.
    pub fn properties(&self, declared: &Schema) -> CodedResult<WriterProperties> {
        let metadata = vec![
            KeyValue::new(self.key.clone(), self.value.clone()),
            KeyValue::new(
                parquet::arrow::ARROW_SCHEMA_META_KEY.to_owned(),
                encode_arrow_schema(declared),
            ),
        ];
        let mut builder = WriterProperties::builder()
            .set_created_by("datagen (native)".to_owned())
            .set_compression(self.codec()?)
            .set_max_row_group_row_count(Some(self.row_group_rows as usize))
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_key_value_metadata(Some(metadata))
            .set_sorting_columns(self.sorting_columns(declared)?);
        for name in &self.without_dictionary {
            builder = builder.set_column_dictionary_enabled(ColumnPath::from(name.as_str()), false);
        }
        for name in &self.deltas {
            let path = ColumnPath::from(name.as_str());
            builder = builder
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
        Ok(builder.build())
    }

    /// None rather than an empty list: without an order a row group says nothing.
    fn sorting_columns(&self, declared: &Schema) -> CodedResult<Option<Vec<SortingColumn>>> {
        let columns = self.sorted_by.iter().map(|name| {
            let index = declared.index_of(name)?;
            Ok(SortingColumn {
                column_idx: i32::try_from(index).unwrap_or(i32::MAX),
                descending: false,
                nulls_first: false,
            })
        });
        let columns: Vec<_> = columns
            .collect::<Result<_, ArrowError>>()
            .map_err(invalid)?;
        Ok((!columns.is_empty()).then_some(columns))
    }

    /// Whether a column's values may repeat, so that a dictionary may be worthwhile.
    pub fn may_repeat(&self, column: &str) -> bool {
        let mut others = self.without_dictionary.iter().chain(&self.deltas);
        !others.any(|name| name == column)
    }

    pub fn codec(&self) -> CodedResult<Compression> {
        let codec = match (self.compression.as_str(), self.level) {
            ("none", _) => Compression::UNCOMPRESSED,
            ("snappy", _) => Compression::SNAPPY,
            ("zstd", None) => Compression::ZSTD(ZstdLevel::default()),
            ("zstd", Some(level)) => Compression::ZSTD(ZstdLevel::try_new(level).map_err(invalid)?),
            ("gzip", None) => Compression::GZIP(GzipLevel::default()),
            ("gzip", Some(level)) => {
                let level = u32::try_from(level).unwrap_or(u32::MAX);
                Compression::GZIP(GzipLevel::try_new(level).map_err(invalid)?)
            }
            (other, _) => {
                return Err(CodedError::new(
                    "INVALID_SETTINGS",
                    format!("no codec is named {other}"),
                ));
            }
        };
        Ok(codec)
    }
}

fn invalid(cause: impl Display) -> CodedError {
    CodedError::new("INVALID_SETTINGS", cause)
}
