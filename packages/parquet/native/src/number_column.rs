//! Columns of numbers: dictionaries where values repeat; where they do not, differences of integers, and doubles as they
//! are.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType,
};
use arrow_array::{Array, ArrayRef};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;

use crate::hybrid::write_indexes;
use crate::number::{Double, Number, write_plain};
use crate::pages::{Bound, Levels, PAGE_ROWS, Pages};

/// Entries from which on a dictionary has to be worth its size.
const SMALL_DICTIONARY: usize = 8_192;
/// Rows that an entry has to serve for that.
const ROWS_PER_ENTRY: usize = 3;
const LARGEST_DICTIONARY: usize = 131_072;
/// Entries of a first page from which on differences may be worth more: few values are worth a dictionary to readers, too.
const FEW: usize = 1_024;

pub struct NumberColumn<T: Number> {
    pages: Pages<T>,
    /// None where values do not repeat.
    dictionary: Option<Dictionary<T>>,
    /// What pages made with the dictionary point into, once it was given up.
    given_up: Vec<T>,
    levels: Levels,
    /// Of the page that is being filled, without nulls.
    values: Vec<T>,
    indexes: Vec<u32>,
    /// Whether values that do not repeat are written as they are, and not as `Number::DISTINCT`.
    is_classic: bool,
    unordered_count: usize,
}

impl<T: Number> Bound for T {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8);
        self.write(&mut bytes);
        bytes
    }
}

impl<T: Number> NumberColumn<T> {
    pub fn new(
        column: ColumnDescPtr,
        compression: Compression,
        has_dictionary: bool,
        is_classic: bool,
    ) -> Result<Self> {
        Ok(Self {
            pages: Pages::new(column, compression)?,
            dictionary: has_dictionary.then(Dictionary::new),
            given_up: Vec::new(),
            levels: Levels::new(),
            values: Vec::with_capacity(PAGE_ROWS),
            indexes: Vec::new(),
            is_classic,
            unordered_count: 0,
        })
    }

    /// Whether the values repeat, as far as is known.
    pub fn has_dictionary(&self) -> bool {
        self.dictionary.is_some()
    }

    /// How many values so far had no place among the others: NaNs. Pages that are not full are not counted yet.
    pub fn unordered_count(&self) -> usize {
        self.unordered_count
    }

    pub fn write(&mut self, array: &ArrayRef) -> Result<()> {
        let nulls = array.nulls();
        match array.data_type() {
            DataType::Int32 => {
                self.append(array.as_primitive::<Int32Type>().values(), nulls, i64::from)
            }
            DataType::Date32 => self.append(
                array.as_primitive::<Date32Type>().values(),
                nulls,
                i64::from,
            ),
            DataType::Int64 => {
                self.append(array.as_primitive::<Int64Type>().values(), nulls, |value| {
                    value
                })
            }
            DataType::Timestamp(_, _) => {
                let values = array.as_primitive::<TimestampMicrosecondType>().values();
                self.append(values, nulls, |value| value)
            }
            DataType::Decimal128(_, _) => {
                let values = array.as_primitive::<Decimal128Type>().values();
                self.append(values, nulls, |value| value as i64)
            }
            DataType::Float64 => {
                let values = array.as_primitive::<Float64Type>().values();
                self.append(values, nulls, |value| Double::from(value).widened())
            }
            other => Err(ParquetError::NYI(format!("{other} as numbers"))),
        }
    }

    fn append<S: Copy>(
        &mut self,
        source: &[S],
        nulls: Option<&NullBuffer>,
        widened: impl Fn(S) -> i64,
    ) -> Result<()> {
        let mut at = 0;
        while at < source.len() {
            let count = (source.len() - at).min(PAGE_ROWS - self.levels.rows());
            self.levels.append(nulls, at, count);
            let source = &source[at..at + count];
            match nulls.map(|nulls| nulls.slice(at, count)) {
                Some(nulls) if nulls.null_count() > 0 => {
                    let present = nulls
                        .valid_indices()
                        .map(|i| T::narrowed(widened(source[i])));
                    self.values.extend(present);
                }
                _ => self
                    .values
                    .extend(source.iter().map(|&value| T::narrowed(widened(value)))),
            }
            at += count;
            if self.levels.rows() == PAGE_ROWS {
                self.end_page()?;
            }
        }
        Ok(())
    }

