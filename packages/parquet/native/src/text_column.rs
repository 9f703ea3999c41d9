//! Columns of text that comes as positions in a dictionary.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;

use crate::hybrid::write_indexes;
use crate::number_column::index_bits;
use crate::pages::{Bound, Levels, PAGE_ROWS, Pages};

/// Longer texts are cut in statistics, and larger dictionaries given up: both are left to the library.
const LONGEST_TEXT: usize = 64;
const LARGEST_DICTIONARY: usize = 65_536;

pub struct TextColumn {
    pages: Pages<Vec<u8>>,
    /// Position by text of those that occur.
    positions: HashMap<Vec<u8>, u32>,
    entries: Vec<Vec<u8>>,
    levels: Levels,
    /// Of the page that is being filled, without nulls.
    indexes: Vec<u32>,
}

impl Bound for Vec<u8> {
    fn bytes(&self) -> Vec<u8> {
        self.clone()
    }
}

/// Whether a `TextColumn` takes the array.
pub fn has_short_texts(array: &ArrayRef) -> bool {
    match array.data_type() {
        DataType::Dictionary(key, value)
            if **key == DataType::Int32 && **value == DataType::Utf8 =>
        {
            let texts = array
                .as_dictionary::<Int32Type>()
                .values()
                .as_string::<i32>();
            let is_short = |i| texts.value_length(i) as usize <= LONGEST_TEXT;
            texts.len() <= LARGEST_DICTIONARY
                && texts.null_count() == 0
                && (0..texts.len()).all(is_short)
        }
        _ => false,
    }
}

impl TextColumn {
    pub fn new(column: ColumnDescPtr, compression: Compression) -> Result<Self> {
        Ok(Self {
            pages: Pages::new(column, compression)?,
            positions: HashMap::new(),
            entries: Vec::new(),
            levels: Levels::new(),
            indexes: Vec::with_capacity(PAGE_ROWS),
        })
    }

    pub fn write(&mut self, array: &ArrayRef) -> Result<()> {
        const UNKNOWN: u32 = u32::MAX;
        let array = array.as_dictionary::<Int32Type>();
        let texts = array.values().as_string::<i32>();
        let keys = array.keys().values();
        let nulls = array.nulls();
        // Texts are looked up once for each array, not for each row.
        let mut known = vec![UNKNOWN; texts.len()];
        let mut at = 0;
        while at < keys.len() {
            let count = (keys.len() - at).min(PAGE_ROWS - self.levels.rows());
            self.levels.append(nulls, at, count);
            for row in at..at + count {
                if nulls.is_some_and(|nulls| nulls.is_null(row)) {
                    continue;
                }
                let key = keys[row] as usize;
                if known[key] == UNKNOWN {
                    known[key] = self.position_of(texts, key);
                }
                self.indexes.push(known[key]);
            }
            at += count;
            if self.levels.rows() == PAGE_ROWS {
                self.end_page()?;
            }
        }
        Ok(())
    }

    fn position_of(&mut self, texts: &StringArray, key: usize) -> u32 {
        let text = texts.value(key).as_bytes();
        if let Some(&position) = self.positions.get(text) {
            return position;
        }
        let position = self.entries.len() as u32;
        self.entries.push(text.to_vec());
        self.positions.insert(text.to_vec(), position);
        position
    }

    fn end_page(&mut self) -> Result<()> {
        let levels = std::mem::replace(&mut self.levels, Levels::new());
        let mut occurs = vec![false; self.entries.len()];
        for &index in &self.indexes {
            occurs[index as usize] = true;
        }
        let found = || {
            self.entries
                .iter()
                .zip(&occurs)
                .filter(|(_, occurs)| **occurs)
        };
        let min = found().map(|(text, _)| text).min().cloned();
        let max = found().map(|(text, _)| text).max().cloned();
        let bit_width = index_bits(self.entries.len());
        let indexes = &self.indexes;
        self.pages
            .add(&levels, Encoding::RLE_DICTIONARY, min.zip(max), |out| {
                out.push(bit_width as u8);
                write_indexes(indexes, bit_width, out);
            })?;
        self.indexes.clear();
        Ok(())
    }

    pub fn close(mut self) -> Result<(Bytes, ColumnCloseResult)> {
        if self.levels.rows() > 0 {
            self.end_page()?;
        }
        let mut plain = Vec::new();
        for text in &self.entries {
            plain.extend_from_slice(&(text.len() as u32).to_le_bytes());
            plain.extend_from_slice(text);
        }
        self.pages
            .close(Some((plain, self.entries.len())), |bounds, null_count| {
                let (min, max) = bounds.unzip();
                let [min, max] = [min, max].map(|bound| bound.map(ByteArray::from));
                Statistics::byte_array(min, max, None, Some(null_count), false)
            })
    }
}
