//! The integers that columns of numbers, dates, instants and decimals are in a file.

use parquet::file::statistics::Statistics;

pub trait Integer: Copy + Ord + Send + 'static {
    /// `self - other`, modulo the width of the type.
    fn difference(self, other: Self) -> i64;
    /// `difference - least` as the file counts it: never negative, of the width of the type.
    fn excess(difference: i64, least: i64) -> u64;
    fn widened(self) -> i64;
    /// The inverse of `widened`.
    fn narrowed(value: i64) -> Self;
    fn write(self, out: &mut Vec<u8>);
    fn statistics(bounds: Option<(Self, Self)>, null_count: u64) -> Statistics;
}

impl Integer for i32 {
    fn difference(self, other: Self) -> i64 {
        i64::from(self.wrapping_sub(other))
    }

    fn excess(difference: i64, least: i64) -> u64 {
        // Both are of 32 bits, and so is the distance between them.
        (difference - least) as u64
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

impl Integer for i64 {
    fn difference(self, other: Self) -> i64 {
        self.wrapping_sub(other)
    }

    fn excess(difference: i64, least: i64) -> u64 {
        difference.wrapping_sub(least) as u64
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
