//! The file as a base and what was appended to it, every byte accounted for.

use std::collections::BTreeMap;

use super::reader::{Fault, Reader};
use super::value::{Dict, Value};

/// The largest file that is read, in bytes.
const LARGEST: usize = 512 * 1024 * 1024;
/// More revisions than any form has fields.
const MOST_REVISIONS: usize = 8;

/// A file, taken apart.
pub(crate) struct Layout<'a> {
    pub(crate) base: Section<'a>,
    pub(crate) revisions: Vec<Section<'a>>,
}

/// One run of objects with its own cross-reference table and trailer.
pub(crate) struct Section<'a> {
    /// The offset after the section before; 0 for the base.
    pub(crate) start: usize,
    /// The offset after the section's last byte.
    pub(crate) end: usize,
    /// Objects in the order of the file, each with its offset.
    pub(crate) objects: Vec<Placed<'a>>,
    pub(crate) xref_at: usize,
    pub(crate) trailer: Dict<'a>,
    /// Where in `objects` each number stands, so that a hostile file cannot make looking up slow.
    places: BTreeMap<u32, usize>,
}

/// An object where it stands.
pub(crate) struct Placed<'a> {
    pub(crate) at: usize,
    pub(crate) id: u32,
    pub(crate) value: Value<'a>,
}

impl<'a> Layout<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut reader = Reader::new(bytes);
        if bytes.len() > LARGEST {
            return reader.fault("the file is larger than a form can be");
        }
        header(&mut reader)?;
        let base = section(&mut reader, 0)?;
        let mut revisions = Vec::new();
        while !reader.is_at_end() {
            if revisions.len() == MOST_REVISIONS {
                return reader.fault("there are more revisions than a form can have");
            }
            let start = reader.at();
            revisions.push(section(&mut reader, start)?);
        }
        Ok(Self { base, revisions })
    }
}

impl<'a> Section<'a> {
    pub(crate) fn get(&self, id: u32) -> Option<&Value<'a>> {
        let object = self.objects.get(*self.places.get(&id)?)?;
        Some(&object.value)
    }

    /// The number after the highest object number.
    pub(crate) fn size(&self) -> Option<u32> {
        let size = self.trailer.get("Size").and_then(Value::as_usize)?;
        u32::try_from(size).ok()
    }
}

fn header(reader: &mut Reader<'_>) -> Result<(), Fault> {
    reader.expect(b"%PDF-1.", "the file does not begin as a PDF does")?;
    if !matches!(reader.line()?, [b'0'..=b'9']) {
        return reader.fault("the version is not one that is written here");
    }
    reader.expect(b"%", "the second line does not mark the file as binary")?;
    match reader.line()? {
        mark if mark.len() <= 8 && mark.iter().all(|byte| *byte >= 128) => Ok(()),
        _ => reader.fault("the second line holds something else than its mark"),
    }
}

fn section<'a>(reader: &mut Reader<'a>, start: usize) -> Result<Section<'a>, Fault> {
    let mut objects = Vec::new();
    reader.skip_space();
    loop {
        let at = reader.at();
        if reader.takes(b"xref") {
            return table_and_trailer(reader, start, at, objects);
        }
        let (id, value) = reader.object()?;
        objects.push(Placed { at, id, value });
        reader.skip_space();
    }
}

fn table_and_trailer<'a>(
    reader: &mut Reader<'a>,
    start: usize,
    xref_at: usize,
    objects: Vec<Placed<'a>>,
) -> Result<Section<'a>, Fault> {
    let stated = table(reader)?;
    let mut expected = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (place, object) in objects.iter().enumerate() {
        places.insert(object.id, place);
        if expected.insert(object.id, object.at).is_some() {
            return reader.fault("one object stands twice in one section");
        }
    }
    if stated != expected {
        return reader.fault("the table of objects does not say where the objects are");
    }
    let Value::Dict(trailer) = reader.value(0)? else {
        return reader.fault("the trailer is missing");
    };
    reader.skip_space();
    reader.expect(b"startxref\n", "the section does not end as it should")?;
    if reader.digits()? != xref_at {
        return reader.fault("the section does not say where its table is");
    }
    reader.expect(b"\n%%EOF", "the section does not end as it should")?;
    Ok(Section { start, end: reader.at(), objects, xref_at, trailer, places })
}

/// Reads the classic table up to and with the word `trailer`: object number to offset.
fn table(reader: &mut Reader<'_>) -> Result<BTreeMap<u32, usize>, Fault> {
    let mut places = BTreeMap::new();
    reader.skip_space();
    while !reader.takes(b"trailer") {
        let first = reader.digits()?;
        reader.expect(b" ", "the table of objects is not written as it should be")?;
        let count = reader.digits()?;
        reader.skip_space();
        for number in first..first.saturating_add(count) {
            let offset = reader.digits()?;
            reader.expect(b" ", "the table of objects is not written as it should be")?;
            let generation = reader.digits()?;
            if reader.takes(b" f") {
                reader.skip_space();
                continue;
            }
            reader.expect(b" n", "the table of objects is not written as it should be")?;
            reader.skip_space();
            let Ok(id) = u32::try_from(number) else {
                return reader.fault("an object's number is too large");
            };
            if generation != 0 || places.insert(id, offset).is_some() {
                return reader.fault("the table of objects names an object twice");
            }
        }
    }
    Ok(places)
}
