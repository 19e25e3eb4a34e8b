//! The colour profile of the documents: sRGB, written from its published definition
//! (IEC 61966-2-1) as an ICC profile of version 2.

const ENTRIES: u32 = 1024;

/// The profile. Black text and the pixels of captures are read in it.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"cprt", text("No copyright, use freely")),
        (b"desc", description("sRGB IEC61966-2.1")),
        (b"wtpt", xyz([0.950_45, 1.0, 1.089_05])),
        (b"rXYZ", xyz([0.436_066, 0.222_488, 0.013_916])),
        (b"gXYZ", xyz([0.385_147, 0.716_873, 0.097_076])),
        (b"bXYZ", xyz([0.143_066, 0.060_608, 0.714_096])),
        (b"rTRC", curve),
    ];
    let entries = tags.len() + 2;
    let mut table = (entries as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * entries;
    for (name, bytes) in &tags {
        let at = (start + data.len()) as u32;
        let names: &[&[u8; 4]] = if *name == b"rTRC" { &[b"rTRC", b"gTRC", b"bTRC"] } else { &[name] };
        for name in names {
            table.extend_from_slice(*name);
            table.extend_from_slice(&at.to_be_bytes());
            table.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
        }
        data.extend_from_slice(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut out = header((start + data.len()) as u32);
    out.extend(table);
    out.extend(data);
    out
}

fn header(size: u32) -> Vec<u8> {
    let mut out = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| out[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &size.to_be_bytes());
    put(8, &[2, 0x10, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // The date of the profile is a fixed one: 1 January 2000.
    put(24, &[0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    put(36, b"acsp");
    // The illuminant of the connection space, D50.
    put(68, &[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    out
}

fn curve() -> Vec<u8> {
    let mut out = b"curv\0\0\0\0".to_vec();
    out.extend_from_slice(&ENTRIES.to_be_bytes());
    for entry in 0..ENTRIES {
        let value = f64::from(entry) / f64::from(ENTRIES - 1);
        let linear = if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
        out.extend_from_slice(&((linear * 65_535.0).round() as u16).to_be_bytes());
    }
    out
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    for value in values {
        out.extend_from_slice(&((value * 65_536.0).round() as i32).to_be_bytes());
    }
    out
}

fn text(words: &str) -> Vec<u8> {
    let mut out = b"text\0\0\0\0".to_vec();
    out.extend_from_slice(words.as_bytes());
    out.push(0);
    out
}

fn description(words: &str) -> Vec<u8> {
    let mut out = b"desc\0\0\0\0".to_vec();
    out.extend_from_slice(&(words.len() as u32 + 1).to_be_bytes());
    out.extend_from_slice(words.as_bytes());
    // No localised names: two empty ones of fixed length follow.
    out.resize(out.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_profile_says_its_own_length() {
        let profile = super::srgb();
        let said = u32::from_be_bytes([profile[0], profile[1], profile[2], profile[3]]);
        assert_eq!(said as usize, profile.len());
        assert_eq!(&profile[36..40], b"acsp");
    }
}
