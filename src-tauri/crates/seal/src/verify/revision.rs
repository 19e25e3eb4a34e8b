//! The one shape a signature's revision has. Signing writes it; verifying writes it again from what
//! it read and compares byte by byte, so that a revision has room for one signature and nothing else.

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, Utc};
use ring::digest::{Context, SHA256};

use super::layout::Section;
use super::value::{Dict, Value};

/// How many bytes a signature has room for. What it does not need is zero.
pub(crate) const ROOM: usize = 8192;
/// How long a time-stamp in a signature may be, in bytes.
pub(crate) const STAMP_ROOM: usize = 16384;
/// How many bytes a signature with a time-stamp has room for; one without a time-stamp never has this room.
pub(crate) const STAMPED_ROOM: usize = ROOM + STAMP_ROOM;
/// The most objects a signature's appearance is made of.
const MOST_PARTS: usize = 24;

/// What a signature says in words (ISO 32000-1, table 252).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) at: DateTime<Utc>,
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) location: String,
}

/// The file that a revision is appended to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Before<'s, 'a> {
    pub(crate) end: usize,
    pub(crate) xref_at: usize,
    pub(crate) size: u32,
    pub(crate) trailer: &'s Dict<'a>,
}

/// The bytes of a revision, and where in the file its signature goes, angle brackets included.
pub(crate) struct Composed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) gap: Range<usize>,
}

/// A revision as it was read.
pub(crate) struct Found<'a> {
    pub(crate) words: Words,
    pub(crate) appearance: Vec<Value<'a>>,
    /// How many bytes its signature has room for.
    pub(crate) room: usize,
}

impl<'s, 'a> Before<'s, 'a> {
    pub(crate) fn section(section: &'s Section<'a>) -> Option<Self> {
        Some(Self { end: section.end, xref_at: section.xref_at, size: section.size()?, trailer: &section.trailer })
    }

    /// The number of the appearance's first object; the signature's own comes before it.
    pub(crate) fn appearance_id(&self) -> u32 {
        self.size.saturating_add(1)
    }
}

/// Writes the revision that fills one field.
pub(crate) fn compose<'a>(
    before: &Before<'_, 'a>,
    field_id: u32,
    field: &Dict<'a>,
    words: &Words,
    appearance: &[Value<'a>],
    room: usize,
) -> Composed {
    let mut range = [before.end; 3];
    loop {
        let (bytes, gap) = written(before, (field_id, field), words, appearance, (range, room));
        let end = before.end + bytes.len();
        let exact = [gap.start, gap.end, end - gap.end];
        if exact == range {
            return Composed { bytes, gap };
        }
        range = exact;
    }
}

/// Takes a revision's words and appearance out of what was read, if it is made of the right parts.
pub(crate) fn take_apart<'a>(section: &Section<'a>, before: &Before<'_, 'a>) -> Option<Found<'a>> {
    let [_, signature, parts @ ..] = section.objects.as_slice() else {
        return None;
    };
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return None;
    }
    let dict = signature.value.as_dict()?;
    let said = |key: &str| dict.get(key).and_then(Value::to_text);
    let Some(Value::Gap(room)) = dict.get("Contents") else {
        return None;
    };
    let found = Found {
        room: *room,
        words: Words {
            at: read_time(&said("M")?)?,
            name: said("Name")?,
            reason: said("Reason")?,
            location: said("Location")?,
        },
        appearance: parts.iter().map(|part| part.value.clone()).collect(),
    };
    is_appearance(&found.appearance, before.appearance_id()).then_some(found)
}

/// The SHA-256 of the file but for the gap.
pub(crate) fn digest(before: &[u8], revision: &[u8], gap: &Range<usize>) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(before);
    let cut = |at: usize| at.saturating_sub(before.len()).min(revision.len());
    context.update(&revision[..cut(gap.start)]);
    context.update(&revision[cut(gap.end)..]);
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

