//! What must hold of the file before its first signature: attacks are prepared there.

use super::layout::Section;
use super::value::{Dict, Value};

/// What our own documents name as their producer.
const PRODUCER: &str = "Evidence Trail";
/// The fields of a document that three people sign, in the order of signing.
const THREE: [&str; 3] = ["first", "second", "head"];
/// Keys that no document of ours has anywhere: they act, fetch, or let a file show two faces.
const FORBIDDEN_KEYS: [&str; 9] =
    ["AA", "OpenAction", "JS", "JavaScript", "XFA", "URI", "NeedAppearances", "Encrypt", "RichMediaContent"];
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
    let trailer = &base.trailer;
    let pages_hold_only_fields = base
        .objects
        .iter()
        .filter_map(|object| object.value.as_dict())
        .filter(|dict| dict.get("Type").is_some_and(|kind| kind.is_name("Page")))
        .all(|page| has_only_fields(base, page, fields));
    trailer.has_only(&["Size", "Root", "Info", "ID"])
        && base.objects.iter().all(|object| is_harmless(&object.value))
        && base
            .objects
            .iter()
            .filter(|object| object.value.as_dict().is_some_and(is_annotation))
            .all(|object| fields.iter().any(|field| field.id == object.id))
        && pages_hold_only_fields
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

fn has_only_fields(base: &Section<'_>, page: &Dict<'_>, fields: &[Field<'_>]) -> bool {
    let Some(annotations) = page.get("Annots") else {
        return true;
    };
    let list = resolve(base, annotations).and_then(Value::as_array);
    list.is_some_and(|list| {
        list.iter().all(|entry| entry.as_reference().is_some_and(|id| fields.iter().any(|field| field.id == id)))
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
            !acts
                && !hides
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
