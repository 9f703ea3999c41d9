//! The memory of this crate on Linux: what is large comes from the system and goes back to it.
//!
//! A row group is made in blocks of hundreds of kilobytes to some megabytes that live for as long as it does. The C
//! library keeps such blocks in its heaps once it has seen a larger one freed, where they leave holes between what lives
//! longer: glibc's peak for orders and items on two threads was 27 MiB higher (`docs/performance.md`). Setting the C
//! library's thresholds would change the whole process, which is not this crate's; an allocator of its own does not.

use std::alloc::{GlobalAlloc, Layout, System};

#[global_allocator]
static MEMORY: LargeFromSystem = LargeFromSystem;

struct LargeFromSystem;

/// Bytes from which on a block is one of its own. With smaller ones the system spends more time on giving pages than
/// glibc spends on keeping them: `ohlcv` then takes 3 % more processor time.
const LARGE: usize = 1024 * 1024;

// SAFETY: whether a block is large follows from its layout alone, which is the same for all calls about it, so each is
// freed and resized by whoever made it. Mapped blocks begin at a page, are as long as was asked for, and zero.
unsafe impl GlobalAlloc for LargeFromSystem {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_large(layout) {
            map(layout.size())
        } else {
            unsafe { System.alloc(layout) }
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if is_large(layout) {
            map(layout.size())
        } else {
            unsafe { System.alloc_zeroed(layout) }
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if is_large(layout) {
            // Fails for what is no mapping only.
            unsafe { libc::munmap(block.cast(), layout.size()) };
        } else {
            unsafe { System.dealloc(block, layout) }
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: callers promise that the size is valid for the alignment.
        let resized = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (is_large(layout), is_large(resized)) {
            // Moves the pages, not the bytes.
            (true, true) => mapped(unsafe {
                libc::mremap(block.cast(), layout.size(), size, libc::MREMAP_MAYMOVE)
            }),
            (false, false) => unsafe { System.realloc(block, layout, size) },
            _ => unsafe { self.move_to(block, layout, resized) },
        }
    }
}

impl LargeFromSystem {
    /// Copies a block that has grown large, or that is large no more.
    ///
    /// # Safety
    /// As for `realloc`.
    unsafe fn move_to(&self, block: *mut u8, layout: Layout, resized: Layout) -> *mut u8 {
        let target = unsafe { self.alloc(resized) };
        if !target.is_null() {
            let length = layout.size().min(resized.size());
            unsafe {
                std::ptr::copy_nonoverlapping(block, target, length);
                self.dealloc(block, layout);
            }
        }
        target
    }
}

/// Whether a block is mapped: it is large, and a page, of 4 KiB at least, is aligned well enough for it.
fn is_large(layout: Layout) -> bool {
    layout.size() >= LARGE && layout.align() <= 4096
}

fn map(size: usize) -> *mut u8 {
    let access = libc::PROT_READ | libc::PROT_WRITE;
    let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: a new mapping, wherever the system likes, touches no memory that is there.
    mapped(unsafe { libc::mmap(std::ptr::null_mut(), size, access, kind, -1, 0) })
}

/// What allocators say of a mapping: null where there is none.
fn mapped(block: *mut libc::c_void) -> *mut u8 {
    if block == libc::MAP_FAILED {
        std::ptr::null_mut()
    } else {
        block.cast()
    }
}
