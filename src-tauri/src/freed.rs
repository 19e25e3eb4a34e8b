//! **What the window's libraries freed is overwritten after a lock.** Our own allocator wipes what Rust frees. GLib and
//! WebKit copy each answer to the page by their own means and free it as it is, so that words of a case would stand in
//! the heap until the place is needed. Here the places are taken, which fills them, and given back.
//!
//! It reaches the free places of the heap that the calling thread uses: the copies are made and freed in the window's
//! own thread, so it must be called there.

/// The largest request in bytes that the heap surely serves from its own places, and not by a mapping of its own,
/// which would be empty already (`M_MMAP_THRESHOLD` of glibc's mallopt(3) begins at 128 KiB).
const LARGEST: usize = 64 << 10;
/// The smallest place in bytes.
const SMALLEST: usize = 24;
/// The largest place in bytes that a thread keeps aside for requests of exactly its size (glibc's per-thread cache).
const SET_ASIDE: usize = 1_040;
/// How many places of each size are taken from those set aside: one more than glibc keeps of each.
const OF_EACH: usize = 8;
/// So many large places in a row are the end of the heap, which may have been used before as well: 8 MiB of it.
const END_LARGE: usize = 128;
/// So many in a row of a smaller size are its end: a place between two others has room for fewer, since all places of
/// twice the size were taken before, and two free places never adjoin.
const END_SMALL: usize = 8;
/// The most places that are taken of one size, whatever the heap looks like, and
const MOST: usize = 1 << 16;
/// the most bytes: a heap that never gives two places in a row is not taken without end.
const MOST_BYTES: usize = 64 << 20;
/// What fills them. Were it nought, each would be asked for as empty memory, and glibc before 2.41 serves that past the
/// places that a thread keeps aside.
const FILL: u8 = 0xA5;

/// Takes every free place of this thread's heap, from large to small, and gives it back overwritten.
pub(crate) fn overwrite() {
    let mut taken: Vec<Vec<u8>> = Vec::new();
    for size in (SMALLEST..=SET_ASIDE).step_by(16) {
        taken.extend((0..OF_EACH).map(|_| vec![FILL; size]));
    }
    take(LARGEST, END_LARGE, &mut taken);
    let mut size = LARGEST / 2;
    while size >= SMALLEST {
        take(size, END_SMALL, &mut taken);
        size /= 2;
    }
    take(SMALLEST, END_SMALL, &mut taken);
    // Without this the compiler may see that nobody reads them and leave all of it out.
    std::hint::black_box(&taken);
}

/// Takes places of one size until they come from the end of the heap.
fn take(size: usize, end: usize, taken: &mut Vec<Vec<u8>>) {
    let (mut last, mut in_a_row) = (0, 0);
    for _ in 0..MOST.min(MOST_BYTES / size) {
        let place = vec![FILL; size];
        let at = place.as_ptr().addr();
        // A place takes its size and what the heap writes before it, in steps of 16 bytes.
        in_a_row = if at.wrapping_sub(last) <= size + 32 { in_a_row + 1 } else { 0 };
        last = at;
        taken.push(place);
        if in_a_row >= end {
            return;
        }
    }
}
