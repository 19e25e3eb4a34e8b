//! What is appended to a signed document: whole revisions as a PDF library writes them, and parts of one.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, dictionary};

use super::{Ground, find_last, insider, prepared};

/// What the pages say instead.
const OTHER: &[u8] = b"62 640 10 10 re f";

/// The document after the act; nothing if the act is not one that appends.
pub(super) fn made(act: &str, ground: &Ground) -> Option<Vec<u8>> {
    let whole = ground.whole.as_slice();
    Some(match act {
        "shadow-replace" => appended(whole, replace_content),
        "shadow-hide" => appended(&ground.prepared(prepared::covered), uncover),
        "shadow-hide-freed" => freed(&ground.prepared(prepared::covered)),
        "shadow-hide-and-replace" => other_root(&ground.prepared(prepared::two_faces)),
        "shadow-between" => appended(&ground.signed(1), replace_content),
        "field-redefined" => appended(&ground.signed(2), move_field),
        "annotation" => appended(whole, annotate),
        "script" => appended(whole, run_script),
        "saved-no-table" => [whole, &loose(whole)].concat(),
        "saved-trailer-only" => {
            let start =
                super::find(&whole[find_last(whole, b"startxref\n")..], b"\n%%EOF") + find_last(whole, b"startxref\n");
            let startxref = &whole[find_last(whole, b"startxref\n")..start];
            let trailer = format!("trailer\n<</Size 90 /Root {} 0 R>>\n", root_of(whole));
            [whole, &loose(whole), trailer.as_bytes(), startxref, b"\n%%EOF"].concat()
        }
        "saved-signature-copied" => appended(whole, |doc, before| {
            replace_content(doc, before);
            let (id, signature) = last_signature(before.unwrap());
            doc.set_object(id, signature);
        }),
        "sneaky-signature" => insider::sneaked(whole, ground),
        "certified" => insider::certified(&ground.signed(0), ground, 2),
        "certified-annotated" => appended(&insider::certified(&ground.signed(0), ground, 3), annotate),
        "certified-sneaky-signature" => insider::sneaked(&insider::certified(&ground.signed(0), ground, 2), ground),
        _ => return None,
    })
}

type Change = fn(&mut Document, Option<&Document>);

/// Appends a revision in the way a PDF library does.
pub(super) fn appended(file: &[u8], change: Change) -> Vec<u8> {
    let before = Document::load_mem(file).unwrap();
    let mut update = IncrementalDocument::create_from(file.to_vec(), before.clone());
    change(&mut update.new_document, Some(&before));
    let mut out = Vec::new();
    update.save_to(&mut out).unwrap();
    out
}

pub(super) fn page(doc: &Document) -> (ObjectId, Dictionary) {
    let id = *doc.get_pages().get(&1).unwrap();
    (id, doc.get_dictionary(id).unwrap().clone())
}

/// The number of the first stream that draws on the page.
pub(super) fn content_of(file: &[u8]) -> u32 {
    content(&Document::load_mem(file).unwrap()).0
}

pub(super) fn root_of(file: &[u8]) -> u32 {
    Document::load_mem(file).unwrap().trailer.get(b"Root").unwrap().as_reference().unwrap().0
}

fn content(doc: &Document) -> ObjectId {
    let (_, page) = page(doc);
    let content = page.get(b"Contents").unwrap();
    content.as_reference().or_else(|_| content.as_array().unwrap()[0].as_reference()).unwrap()
}

fn replace_content(doc: &mut Document, before: Option<&Document>) {
    doc.set_object(content(before.unwrap()), Stream::new(dictionary! {}, OTHER.to_vec()));
}

/// The cover that was drawn over the page is empty from now on.
fn uncover(doc: &mut Document, before: Option<&Document>) {
    doc.set_object(cover(before.unwrap()), Stream::new(dictionary! {}, Vec::new()));
}

fn cover(doc: &Document) -> ObjectId {
    let (_, page) = page(doc);
    page.get(b"Contents").unwrap().as_array().unwrap()[1].as_reference().unwrap()
}

/// A table that frees the cover.
fn freed(file: &[u8]) -> Vec<u8> {
    let cover = cover(&Document::load_mem(file).unwrap()).0;
    table(file, &format!("{cover} 1\n0000000000 00001 f \n"), root_of(file))
}

/// A trailer that leads to the second face of the document.
fn other_root(file: &[u8]) -> Vec<u8> {
    let doc = Document::load_mem(file).unwrap();
    let own = root_of(file);
    let is_catalog = |object: &Object| {
        object
            .as_dict()
            .is_ok_and(|dict| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Catalog"))
    };
    let other = doc.objects.iter().find(|(id, object)| id.0 != own && is_catalog(object)).unwrap();
    table(file, "0 1\n0000000000 65535 f \n", other.0.0)
}

fn table(file: &[u8], entries: &str, root: u32) -> Vec<u8> {
    let at = find_last(file, b"startxref\n") + 10;
    let last: String =
        file[at..].iter().take_while(|byte| byte.is_ascii_digit()).map(|&byte| char::from(byte)).collect();
    let table = format!(
        "\nxref\n{entries}trailer\n<</Size 90 /Root {root} 0 R /Prev {last}>>\nstartxref\n{}\n%%EOF",
        file.len() + 1
    );
    [file, table.as_bytes()].concat()
}

/// An object that says what the page shows instead, and nothing that leads to it.
fn loose(file: &[u8]) -> Vec<u8> {
    let id = content_of(file);
    let words = String::from_utf8_lossy(OTHER);
    format!("\n{id} 0 obj\n<</Length {}>>\nstream\n{words}\nendstream\nendobj\n", OTHER.len()).into_bytes()
}

fn last_signature(doc: &Document) -> (ObjectId, Object) {
    let is_signature = |object: &Object| {
        object.as_dict().is_ok_and(|dict| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig"))
    };
    let (id, object) =
        doc.objects.iter().filter(|(_, object)| is_signature(object)).max_by_key(|(id, _)| **id).unwrap();
    (*id, object.clone())
}

fn move_field(doc: &mut Document, before: Option<&Document>) {
    let before = before.unwrap();
    let (_, page) = page(before);
    let field = page.get(b"Annots").unwrap().as_array().unwrap()[2].as_reference().unwrap();
    let mut dict = before.get_dictionary(field).unwrap().clone();
    dict.set("Rect", vec![62.into(), 400.into(), 500.into(), 700.into()]);
    doc.set_object(field, dict);
}

pub(super) fn annotate(doc: &mut Document, before: Option<&Document>) {
    let (id, mut page) = page(before.unwrap_or(doc));
    let note = doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "FreeText", "Contents" => Object::string_literal("No concern was found."),
        "Rect" => vec![62.into(), 640.into(), 300.into(), 660.into()],
    });
    page.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(Object::Reference(note));
    doc.set_object(id, page);
}

pub(super) fn run_script(doc: &mut Document, before: Option<&Document>) {
    let source = before.unwrap_or(doc);
    let id = source.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let mut catalog = source.get_dictionary(id).unwrap().clone();
    catalog.set("OpenAction", dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    doc.set_object(id, catalog);
}