/// Whether the parts draw letters and lines, and touch nothing outside themselves.
pub(crate) fn is_appearance(parts: &[Value<'_>], first_id: u32) -> bool {
    let Some(Value::Stream(form, _)) = parts.first() else {
        return false;
    };
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let own = first_id..first_id.saturating_add(count);
    let resources = form.get("Resources").and_then(Value::as_dict);
    form.has_only(&["Type", "Subtype", "BBox", "Resources", "Filter", "Length"])
        && form.get("Subtype").is_some_and(|kind| kind.is_name("Form"))
        && resources.is_some_and(|held| held.has_only(&["Font"]))
        && parts.iter().all(|part| stays_within(part, &own))
        && parts.iter().skip(1).all(is_font_part)
}

fn is_font_part(part: &Value<'_>) -> bool {
    let Some(dict) = part.as_dict() else {
        return false;
    };
    let kind = dict.get("Type");
    let is_stream = matches!(part, Value::Stream(..));
    let known = ["Font", "FontDescriptor", "CMap"];
    match kind {
        Some(kind) => {
            known.iter().any(|name| kind.is_name(name))
                && dict.get("Subtype").is_none_or(|subtype| !subtype.is_name("Image"))
        }
        None => {
            is_stream
                && dict.has_only(&["Length", "Length1", "Length2", "Length3", "Filter", "Subtype"])
                && dict
                    .get("Subtype")
                    .is_none_or(|subtype| subtype.is_name("CIDFontType0C") || subtype.is_name("OpenType"))
        }
    }
}

fn stays_within(value: &Value<'_>, own: &Range<u32>) -> bool {
    match value {
        Value::Reference(id) => own.contains(id),
        Value::Array(values) => values.iter().all(|value| stays_within(value, own)),
        Value::Dict(dict) | Value::Stream(dict, _) => dict.iter().all(|(_, value)| stays_within(value, own)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Name(_) | Value::Text(_) => true,
        Value::Gap(_) => false,
    }
}

fn written<'a>(
    before: &Before<'_, 'a>,
    field: (u32, &Dict<'a>),
    words: &Words,
    appearance: &[Value<'a>],
    (range, room): ([usize; 3], usize),
) -> (Vec<u8>, Range<usize>) {
    let mut out = vec![b'\n'];
    let mut gaps = Vec::new();
    let mut places = Vec::new();
    let filled = filled(field.1, before);
    let signature = signature(words, range, room);
    let objects = [&filled, &signature].into_iter().chain(appearance);
    for (id, value) in [field.0].into_iter().chain(before.size..).zip(objects) {
        places.push(before.end + out.len());
        out.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        value.write(&mut out, &mut gaps);
        out.extend_from_slice(b"\nendobj\n");
    }
    finish(before, field.0, &places, &mut out);
    let gap = before.end + gaps.first().copied().unwrap_or_default();
    (out, gap..gap + room * 2 + 2)
}

/// The field as it stood, with its signature and the signature's appearance.
fn filled<'a>(field: &Dict<'a>, before: &Before<'_, 'a>) -> Value<'a> {
    let normal = Dict::default().with("N", Value::Reference(before.appearance_id()));
    Value::Dict(field.clone().with("AP", Value::Dict(normal)).with("V", Value::Reference(before.size)))
}

fn signature<'a>(words: &Words, [start, end, length]: [usize; 3], room: usize) -> Value<'a> {
    let range = [0, start, end, length].map(Value::number).to_vec();
    Value::Dict(
        Dict::default()
            .with("Type", Value::name("Sig"))
            .with("Filter", Value::name("Adobe.PPKLite"))
            .with("SubFilter", Value::name("ETSI.CAdES.detached"))
            .with("ByteRange", Value::Array(range))
            .with("Contents", Value::Gap(room))
            .with("M", Value::text(&write_time(words.at)))
            .with("Name", Value::text(&words.name))
            .with("Reason", Value::text(&words.reason))
            .with("Location", Value::text(&words.location)),
    )
}

fn finish(before: &Before<'_, '_>, field_id: u32, places: &[usize], out: &mut Vec<u8>) {
    let xref_at = before.end + out.len();
    let added = places.len().saturating_sub(1);
    let mut table = String::from("xref\n");
    for (place, offset) in places.iter().enumerate() {
        match place {
            0 => table.push_str(&format!("{field_id} 1\n")),
            1 => table.push_str(&format!("{} {added}\n", before.size)),
            _ => {}
        }
        table.push_str(&format!("{offset:010} 00000 n \n"));
    }
    table.push_str("trailer\n");
    out.extend_from_slice(table.as_bytes());
    let size = usize::try_from(before.size).unwrap_or(usize::MAX).saturating_add(added);
    let trailer = before.trailer.clone().with("Size", Value::number(size)).with("Prev", Value::number(before.xref_at));
    Value::Dict(trailer).write(out, &mut Vec::new());
    out.extend_from_slice(format!("\nstartxref\n{xref_at}\n%%EOF").as_bytes());
}

const TIME: &str = "D:%Y%m%d%H%M%S+00'00'";

fn write_time(at: DateTime<Utc>) -> String {
    at.format(TIME).to_string()
}

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    let at = NaiveDateTime::parse_from_str(text, TIME).ok()?.and_utc();
    (write_time(at) == text).then_some(at)
}
