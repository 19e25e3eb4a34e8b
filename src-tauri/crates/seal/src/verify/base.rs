//! What must hold of the file before its first signature: attacks are prepared there.

use super::layout::Section;
use super::value::{Dict, Value};

/// What our own documents name as their producer.
const PRODUCER: &str = "Evidence Trail";
/// The fields of a document that three people sign, in the order of signing.
const THREE: [&str; 3] = ["first", "second", "head"];
/// Keys that no document of ours has anywhere: they act, fetch, or let a file show two faces.
const FORBIDDEN_KEYS: [&str; 16] = [
    "AA",
    "OpenAction",
    "JS",
    "JavaScript",
    "XFA",
    "URI",
    "NeedAppearances",
    "Encrypt",
    "RichMediaContent",
    // Layers, pictures for paper alone, portfolios, and what an author allows after certifying.
    "OCProperties",
    "OCGs",
    "OC",
    "Alternates",
    "OPI",
    "Collection",
    "Perms",
];
/// Keys by which a stream lies in another file (ISO 32000-1, table 5).
const OUTSIDE: [&str; 3] = ["F", "FFilter", "FDecodeParms"];
/// Kinds of action that no document of ours has (ISO 32000-1, table 198).
const FORBIDDEN_ACTIONS: [&str; 12] = [
    "JavaScript",
    "Launch",
    "URI",
    "SubmitForm",
    "ImportData",
    "GoToR",
    "GoToE",
    "Rendition",
    "Movie",
    "Sound",
    "Hide",
    "RichMediaExecute",
];
/// Streams that hide objects from a plain reading.
const FORBIDDEN_TYPES: [&str; 2] = ["ObjStm", "XRef"];
/// What a signature field of ours is made of.
const FIELD_KEYS: [&str; 15] =
    ["Type", "Subtype", "FT", "Ff", "T", "TU", "Rect", "F", "P", "AP", "StructParent", "DA", "MK", "Border", "BS"];

/// A place for a signature, as the base has it.
pub(crate) struct Field<'a> {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) dict: Dict<'a>,
}

/// The base's fields in the order of signing, if they are as our documents have them.
pub(crate) fn fields<'a>(base: &Section<'a>) -> Option<Vec<Field<'a>>> {
    let catalog = resolve(base, base.trailer.get("Root")?)?.as_dict()?;
    let form = resolve(base, catalog.get("AcroForm")?)?.as_dict()?;
    if !form.has_only(&["Fields", "SigFlags", "DA", "DR"]) || form.get("SigFlags")?.as_usize()? != 3 {
        return None;
    }
    let mut fields = Vec::new();
    for reference in resolve(base, form.get("Fields")?)?.as_array()? {
        fields.push(field(base, reference.as_reference()?)?);
    }
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let known = names.len() == 1 || names == THREE;
    known.then_some(fields)
}

/// Whether the file says that our own code wrote it.
pub(crate) fn is_ours(base: &Section<'_>) -> bool {
    let info = base.trailer.get("Info").and_then(|info| resolve(base, info));
    let producer = info.and_then(Value::as_dict).and_then(|info| info.get("Producer")).and_then(Value::to_text);
    producer
        .is_some_and(|text| text.strip_prefix(PRODUCER).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Whether the base is one revision that holds nothing which acts, fetches or hides.
pub(crate) fn is_plain(base: &Section<'_>, fields: &[Field<'_>]) -> bool {
    let is_field = |id: u32| fields.iter().any(|field| field.id == id);
    base.trailer.has_only(&["Size", "Root", "Info", "ID"])
        && base.objects.iter().all(|object| {
            is_harmless(&object.value)
                && holds_only_fields(base, &object.value, &is_field)
                && (is_field(object.id) || !object.value.as_dict().is_some_and(is_annotation))
        })
        && fields.iter().all(|field| field.dict.get("AP").is_none_or(|look| is_letters(base, look)))
}

fn field<'a>(base: &Section<'a>, id: u32) -> Option<Field<'a>> {
    let Value::Dict(dict) = base.get(id)? else {
        return None;
    };
    let is_field = dict.has_only(&FIELD_KEYS)
        && dict.get("FT")?.is_name("Sig")
        && dict.get("Subtype")?.is_name("Widget")
        && dict.get("Rect")?.as_array()?.len() == 4;
    is_field.then_some(Field { id, name: dict.get("T")?.to_text()?, dict: dict.clone() })
}

