//! Bit packing: values of a fixed number of bits, from the lowest bit up.

/// Values that are packed together: with 32 of them, any width ends at a whole byte.
pub const GROUP: usize = 32;

/// Appends values of `width` bits each, at most 64, and zeros up to a multiple of eight values.
pub fn pack(values: impl ExactSizeIterator<Item = u64>, width: u32, out: &mut Vec<u8>) {
    if width == 0 {
        return;
    }
    let pack_group = PACKERS[width as usize];
    let end = out.len() + values.len().div_ceil(8) * width as usize;
    out.reserve(end - out.len() + size_of::<[u64; GROUP]>());
    let mut group = [0; GROUP];
    let mut filled = 0;
    for value in values {
        group[filled] = value;
        filled += 1;
        if filled == GROUP {
            pack_group(&group, out);
            filled = 0;
        }
    }
    if filled > 0 {
        group[filled..].fill(0);
        pack_group(&group, out);
        out.truncate(end);
    }
}

type Packer = fn(&[u64; GROUP], &mut Vec<u8>);

/// With the width known when it is compiled, all shifts are constants and nothing branches.
fn pack_group<const WIDTH: usize>(values: &[u64; GROUP], out: &mut Vec<u8>) {
    let mut words = [0_u64; GROUP + 1];
    for (i, &value) in values.iter().enumerate() {
        let (word, shift) = (i * WIDTH / 64, i * WIDTH % 64);
        words[word] |= value << shift;
        if shift + WIDTH > 64 {
            words[word + 1] |= value >> (64 - shift);
        }
    }
    let mut bytes = [0; (GROUP + 1) * size_of::<u64>()];
    for (place, word) in bytes.chunks_exact_mut(size_of::<u64>()).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    out.extend_from_slice(&bytes[..WIDTH * GROUP / 8]);
}

macro_rules! packers {
    ($($width:literal)*) => { [$(pack_group::<$width>),*] };
}

static PACKERS: [Packer; 65] = packers!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
    33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64
);
