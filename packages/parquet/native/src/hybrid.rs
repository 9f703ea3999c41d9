//! Parquet's hybrid of runs and bit-packed values, for dictionary indexes and definition levels (format, "RLE / BIT-PACKED
//! HYBRID"), and bit packing itself.

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
    let padding = indexes.len().next_multiple_of(8) - indexes.len();
    write_varint((indexes.len().div_ceil(8) as u64) << 1 | 1, out);
    let values = indexes.iter().map(|&index| u64::from(index));
    pack(
        values.chain(std::iter::repeat_n(0, padding)),
        bit_width,
        out,
    );
}

/// Appends values of `bit_width` bits each, at most 64, from the lowest bit up; the last byte is filled up with zeros.
pub fn pack(values: impl Iterator<Item = u64>, bit_width: u32, out: &mut Vec<u8>) {
    if bit_width == 0 {
        return;
    }
    let mut held = 0;
    if bit_width <= 32 {
        let mut bits: u64 = 0;
        for value in values {
            bits |= value << held;
            held += bit_width;
            if held >= 32 {
                out.extend_from_slice(&(bits as u32).to_le_bytes());
                bits >>= 32;
                held -= 32;
            }
        }
        out.extend_from_slice(&bits.to_le_bytes()[..held.div_ceil(8) as usize]);
    } else {
        let mut bits: u128 = 0;
        for value in values {
            bits |= u128::from(value) << held;
            held += bit_width;
            if held >= 64 {
                out.extend_from_slice(&(bits as u64).to_le_bytes());
                bits >>= 64;
                held -= 64;
            }
        }
        out.extend_from_slice(&bits.to_le_bytes()[..held.div_ceil(8) as usize]);
    }
}

/// Appends an unsigned number in sevens of bits, the lowest first.
pub fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
