//! The known page: each engine draws it at its start, before anything from outside, so that what it draws afterwards can
//! be believed. Its colours are read from the encoded picture as it would be kept, and told to the application, which
//! compares their hash with [`SHA256`].

/// The page. It names nothing outside itself.
pub const PAGE: &str = include_str!("known.html");

/// SHA-256 of the known page's 32 colours, three bytes each, row after row.
pub const SHA256: [u8; 32] = [
    0x03, 0x59, 0x53, 0x44, 0x6b, 0x26, 0x7c, 0xda, 0x4c, 0xc3, 0xcc, 0xcb, 0xa3, 0x04, 0x6a, 0xe2, 0x03, 0x2a, 0xca,
    0x0b, 0x86, 0x33, 0xdd, 0x65, 0x6a, 0x88, 0x7e, 0x51, 0xcf, 0x2c, 0xc7, 0x5d,
];

/// Squares in a row of the known page, and rows.
pub const SQUARES: (u32, u32) = (8, 4);

/// Width and height of a square in CSS pixels.
pub const SIDE: u32 = 32;

/// The page's own colours as hexadecimal digits: what [`SHA256`] is of.
#[must_use]
pub fn colours() -> String {
    PAGE.split("<i style=\"background: #").skip(1).filter_map(|square| square.get(..6)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_asks_for_nothing_outside_itself() {
        assert!(!PAGE.contains("http") && !PAGE.contains("src=") && !PAGE.contains("url("));
        assert_eq!(colours().len() as u32, SQUARES.0 * SQUARES.1 * 6);
    }
}
