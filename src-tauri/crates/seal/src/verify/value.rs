//! The values a PDF is made of (ISO 32000-1, section 7.3), and the one way they are written here.

use std::borrow::Cow;

/// A value. Streams borrow their bytes from the file, so that reading a large file copies nothing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    /// A number as its characters, so that it is never rounded.
    Number(Cow<'a, [u8]>),
    /// A name without its slash, decoded.
    Name(Cow<'a, [u8]>),
    /// A string, decoded.
    Text(Cow<'a, [u8]>),
    Array(Vec<Value<'a>>),
    Dict(Dict<'a>),
    Stream(Dict<'a>, Cow<'a, [u8]>),
    /// A reference to an object; its generation is always 0.
    Reference(u32),
    /// Room for so many bytes of a signature, written as zeros in hexadecimal.
    Gap(usize),
}

/// A dictionary in the order of its file; no key stands twice.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Dict<'a>(Vec<(Cow<'a, [u8]>, Value<'a>)>);

impl<'a> Value<'a> {
    pub(crate) fn name(text: &'static str) -> Self {
        Self::Name(Cow::Borrowed(text.as_bytes()))
    }

    pub(crate) fn number(number: usize) -> Self {
        Self::Number(Cow::Owned(number.to_string().into_bytes()))
    }

    /// A text string: as it is if plain ASCII, otherwise UTF-16 with its mark (section 7.9.2.2).
    pub(crate) fn text(text: &str) -> Self {
        if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
            return Self::Text(Cow::Owned(text.as_bytes().to_vec()));
        }
        let units = text.encode_utf16().flat_map(u16::to_be_bytes);
        Self::Text(Cow::Owned([0xFE, 0xFF].into_iter().chain(units).collect()))
    }

    pub(crate) fn as_dict(&self) -> Option<&Dict<'a>> {
        match self {
            Self::Dict(dict) | Self::Stream(dict, _) => Some(dict),
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Name(_)
            | Self::Text(_)
            | Self::Array(_)
            | Self::Reference(_)
            | Self::Gap(_) => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value<'a>]> {
        if let Self::Array(values) = self { Some(values) } else { None }
    }

    pub(crate) fn as_reference(&self) -> Option<u32> {
        if let Self::Reference(id) = self { Some(*id) } else { None }
    }

    pub(crate) fn as_usize(&self) -> Option<usize> {
        let Self::Number(digits) = self else {
            return None;
        };
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    pub(crate) fn as_f32(&self) -> Option<f32> {
        let Self::Number(digits) = self else {
            return None;
        };
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    pub(crate) fn is_name(&self, wanted: &str) -> bool {
        matches!(self, Self::Name(name) if name.as_ref() == wanted.as_bytes())
    }

    /// The characters of a text string.
    pub(crate) fn to_text(&self) -> Option<String> {
        let Self::Text(bytes) = self else {
            return None;
        };
        let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) else {
            return String::from_utf8(bytes.to_vec()).ok();
        };
        if !wide.len().is_multiple_of(2) {
            return None;
        }
        let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    }

    /// Writes the value; the place of each gap is noted as an offset into `out`.
    pub(crate) fn write(&self, out: &mut Vec<u8>, gaps: &mut Vec<usize>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Bool(true) => out.extend_from_slice(b"true"),
            Self::Bool(false) => out.extend_from_slice(b"false"),
            Self::Number(digits) => out.extend_from_slice(digits),
            Self::Name(name) => write_name(name, out),
            Self::Text(bytes) => write_text(bytes, out),
            Self::Array(values) => {
                out.push(b'[');
                for (place, value) in values.iter().enumerate() {
                    if place > 0 {
                        out.push(b' ');
                    }
                    value.write(out, gaps);
                }
                out.push(b']');
            }
            Self::Dict(dict) => dict.write(out, gaps),
            Self::Stream(dict, data) => {
                dict.write(out, gaps);
                out.extend_from_slice(b"\nstream\n");
                out.extend_from_slice(data);
                out.extend_from_slice(b"\nendstream");
            }
            Self::Reference(id) => out.extend_from_slice(format!("{id} 0 R").as_bytes()),
            Self::Gap(bytes) => {
                gaps.push(out.len());
                out.push(b'<');
                out.resize(out.len() + bytes * 2, b'0');
                out.push(b'>');
            }
        }
    }
}

impl<'a> Dict<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.iter().find(|(name, _)| *name == key.as_bytes()).map(|(_, value)| value)
    }

    /// Puts a value in the place of the key's old one, or at the end.
    pub(crate) fn with(mut self, key: &'static str, value: Value<'a>) -> Self {
        let found = self.0.iter_mut().find(|(name, _)| name.as_ref() == key.as_bytes());
        match found {
            Some((_, place)) => *place = value,
            None => self.0.push((Cow::Borrowed(key.as_bytes()), value)),
        }
        self
    }

    /// Adds a key read from elsewhere; false if it stands there already.
    pub(crate) fn add(&mut self, key: Cow<'a, [u8]>, value: Value<'a>) -> bool {
        let fresh = self.0.iter().all(|(name, _)| *name != key);
        if fresh {
            self.0.push((key, value));
        }
        fresh
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &Value<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    pub(crate) fn has_only(&self, allowed: &[&str]) -> bool {
        self.iter().all(|(key, _)| allowed.iter().any(|name| name.as_bytes() == key))
    }

    fn write(&self, out: &mut Vec<u8>, gaps: &mut Vec<usize>) {
        out.extend_from_slice(b"<<");
        for (place, (key, value)) in self.iter().enumerate() {
            if place > 0 {
                out.push(b' ');
            }
            write_name(key, out);
            out.push(b' ');
            value.write(out, gaps);
        }
        out.extend_from_slice(b">>");
    }
}

/// Whether the byte ends a number, a name or a word (section 7.2.2).
pub(super) fn is_delimiter(byte: u8) -> bool {
    is_space(byte) || b"()<>[]{}/%".contains(&byte)
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for &byte in name {
        if byte == b'#' || !byte.is_ascii_graphic() || is_delimiter(byte) {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        } else {
            out.push(byte);
        }
    }
}

fn write_text(bytes: &[u8], out: &mut Vec<u8>) {
    if !bytes.iter().all(|byte| (0x20..0x7F).contains(byte)) {
        out.push(b'<');
        out.extend_from_slice(hex::encode_upper(bytes).as_bytes());
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for &byte in bytes {
        if matches!(byte, b'(' | b')' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b')');
}