/// Whether every list of annotations names signature fields only, and no annotation stands inside another object. A
/// viewer takes for a page also what does not say that it is one, so every dictionary is looked at.
fn holds_only_fields(base: &Section<'_>, value: &Value<'_>, is_field: &impl Fn(u32) -> bool) -> bool {
    if let Value::Array(values) = value {
        return values.iter().all(|value| is_apart(base, value, is_field));
    }
    value.as_dict().is_none_or(|dict| {
        dict.get("Annots").is_none_or(|list| names_only_fields(base, list, is_field))
            && dict.iter().all(|(_, value)| is_apart(base, value, is_field))
    })
}

fn is_apart(base: &Section<'_>, value: &Value<'_>, is_field: &impl Fn(u32) -> bool) -> bool {
    !value.as_dict().is_some_and(is_annotation) && holds_only_fields(base, value, is_field)
}

fn names_only_fields(base: &Section<'_>, list: &Value<'_>, is_field: &impl Fn(u32) -> bool) -> bool {
    let list = resolve(base, list).and_then(Value::as_array);
    list.is_some_and(|list| list.iter().all(|entry| entry.as_reference().is_some_and(is_field)))
}

/// Whether the look of an unsigned field holds no picture and nothing from outside it but fonts: it goes when the field is
/// signed. Only its dictionary is looked at, so what its letters and lines cover until then is not known here.
fn is_letters(base: &Section<'_>, look: &Value<'_>) -> bool {
    let normal = look.as_dict().filter(|look| look.has_only(&["N"])).and_then(|look| look.get("N"));
    let form = normal.and_then(|normal| resolve(base, normal));
    form.and_then(Value::as_dict).is_some_and(|form| {
        form.has_only(&["Type", "Subtype", "BBox", "Resources", "Filter", "Length"])
            && form.get("Subtype").is_some_and(|kind| kind.is_name("Form"))
            && form.get("Resources").is_none_or(|held| held.as_dict().is_some_and(|held| held.has_only(&["Font"])))
    })
}

fn is_annotation(dict: &Dict<'_>) -> bool {
    dict.get("Type").is_some_and(|kind| kind.is_name("Annot"))
        || dict.get("Subtype").is_some_and(|kind| kind.is_name("Widget") || kind.is_name("Link"))
}

fn is_harmless(value: &Value<'_>) -> bool {
    match value {
        Value::Array(values) => values.iter().all(is_harmless),
        Value::Dict(dict) | Value::Stream(dict, _) => {
            let acts = dict.get("S").is_some_and(|kind| is_any(kind, &FORBIDDEN_ACTIONS));
            let hides = dict.get("Type").is_some_and(|kind| is_any(kind, &FORBIDDEN_TYPES));
            let is_stream = matches!(value, Value::Stream(..));
            let is_outside = is_stream && OUTSIDE.iter().any(|key| dict.get(key).is_some());
            !acts
                && !hides
                && !is_outside
                && FORBIDDEN_KEYS.iter().all(|key| dict.get(key).is_none())
                && dict.iter().all(|(_, value)| is_harmless(value))
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Name(_)
        | Value::Text(_)
        | Value::Reference(_)
        | Value::Gap(_) => true,
    }
}

fn is_any(value: &Value<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| value.is_name(name))
}

fn resolve<'s, 'a>(base: &'s Section<'a>, value: &'s Value<'a>) -> Option<&'s Value<'a>> {
    match value.as_reference() {
        Some(id) => base.get(id),
        None => Some(value),
    }
}
