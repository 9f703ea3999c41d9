//! Parquet's hybrid of runs and bit-packed values, for dictionary indexes and definition levels (format, "RLE / BIT-PACKED
//! HYBRID").

use crate::packing::pack;

/// Appends indexes of `bit_width` bits each, at most 32.
pub fn write_indexes(indexes: &[u32], bit_width: u32, out: &mut Vec<u8>) {
    // A run costs two to five bytes, and ends the packed values before it: narrow values need long ones to gain.
    let worthwhile = 8 * (1 + 8 / (bit_width as usize + 1));
    let mut packed_from = 0;
    let mut at = 0;
    while at + 8 <= indexes.len() {
        let first = indexes[at];
        let run = indexes[at..]
            .iter()
            .take_while(|&&index| index == first)
            .count();
        if run >= worthwhile {
            write_packed(&indexes[packed_from..at], bit_width, out);
            write_varint((run as u64) << 1, out);
            out.extend_from_slice(&first.to_le_bytes()[..bit_width.div_ceil(8) as usize]);
            at += run;
            packed_from = at;
        } else {
            // Packed values come in eights.
            at += (run & !7).max(8);
        }
    }
    write_packed(&indexes[packed_from..], bit_width, out);
}

/// Appends definition levels of 0 and 1 from a bitmap of `length` bits whose rest is 0.
pub fn write_levels(bitmap: &[u8], length: usize, out: &mut Vec<u8>) {
    /// Bytes of eight equal levels that are worth a run.
    const WORTHWHILE: usize = 4;
    let whole = length / 8;
    let mut packed_from = 0;
    let mut at = 0;
    while at < whole {
        let byte = bitmap[at];
        let run = match byte {
            0 | 0xff => bitmap[at..whole]
                .iter()
                .take_while(|&&other| other == byte)
                .count(),
            _ => 1,
        };
        if run >= WORTHWHILE {
            write_packed_bytes(&bitmap[packed_from..at], out);
            write_varint((run as u64 * 8) << 1, out);
            out.push(byte & 1);
            packed_from = at + run;
        }
        at += run;
    }
    write_packed_bytes(&bitmap[packed_from..length.div_ceil(8)], out);
}

fn write_packed_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    write_varint((bytes.len() as u64) << 1 | 1, out);
    out.extend_from_slice(bytes);
}

fn write_packed(indexes: &[u32], bit_width: u32, out: &mut Vec<u8>) {
    if indexes.is_empty() {
        return;
    }
    write_varint((indexes.len().div_ceil(8) as u64) << 1 | 1, out);
    pack(
        indexes.iter().map(|&index| u64::from(index)),
        bit_width,
        out,
    );
}

/// Appends an unsigned number in sevens of bits, the lowest first.
pub fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
