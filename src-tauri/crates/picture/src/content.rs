//! What a file is by its first bytes, never by its name. Nothing is decoded or unpacked: a few bytes are compared.

/// Bytes of a container that are looked through for the names of its parts.
const LOOKED_THROUGH: usize = 256 * 1024;

/// Bytes that have to read as text for a file to count as text.
const READ_AS_TEXT: usize = 64 * 1024;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Its media type (RFC 6838), as registered with IANA where it is.
    pub media_type: &'static str,
    /// The same in a few words.
    pub words: &'static str,
    /// It is a picture of a kind that can be decoded here.
    pub is_picture: bool,
}

const UNKNOWN: Content = other("application/octet-stream", "A file of a kind that is not known here");

const fn other(media_type: &'static str, words: &'static str) -> Content {
    Content { media_type, words, is_picture: false }
}

const fn picture(media_type: &'static str, words: &'static str) -> Content {
    Content { media_type, words, is_picture: true }
}

/// Beginnings of files, as their formats define them.
const STARTS: &[(&[u8], Content)] = &[
    (b"\x89PNG\r\n\x1a\n", picture("image/png", "A picture (PNG)")),
    (b"\xff\xd8\xff", picture("image/jpeg", "A picture (JPEG)")),
    (b"GIF87a", picture("image/gif", "A picture (GIF)")),
    (b"GIF89a", picture("image/gif", "A picture (GIF)")),
    (b"II*\0", picture("image/tiff", "A picture (TIFF)")),
    (b"MM\0*", picture("image/tiff", "A picture (TIFF)")),
    (b"%PDF-", other("application/pdf", "A PDF document")),
    (b"{\\rtf", other("application/rtf", "A text document (RTF)")),
    (b"7z\xbc\xaf\x27\x1c", other("application/x-7z-compressed", "An archive (7z), not unpacked")),
    (b"Rar!\x1a\x07", other("application/vnd.rar", "An archive (RAR), not unpacked")),
    (b"\x1f\x8b", other("application/gzip", "An archive (gzip), not unpacked")),
    (b"OggS", other("application/ogg", "Sound or video (Ogg)")),
    (b"ID3", other("audio/mpeg", "Sound (MP3)")),
    (b"fLaC", other("audio/flac", "Sound (FLAC)")),
    (b"\x1a\x45\xdf\xa3", other("video/webm", "Video (Matroska or WebM)")),
    (b"SQLite format 3\0", other("application/vnd.sqlite3", "A database (SQLite)")),
];

