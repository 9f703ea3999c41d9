//! Parquet's DELTA_BINARY_PACKED (format, "Delta Encoding"): differences less the least of their block, bit-packed.

use crate::hybrid::write_varint;
use crate::number::Integer;
use crate::packing::pack;

const BLOCK: usize = 128;
const MINI_BLOCKS: usize = 4;
const MINI_BLOCK: usize = BLOCK / MINI_BLOCKS;

/// Appends values as differences.
pub fn write_deltas<T: Integer>(values: &[T], out: &mut Vec<u8>) {
    write_varint(BLOCK as u64, out);
    write_varint(MINI_BLOCKS as u64, out);
    write_varint(values.len() as u64, out);
    write_zigzag(values.first().map_or(0, |first| first.widened()), out);
    let mut deltas = [0; BLOCK];
    let mut excesses = [0; BLOCK];
    for start in (1..values.len()).step_by(BLOCK) {
        let end = values.len().min(start + BLOCK);
        let deltas = &mut deltas[..end - start];
        for (delta, pair) in deltas.iter_mut().zip(values[start - 1..end].windows(2)) {
            *delta = pair[1].difference(pair[0]);
        }
        let least = deltas.iter().copied().min().unwrap_or(0);
        write_zigzag(least, out);
        excesses.fill(0);
        for (excess, &delta) in excesses.iter_mut().zip(deltas.iter()) {
            *excess = T::excess(delta, least);
        }
        let widths: [u32; MINI_BLOCKS] = std::array::from_fn(|i| {
            let union = excesses[i * MINI_BLOCK..][..MINI_BLOCK]
                .iter()
                .fold(0, |all, &excess| all | excess);
            u64::BITS - union.leading_zeros()
        });
        out.extend(widths.iter().map(|&width| width as u8));
        for (i, &width) in widths.iter().enumerate() {
            // Mini-blocks without values have no bytes, as their width is 0.
            let excesses = &excesses[i * MINI_BLOCK..][..MINI_BLOCK];
            pack(excesses.iter().copied(), width, out);
        }
    }
}

fn write_zigzag(value: i64, out: &mut Vec<u8>) {
    write_varint(((value << 1) ^ (value >> 63)) as u64, out);
}
