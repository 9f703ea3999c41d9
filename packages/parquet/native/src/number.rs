//! What columns of numbers, dates, instants and decimals hold in a file.

use parquet::basic::Encoding;
use parquet::file::statistics::Statistics;

use crate::deltas::write_deltas;

/// Ordered as the numbers are.
pub trait Number: Copy + Ord + Send + 'static {
    /// How values are written that do not repeat.
    const DISTINCT: Encoding = Encoding::PLAIN;
    fn write_distinct(values: &[Self], out: &mut Vec<u8>) {
        write_plain(values, out);
    }

    /// As an integer of the same order.
    fn widened(self) -> i64;
    /// The inverse of `widened`.
    fn narrowed(value: i64) -> Self;
    fn write(self, out: &mut Vec<u8>);
    fn statistics(bounds: Option<(Self, Self)>, null_count: u64) -> Statistics;

    /// Whether it has a place among the others: statistics leave out what has none.
    fn is_ordered(self) -> bool {
        true
    }

    /// Bounds as statistics have them, made from the least and the greatest value.
    fn as_bounds(least: Self, greatest: Self) -> (Self, Self) {
        (least, greatest)
    }
}

pub fn write_plain<T: Number>(values: &[T], out: &mut Vec<u8>) {
    for value in values {
        value.write(out);
    }
}

/// Numbers that have differences.
pub trait Integer: Number {
    /// `self - other`, modulo the width of the type.
    fn difference(self, other: Self) -> i64;
    /// `difference - least` as the file counts it: never negative, of the width of the type.
    fn excess(difference: i64, least: i64) -> u64;
}

impl Number for i32 {
    const DISTINCT: Encoding = Encoding::DELTA_BINARY_PACKED;

    fn write_distinct(values: &[Self], out: &mut Vec<u8>) {
        write_deltas(values, out);
    }

    fn widened(self) -> i64 {
        i64::from(self)
    }

    fn narrowed(value: i64) -> Self {
        value as i32
    }

    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn statistics(bounds: Option<(Self, Self)>, null_count: u64) -> Statistics {
        let (min, max) = bounds.unzip();
        Statistics::int32(min, max, None, Some(null_count), false)
    }
}

impl Integer for i32 {
    fn difference(self, other: Self) -> i64 {
        i64::from(self.wrapping_sub(other))
    }

    fn excess(difference: i64, least: i64) -> u64 {
        // Both are of 32 bits, and so is the distance between them.
        (difference - least) as u64
    }
}

impl Number for i64 {
    const DISTINCT: Encoding = Encoding::DELTA_BINARY_PACKED;

    fn write_distinct(values: &[Self], out: &mut Vec<u8>) {
        write_deltas(values, out);
    }

    fn widened(self) -> i64 {
        self
    }

    fn narrowed(value: i64) -> Self {
        value
    }

    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn statistics(bounds: Option<(Self, Self)>, null_count: u64) -> Statistics {
        let (min, max) = bounds.unzip();
        Statistics::int64(min, max, None, Some(null_count), false)
    }
}

impl Integer for i64 {
    fn difference(self, other: Self) -> i64 {
        self.wrapping_sub(other)
    }

    fn excess(difference: i64, least: i64) -> u64 {
        difference.wrapping_sub(least) as u64
    }
}

/// A double as an integer of the same order: the bits, all but the sign turned over in negative ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Double(i64);

impl From<f64> for Double {
    fn from(value: f64) -> Self {
        Self(turned(value.to_bits().cast_signed()))
    }
}

impl Double {
    fn value(self) -> f64 {
        f64::from_bits(turned(self.0).cast_unsigned())
    }
}

/// Its own inverse.
fn turned(bits: i64) -> i64 {
    bits ^ ((bits >> 63) & i64::MAX)
}

impl Number for Double {
    fn widened(self) -> i64 {
        self.0
    }

    fn narrowed(value: i64) -> Self {
        Self(value)
    }

    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.value().to_le_bytes());
    }

    fn statistics(bounds: Option<(Self, Self)>, null_count: u64) -> Statistics {
        let (min, max) = bounds.map(|(min, max)| (min.value(), max.value())).unzip();
        Statistics::double(min, max, None, Some(null_count), false)
    }

    /// NaN is neither below nor above the others.
    fn is_ordered(self) -> bool {
        !self.value().is_nan()
    }

    /// Readers take zeros of both signs for one (format, `ColumnOrder`).
    fn as_bounds(least: Self, greatest: Self) -> (Self, Self) {
        let least = if least.value() == 0.0 {
            Self::from(-0.0)
        } else {
            least
        };
        let greatest = if greatest.value() == 0.0 {
            Self::from(0.0)
        } else {
            greatest
        };
        (least, greatest)
    }
}
