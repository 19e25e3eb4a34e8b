//! **What the window's libraries freed is overwritten after a lock.** Our own allocator wipes what Rust frees. GLib and
//! WebKit copy each answer to the page by their own means and free it as it is, so that words of a case would stand in
//! the heap until the place is needed. Here the places are taken, which fills them, and given back.
//!
//! It reaches the free places of the thread that calls it and of the heap that this thread uses: the copies are made
//! and freed in the window's own thread, so it must be called there.

/// The largest request in bytes that the heap surely serves from its own places, and not by a mapping of its own,
/// which would be empty already (`M_MMAP_THRESHOLD` of glibc's mallopt(3) begins at 128 KiB).
const LARGEST: usize = 64 << 10;
/// The largest place in bytes that a thread keeps aside for requests of exactly its size (glibc's per-thread cache).
const SET_ASIDE: usize = 1_040;
/// How many places of each size are taken from those set aside: one more than glibc keeps of each.
const OF_EACH: usize = 8;
/// Bytes that are taken at each size. A window has far less than this free between what it uses.
const TAKEN: usize = 8 << 20;

/// Takes every free place of this thread's heap, from large to small, and gives it back overwritten.
pub(crate) fn overwrite() {
    let mut taken: Vec<Vec<u8>> = Vec::with_capacity(2 * TAKEN / 24);
    for size in (24..=SET_ASIDE).step_by(16) {
        taken.extend((0..OF_EACH).map(|_| vec![0; size]));
    }
    // Powers of two: what is left of a place that was split is taken by a smaller size later.
    let sizes = std::iter::successors(Some(LARGEST), |size| (*size > 24).then_some((*size / 2).max(24)));
    for size in sizes {
        taken.extend((0..TAKEN / size).map(|_| vec![0; size]));
    }
    // Without this the compiler may see that nobody reads them and leave all of it out.
    std::hint::black_box(&taken);
}
