//! The data pages of a column in a row group, and what the footer says of them.

use arrow_buffer::{BooleanBufferBuilder, NullBuffer};
use bytes::Bytes;
use parquet::basic::{BoundaryOrder, Compression, Encoding, PageType};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::compression::{Codec, CodecOptions, create_codec};
use parquet::errors::Result;
use parquet::file::metadata::{
    ColumnChunkMetaData, ColumnIndexBuilder, OffsetIndexBuilder, PageEncodingStats,
};
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use crate::hybrid::write_levels;

/// Rows of a data page: readers can skip that many, and no fewer, by the page index.
pub const PAGE_ROWS: usize = 20_000;

/// More than the header of a dictionary page takes.
const PAGE_HEADER_BYTES: usize = 64;

/// The least and the greatest value of a page, as they are compared and as the page index has them.
pub trait Bound: Ord + Clone {
    fn bytes(&self) -> Vec<u8>;
}

/// Which rows of the page that is being filled are there.
pub struct Levels {
    bits: BooleanBufferBuilder,
    null_count: usize,
}

impl Levels {
    pub fn new() -> Self {
        Self {
            bits: BooleanBufferBuilder::new(PAGE_ROWS),
            null_count: 0,
        }
    }

    pub fn rows(&self) -> usize {
        self.bits.len()
    }

    /// Adds `count` rows from `start` on of an array with these nulls.
    pub fn append(&mut self, nulls: Option<&NullBuffer>, start: usize, count: usize) {
        match nulls {
            None => self.bits.append_n(count, true),
            Some(nulls) => {
                let nulls = nulls.slice(start, count);
                self.null_count += nulls.null_count();
                self.bits.append_buffer(nulls.inner());
            }
        }
    }
}

pub struct Pages<B> {
    column: ColumnDescPtr,
    compression: Compression,
    codec: Option<Box<dyn Codec>>,
    sink: TrackedWrite<Vec<u8>>,
    /// Bytes, with the header, and rows of each page.
    sizes: Vec<(i32, i64)>,
    encodings: Vec<PageEncodingStats>,
    index: ColumnIndexBuilder,
    uncompressed_size: i64,
    row_count: i64,
    null_count: i64,
    bounds: Option<(B, B)>,
    last: Option<(B, B)>,
    is_ascending: bool,
    is_descending: bool,
    body: Vec<u8>,
}

impl<B: Bound> Pages<B> {
    pub fn new(column: ColumnDescPtr, compression: Compression) -> Result<Self> {
        Ok(Self {
            index: ColumnIndexBuilder::new(column.physical_type()),
            column,
            compression,
            codec: create_codec(compression, &CodecOptions::default())?,
            sink: TrackedWrite::new(Vec::new()),
            sizes: Vec::new(),
            encodings: Vec::new(),
            uncompressed_size: 0,
            row_count: 0,
            null_count: 0,
            bounds: None,
            last: None,
            is_ascending: true,
            is_descending: true,
            body: Vec::new(),
        })
    }

    pub fn row_count(&self) -> i64 {
        self.row_count
    }