/// Parts of a ZIP container, each with what has it.
const IN_ZIP: &[(&[u8], Content)] = &[
    (
        b"word/",
        other("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "A text document (Word)"),
    ),
    (b"xl/", other("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "A spreadsheet (Excel)")),
    (
        b"ppt/",
        other("application/vnd.openxmlformats-officedocument.presentationml.presentation", "Slides (PowerPoint)"),
    ),
    (b"opendocument.text", other("application/vnd.oasis.opendocument.text", "A text document (OpenDocument)")),
    (
        b"opendocument.spreadsheet",
        other("application/vnd.oasis.opendocument.spreadsheet", "A spreadsheet (OpenDocument)"),
    ),
    (b"opendocument.presentation", other("application/vnd.oasis.opendocument.presentation", "Slides (OpenDocument)")),
];

/// Streams of a compound file ([MS-CFB]), each with what has it. Their names are in UTF-16.
const IN_COMPOUND: &[(&str, Content)] = &[
    ("__substg1.0_", other("application/vnd.ms-outlook", "An e-mail (Outlook), attachments not unpacked")),
    ("WordDocument", other("application/msword", "A text document (Word)")),
    ("Workbook", other("application/vnd.ms-excel", "A spreadsheet (Excel)")),
    ("PowerPoint Document", other("application/vnd.ms-powerpoint", "Slides (PowerPoint)")),
];

/// Fields that begin an e-mail (RFC 5322 s3.6, RFC 5321 s4.4).
const MAIL: &[&str] =
    &["received:", "return-path:", "from:", "to:", "subject:", "message-id:", "mime-version:", "delivered-to:"];

/// What these bytes are.
#[must_use]
pub fn of(bytes: &[u8]) -> Content {
    if let Some((_, content)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return *content;
    }
    let head = &bytes[..bytes.len().min(LOOKED_THROUGH)];
    if bytes.starts_with(b"PK\x03\x04") {
        let zip = other("application/zip", "An archive (ZIP), not unpacked");
        return IN_ZIP.iter().find(|(part, _)| holds(head, part)).map_or(zip, |(_, content)| *content);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let compound = other("application/x-ole-storage", "A compound file (Office 97 to 2003)");
        let has = |name: &str| holds(head, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        return IN_COMPOUND.iter().find(|(name, _)| has(name)).map_or(compound, |(_, content)| *content);
    }
    bitmap(bytes).or_else(|| riff(bytes)).or_else(|| boxes(bytes)).or_else(|| text(bytes)).unwrap_or(UNKNOWN)
}

/// `BM` alone begins many a text: the reserved fields after the size are zero ([MS-WMF], `BITMAPFILEHEADER`).
fn bitmap(bytes: &[u8]) -> Option<Content> {
    let is_bitmap = bytes.starts_with(b"BM") && bytes.get(6..10)? == [0; 4];
    is_bitmap.then_some(picture("image/bmp", "A picture (BMP)"))
}

fn riff(bytes: &[u8]) -> Option<Content> {
    if !bytes.starts_with(b"RIFF") {
        return None;
    }
    match bytes.get(8..12)? {
        b"WEBP" => Some(picture("image/webp", "A picture (WebP)")),
        b"WAVE" => Some(other("audio/wav", "Sound (WAV)")),
        b"AVI " => Some(other("video/vnd.avi", "Video (AVI)")),
        _ => None,
    }
}

/// Files of the ISO base media format, by their brand (ISO/IEC 14496-12 s4.3).
fn boxes(bytes: &[u8]) -> Option<Content> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match bytes.get(8..12)? {
        b"heic" | b"heix" | b"mif1" | b"msf1" | b"heim" | b"heis" => {
            other("image/heic", "A picture (HEIC), of a kind that is not decoded here")
        }
        b"avif" | b"avis" => other("image/avif", "A picture (AVIF), of a kind that is not decoded here"),
        b"qt  " => other("video/quicktime", "Video (QuickTime)"),
        b"M4A " => other("audio/mp4", "Sound (MPEG-4)"),
        _ => other("video/mp4", "Video (MPEG-4)"),
    })
}

fn text(bytes: &[u8]) -> Option<Content> {
    let head = &bytes[..bytes.len().min(READ_AS_TEXT)];
    let read = match std::str::from_utf8(head) {
        Ok(read) => read,
        // A letter of several bytes may be cut where the looking ends.
        Err(cut) if head.len() < bytes.len() && head.len() - cut.valid_up_to() < 4 => {
            std::str::from_utf8(&head[..cut.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    if read.is_empty() || read.chars().any(|letter| letter.is_control() && !"\n\r\t\u{c}".contains(letter)) {
        return None;
    }
    let start = read.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_ascii_lowercase();
    let fields = start.lines().take(30).take_while(|line| !line.trim().is_empty());
    let mail = fields.filter(|line| MAIL.iter().any(|field| line.starts_with(field))).count();
    Some(if mail >= 2 {
        other("message/rfc822", "An e-mail, attachments not unpacked")
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") {
        other("text/html", "A web page")
    } else if start.starts_with("<svg") || (start.starts_with("<?xml") && start.contains("<svg")) {
        other("image/svg+xml", "A drawing (SVG), of a kind that is not decoded here")
    } else {
        other("text/plain", "Plain text")
    })
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 900], utf16(name)].concat();
        for (bytes, media_type, is_picture) in [
            (b"\x89PNG\r\n\x1a\n rest".to_vec(), "image/png", true),
            (b"\xff\xd8\xff\xe0".to_vec(), "image/jpeg", true),
            (b"GIF89a".to_vec(), "image/gif", true),
            (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), "image/bmp", true),
            (b"BMX bikes were left at the gate.\n".to_vec(), "text/plain", false),
            (b"BM".to_vec(), "text/plain", false),
            (b"RIFF\x04\0\0\0WEBPVP8 ".to_vec(), "image/webp", true),
            (b"II*\0\x08\0\0\0".to_vec(), "image/tiff", true),
            (b"\0\0\0\x18ftypheic".to_vec(), "image/heic", false),
            (b"\0\0\0\x18ftypisom".to_vec(), "video/mp4", false),
            (b"%PDF-1.7\n".to_vec(), "application/pdf", false),
            (b"PK\x03\x04 a.txt".to_vec(), "application/zip", false),
            (
                b"PK\x03\x04 [Content_Types].xml word/document.xml".to_vec(),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                false,
            ),
            (compound("__substg1.0_0037001F"), "application/vnd.ms-outlook", false),
            (compound("Workbook"), "application/vnd.ms-excel", false),
            (compound("x"), "application/x-ole-storage", false),
            (b"Return-Path: <a@school.example>\r\nFrom: a\r\n\r\nText".to_vec(), "message/rfc822", false),
            (b"From: nobody in particular\n\nto: nobody".to_vec(), "text/plain", false),
            (b"\xef\xbb\xbf<!DOCTYPE html><p>".to_vec(), "text/html", false),
            (b"<svg onload='x()'>".to_vec(), "image/svg+xml", false),
            ("caf\u{e9} \u{1f600}".as_bytes().to_vec(), "text/plain", false),
            (b"a\0b".to_vec(), "application/octet-stream", false),
            (Vec::new(), "application/octet-stream", false),
        ] {
            let found = of(&bytes);
            assert_eq!((found.media_type, found.is_picture), (media_type, is_picture), "{bytes:?}");
        }
    }

    #[test]
    fn a_letter_cut_where_the_looking_ends_is_still_text() {
        let long = "\u{20ac}".repeat(40_000);
        assert_eq!(of(long.as_bytes()).media_type, "text/plain");
    }
}