    /// Ends the page that is being filled, if there is one.
    pub fn end_page(&mut self) -> Result<()> {
        if self.levels.rows() == 0 {
            return Ok(());
        }
        let levels = std::mem::replace(&mut self.levels, Levels::new());
        let (bounds, unordered_count) = bounds_of(&self.values);
        self.unordered_count += unordered_count;
        let is_empty = |dictionary: &Dictionary<T>| dictionary.entries.is_empty();
        if self.values.is_empty() && self.dictionary.as_ref().is_some_and(is_empty) {
            // Readers refuse indexes, even none, where no dictionary came before them.
            return self.pages.add(&levels, Encoding::PLAIN, None, |_| {});
        }
        match self.indexed() {
            Some(bit_width) => {
                let indexes = &self.indexes;
                self.pages
                    .add(&levels, Encoding::RLE_DICTIONARY, bounds, |out| {
                        out.push(bit_width as u8);
                        write_indexes(indexes, bit_width, out);
                    })?;
            }
            None => {
                let values = &self.values;
                if self.is_classic {
                    self.pages.add(&levels, Encoding::PLAIN, bounds, |out| {
                        write_plain(values, out);
                    })?;
                } else {
                    self.pages.add(&levels, T::DISTINCT, bounds, |out| {
                        T::write_distinct(values, out);
                    })?;
                }
            }
        }
        self.values.clear();
        Ok(())
    }

    /// Looks the page's values up; returns the bits of an index, or None without a dictionary or where it just turned
    /// out not to be worthwhile.
    fn indexed(&mut self) -> Option<u32> {
        let dictionary = self.dictionary.as_mut()?;
        let known = dictionary.entries.len();
        self.indexes.clear();
        self.indexes
            .extend(self.values.iter().map(|&value| dictionary.index_of(value)));
        let entries = dictionary.entries.len();
        let rows = self.pages.row_count() as usize + self.values.len();
        let bit_width = dictionary.bit_width();
        let is_large = entries > SMALL_DICTIONARY && entries * ROWS_PER_ENTRY > rows;
        // The first page tells what indexes take, the second one how the dictionary goes on to grow.
        let page = self.pages.row_count() as usize / PAGE_ROWS;
        let bits =
            self.values.len() * bit_width as usize + page * (entries - known) * 8 * size_of::<T>();
        let is_new = page < 2 && entries > FEW;
        if is_large || entries > LARGEST_DICTIONARY || is_new && self.distinct_bits() < bits {
            self.given_up = self.dictionary.take()?.entries;
            self.given_up.truncate(known);
            return None;
        }
        Some(bit_width)
    }

    /// Bits that the page's values take without a dictionary: few where neighbours are near each other, as prices are in
    /// the order of time.
    fn distinct_bits(&self) -> usize {
        if self.is_classic {
            return self.values.len() * 8 * size_of::<T>();
        }
        let mut bytes = Vec::new();
        T::write_distinct(&self.values, &mut bytes);
        bytes.len() * 8
    }

    pub fn close(mut self) -> Result<(Bytes, ColumnCloseResult)> {
        self.end_page()?;
        let entries = self
            .dictionary
            .map_or(self.given_up, |dictionary| dictionary.entries);
        let mut plain = Vec::with_capacity(entries.len() * size_of::<T>());
        write_plain(&entries, &mut plain);
        // Rows that are all null have none.
        let is_used = !entries.is_empty();
        self.pages
            .close(is_used.then_some((plain, entries.len())), T::statistics)
    }
}