    /// Adds a page whose values `write_values` appends; `bounds` are theirs, if there are any.
    pub fn add(
        &mut self,
        levels: &Levels,
        encoding: Encoding,
        bounds: Option<(B, B)>,
        write_values: impl FnOnce(&mut Vec<u8>),
    ) -> Result<()> {
        let rows = levels.rows();
        let mut body = std::mem::take(&mut self.body);
        body.clear();
        if self.column.max_def_level() > 0 {
            // Their length comes before them.
            body.extend_from_slice(&[0; 4]);
            write_levels(levels.bits.as_slice(), rows, &mut body);
            let length = (body.len() - 4) as u32;
            body[..4].copy_from_slice(&length.to_le_bytes());
        }
        write_values(&mut body);
        let page = Page::DataPage {
            buf: self.compressed(&body)?,
            num_values: rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let page = CompressedPage::new(page, body.len());
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.body = body;
        self.sizes.push((spec.compressed_size as i32, rows as i64));
        self.uncompressed_size += spec.uncompressed_size as i64;
        self.row_count += rows as i64;
        self.null_count += levels.null_count as i64;
        self.count(PageType::DATA_PAGE, encoding);
        self.describe(rows as i64, levels.null_count as i64, bounds);
        Ok(())
    }

    fn compressed(&mut self, body: &[u8]) -> Result<Bytes> {
        let Some(codec) = &mut self.codec else {
            return Ok(Bytes::copy_from_slice(body));
        };
        let mut compressed = Vec::with_capacity(body.len() / 2);
        codec.compress(body, &mut compressed)?;
        Ok(compressed.into())
    }

    fn count(&mut self, page_type: PageType, encoding: Encoding) {
        let same = |found: &&mut PageEncodingStats| {
            found.page_type == page_type && found.encoding == encoding
        };
        match self.encodings.iter_mut().find(same) {
            Some(found) => found.count += 1,
            None => self.encodings.push(PageEncodingStats {
                page_type,
                encoding,
                count: 1,
            }),
        }
    }

    /// Notes a page's bounds, and whether pages go up or down.
    fn describe(&mut self, rows: i64, null_count: i64, bounds: Option<(B, B)>) {
        let Some((min, max)) = bounds else {
            if null_count < rows {
                // Values without an order: a page index cannot say that of a page.
                self.index.to_invalid();
            }
            self.index.append(true, Vec::new(), Vec::new(), null_count);
            return;
        };
        self.index
            .append(false, min.bytes(), max.bytes(), null_count);
        if let Some((last_min, last_max)) = &self.last {
            self.is_ascending &= *last_min <= min && *last_max <= max;
            self.is_descending &= *last_min >= min && *last_max >= max;
        }
        self.bounds = Some(match self.bounds.take() {
            None => (min.clone(), max.clone()),
            Some((least, greatest)) => (least.min(min.clone()), greatest.max(max.clone())),
        });
        self.last = Some((min, max));
    }

    /// Ends the column: its bytes, after those of `dictionary` (values in plain encoding, and how many), and what the
    /// footer says of them.
    pub fn close(
        mut self,
        dictionary: Option<(Vec<u8>, usize)>,
        statistics: impl FnOnce(Option<(B, B)>, u64) -> Statistics,
    ) -> Result<(Bytes, ColumnCloseResult)> {
        let mut bytes = Vec::new();
        if let Some((values, count)) = &dictionary {
            let compressed = self.compressed(values)?;
            bytes.reserve(compressed.len() + self.sink.bytes_written() + PAGE_HEADER_BYTES);
            let mut chunk = TrackedWrite::new(bytes);
            let page = Page::DictionaryPage {
                buf: compressed,
                num_values: *count as u32,
                encoding: Encoding::PLAIN,
                is_sorted: false,
            };
            let page = CompressedPage::new(page, values.len());
            let spec = SerializedPageWriter::new(&mut chunk).write_page(page)?;
            self.uncompressed_size += spec.uncompressed_size as i64;
            self.count(PageType::DICTIONARY_PAGE, Encoding::PLAIN);
            bytes = chunk.into_inner()?;
        }
        let data_offset = bytes.len() as i64;
        let mut pages = self.sink.into_inner()?;
        if bytes.is_empty() {
            bytes = pages;
        } else {
            bytes.append(&mut pages);
        }

        let mut offsets = OffsetIndexBuilder::new();
        let mut offset = data_offset;
        for &(size, rows) in &self.sizes {
            offsets.append_row_count(rows);
            offsets.append_offset_and_size(offset, size);
            offset += i64::from(size);
        }
        self.index
            .set_boundary_order(match (self.is_ascending, self.is_descending) {
                (true, _) => BoundaryOrder::ASCENDING,
                (_, true) => BoundaryOrder::DESCENDING,
                _ => BoundaryOrder::UNORDERED,
            });
        let mut encodings: Vec<Encoding> = vec![Encoding::RLE];
        encodings.extend(self.encodings.iter().map(|stats| stats.encoding));
        let metadata = ColumnChunkMetaData::builder(self.column)
            .set_compression(self.compression)
            .set_encodings(encodings)
            .set_page_encoding_stats(self.encodings)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.uncompressed_size)
            .set_num_values(self.row_count)
            .set_data_page_offset(data_offset)
            .set_dictionary_page_offset(dictionary.map(|_| 0))
            .set_statistics(statistics(self.bounds, self.null_count as u64))
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.row_count as u64,
            metadata,
            bloom_filter: None,
            column_index: if self.index.valid() {
                Some(self.index.build()?)
            } else {
                None
            },
            offset_index: Some(offsets.build()),
        };
        Ok((bytes.into(), close))
    }
}
