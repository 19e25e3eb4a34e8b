//! What a signature looks like on the page: a frame and a few lines, with letters of their own.
//!
//! The lines are laid out as a document of one page, whose content and fonts become the field's
//! appearance. So the signature brings its own subset of the fonts and touches nothing on the page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId};

use super::SignError;
use crate::form::Fonts;
use crate::form::inscription::{self, Inscribed};
use crate::verify::value::{Dict, Value};

/// Draws the lines into a box of the given size in points; the objects are numbered from `first_id`.
pub(super) fn draw(
    fonts: &Fonts,
    lines: &[Inscribed<'_>],
    size: (f32, f32),
    first_id: u32,
) -> Result<Vec<Value<'static>>, SignError> {
    take(&inscription::draw(fonts, lines, size), size, first_id).ok_or(SignError::Lettering)
}

/// Takes the page's content and fonts out of the one-page document.
fn take(bytes: &[u8], (width, height): (f32, f32), first_id: u32) -> Option<Vec<Value<'static>>> {
    let document = Document::load_mem(bytes).ok()?;
    let page = *document.get_pages().get(&1)?;
    let dict = document.get_dictionary(page).ok()?;
    let content = document.get_object(dict.get(b"Contents").ok()?.as_reference().ok()?).ok()?.as_stream().ok()?;
    let (_, resources) = document.dereference(dict.get(b"Resources").ok()?).ok()?;
    let (_, fonts) = document.dereference(resources.as_dict().ok()?.get(b"Font").ok()?).ok()?;

    let mut import = Import { document: &document, numbers: BTreeMap::new(), next: first_id.checked_add(1)? };
    let fonts = import.value(fonts)?;
    let bounds = [0.0, 0.0, width, height].map(|side| Value::Number(Cow::Owned(number(side))));
    let mut form = Dict::default()
        .with("Type", Value::name("XObject"))
        .with("Subtype", Value::name("Form"))
        .with("BBox", Value::Array(bounds.to_vec()))
        .with("Resources", Value::Dict(Dict::default().with("Font", fonts)));
    if content.dict.has(b"Filter") {
        form = form.with("Filter", Value::name("FlateDecode"));
    }
    let form = form.with("Length", Value::number(content.content.len()));
    let mut parts = vec![Value::Stream(form, Cow::Owned(content.content.clone()))];
    parts.extend(import.rest()?);
    Some(parts)
}

/// Another subset of a font than the document's has another tag (ISO 32000-1, 9.6.4).
fn tagged(name: &[u8]) -> Vec<u8> {
    let is_subset = name.get(6) == Some(&b'+') && name.starts_with(b"ET");
    if is_subset { [b"SG", &name[2..]].concat() } else { name.to_vec() }
}

fn number(value: f32) -> Vec<u8> {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').as_bytes().to_vec()
}

/// Carries objects over from the one-page document, in the order in which they are first named.
struct Import<'d> {
    document: &'d Document,
    numbers: BTreeMap<ObjectId, u32>,
    next: u32,
}

impl Import<'_> {
    fn value(&mut self, object: &Object) -> Option<Value<'static>> {
        Some(match object {
            Object::Null => Value::Null,
            Object::Boolean(state) => Value::Bool(*state),
            Object::Integer(number) => Value::Number(Cow::Owned(number.to_string().into_bytes())),
            Object::Real(real) => Value::Number(Cow::Owned(number(*real))),
            Object::Name(name) => Value::Name(Cow::Owned(tagged(name))),
            Object::String(text, _) => Value::Text(Cow::Owned(text.clone())),
            Object::Array(values) => Value::Array(values.iter().map(|value| self.value(value)).collect::<Option<_>>()?),
            Object::Dictionary(dict) => Value::Dict(self.dict(dict)?),
            Object::Stream(stream) => {
                let dict = self.dict(&stream.dict)?.with("Length", Value::number(stream.content.len()));
                Value::Stream(dict, Cow::Owned(stream.content.clone()))
            }
            Object::Reference(id) => Value::Reference(self.number(*id)?),
        })
    }

    fn dict(&mut self, dict: &lopdf::Dictionary) -> Option<Dict<'static>> {
        let mut out = Dict::default();
        for (key, value) in dict {
            let value = self.value(value)?;
            out.add(Cow::Owned(key.clone()), value);
        }
        Some(out)
    }

    fn number(&mut self, id: ObjectId) -> Option<u32> {
        if let Some(number) = self.numbers.get(&id) {
            return Some(*number);
        }
        let number = self.next;
        self.next = number.checked_add(1)?;
        self.numbers.insert(id, number);
        Some(number)
    }

    /// All objects that were named, also those that they name in turn.
    fn rest(mut self) -> Option<Vec<Value<'static>>> {
        let mut done = BTreeMap::new();
        while done.len() < self.numbers.len() {
            let waiting: Vec<(ObjectId, u32)> = self
                .numbers
                .iter()
                .filter(|(_, number)| !done.contains_key(*number))
                .map(|(id, number)| (*id, *number))
                .collect();
            for (id, number) in waiting {
                let object = self.document.get_object(id).ok()?;
                let value = self.value(object)?;
                done.insert(number, value);
            }
        }
        Some(done.into_values().collect())
    }
}