/// The distinct values in the order they came, and a hash table of them.
struct Dictionary<T> {
    entries: Vec<T>,
    /// A power of two of them, at most half of them taken.
    slots: Vec<Slot<T>>,
    shift: u32,
}

/// The value lies beside its place, so that a look-up reads memory in one place.
#[derive(Clone, Copy)]
struct Slot<T> {
    value: T,
    /// 1 more than the position of the entry, or 0 where there is none.
    taken: u32,
}

impl<T: Number> Dictionary<T> {
    fn new() -> Self {
        const SLOTS: u32 = 1_024;
        Self {
            entries: Vec::new(),
            slots: vec![Slot::empty(); SLOTS as usize],
            shift: u64::BITS - SLOTS.trailing_zeros(),
        }
    }

    fn index_of(&mut self, value: T) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = self.slot_of(value);
        loop {
            let slot = self.slots[at & mask];
            if slot.taken == 0 {
                break;
            }
            if slot.value == value {
                return slot.taken - 1;
            }
            at += 1;
        }
        self.add(value, at & mask)
    }

    /// Rare, and kept out of the loop over the rows.
    #[cold]
    fn add(&mut self, value: T, at: usize) -> u32 {
        let index = self.entries.len() as u32;
        self.entries.push(value);
        self.slots[at] = Slot {
            value,
            taken: index + 1,
        };
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        index
    }

    /// Fibonacci hashing: the high bits of the product with 2^64 over the golden ratio.
    fn slot_of(&self, value: T) -> usize {
        ((value.widened() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots = vec![Slot::empty(); mask + 1];
        self.shift -= 1;
        for (index, &value) in self.entries.iter().enumerate() {
            let mut at = self.slot_of(value);
            while self.slots[at & mask].taken != 0 {
                at += 1;
            }
            let taken = index as u32 + 1;
            self.slots[at & mask] = Slot { value, taken };
        }
    }

    fn bit_width(&self) -> u32 {
        index_bits(self.entries.len())
    }
}

impl<T: Number> Slot<T> {
    fn empty() -> Self {
        Self {
            value: T::narrowed(0),
            taken: 0,
        }
    }
}

/// The least and the greatest of some values, of those that have an order; and how many have none.
fn bounds_of<T: Number>(values: &[T]) -> (Option<(T, T)>, usize) {
    let Some((least, greatest)) = extremes_of(values) else {
        return (None, 0);
    };
    // What has no order lies beyond what has one: `Double` is ordered by its bits.
    if least.is_ordered() && greatest.is_ordered() {
        return (Some(T::as_bounds(least, greatest)), 0);
    }
    let ordered: Vec<T> = values
        .iter()
        .copied()
        .filter(|value| value.is_ordered())
        .collect();
    let bounds = extremes_of(&ordered).map(|(least, greatest)| T::as_bounds(least, greatest));
    (bounds, values.len() - ordered.len())
}

fn extremes_of<T: Number>(values: &[T]) -> Option<(T, T)> {
    /// Followed each on its own, so that a comparison waits for no other.
    const LANES: usize = 4;
    let &first = values.first()?;
    let mut least = [first; LANES];
    let mut greatest = [first; LANES];
    let groups = values.chunks_exact(LANES);
    for (lane, &value) in groups.remainder().iter().enumerate() {
        least[lane] = least[lane].min(value);
        greatest[lane] = greatest[lane].max(value);
    }
    for group in groups {
        for lane in 0..LANES {
            least[lane] = least[lane].min(group[lane]);
            greatest[lane] = greatest[lane].max(group[lane]);
        }
    }
    Some((*least.iter().min()?, *greatest.iter().max()?))
}

/// Bits of an index into so many entries.
pub fn index_bits(entries: usize) -> u32 {
    u32::BITS - (entries as u32).saturating_sub(1).leading_zeros()
}
