//! What a file is to be like.

use napi_derive::napi;
use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
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
    pub key: String,
    pub value: String,
}

impl EncodeSettings {
    /// `arrow_schema` is what is kept of the columns' Arrow types.
    pub fn properties(&self, arrow_schema: String) -> CodedResult<WriterProperties> {
        let metadata = vec![
            KeyValue::new(self.key.clone(), self.value.clone()),
            KeyValue::new(
                parquet::arrow::ARROW_SCHEMA_META_KEY.to_owned(),
                arrow_schema,
            ),
        ];
        let mut builder = WriterProperties::builder()
            .set_created_by("datagen (native)".to_owned())
            .set_compression(self.codec()?)
            .set_max_row_group_row_count(Some(self.row_group_rows as usize))
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_key_value_metadata(Some(metadata));
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

fn invalid(cause: ParquetError) -> CodedError {
    CodedError::new("INVALID_SETTINGS", cause)
}
