//! What an attacker prepares in a document before anybody signs it.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::saved::page;

const COVER: &[u8] = b"1 g 0 0 595 842 re f 0 g";

/// The page is drawn, and then covered by a stream of its own.
pub(super) fn covered(doc: &mut Document) {
    let (id, mut page) = page(doc);
    let content = page.get(b"Contents").unwrap().clone();
    let cover = doc.add_object(Stream::new(dictionary! {}, COVER.to_vec()));
    page.set("Contents", vec![content, Object::Reference(cover)]);
    doc.set_object(id, page);
}

/// A second catalog with a page of its own, to which nothing leads yet.
pub(super) fn two_faces(doc: &mut Document) {
    let content = doc.add_object(Stream::new(dictionary! {}, b"62 640 10 10 re f".to_vec()));
    let (pages, (_, mut page)) = (doc.new_object_id(), page(doc));
    page.set("Contents", content);
    page.set("Parent", pages);
    let page = doc.add_object(page);
    doc.set_object(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)] });
    let mut catalog = doc.catalog().unwrap().clone();
    catalog.set("Pages", pages);
    doc.add_object(catalog);
}

pub(super) fn other_producer(doc: &mut Document) {
    let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
    doc.get_dictionary_mut(info).unwrap().set("Producer", Object::string_literal("Evidence Trailer"));
}

pub(super) fn other_title(doc: &mut Document) {
    let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
    doc.get_dictionary_mut(info).unwrap().set("Title", Object::string_literal("Another record"));
}

/// A page that does not say that it is one, which a viewer shows all the same, with a note that is no object.
pub(super) fn untyped_page(doc: &mut Document) {
    let (id, mut page) = page(doc);
    page.remove(b"Type");
    let note = dictionary! {
        "Subtype" => "FreeText", "Contents" => Object::string_literal("No concern was found."),
        "Rect" => vec![62.into(), 640.into(), 300.into(), 660.into()],
    };
    page.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(Object::Dictionary(note));
    doc.set_object(id, page);
}

/// A layer that is shown on the screen and not on paper.
pub(super) fn optional_content(doc: &mut Document) {
    let group = doc.add_object(dictionary! {
        "Type" => "OCG", "Name" => Object::string_literal("finding"),
        "Usage" => dictionary! { "Print" => dictionary! { "PrintState" => "OFF" } },
    });
    let off = dictionary! { "OFF" => vec![Object::Reference(group)] };
    let layers = dictionary! { "OCGs" => vec![Object::Reference(group)], "D" => off };
    doc.catalog_mut().unwrap().set("OCProperties", layers);
}

/// The unsigned look of a place for a signature covers the page, and goes when it is signed.
pub(super) fn cover(doc: &mut Document) {
    let picture = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            "Width" => 1, "Height" => 1,
        },
        vec![255],
    ));
    let look = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "Im1" => picture } },
        },
        b"595 0 0 842 0 0 cm /Im1 Do".to_vec(),
    ));
    let field = first_field(doc);
    doc.get_dictionary_mut(field).unwrap().set("AP", dictionary! { "N" => Object::Reference(look) });
}

/// What the page draws lies in another file.
pub(super) fn external_stream(doc: &mut Document) {
    let (_, page) = page(doc);
    let content = page.get(b"Contents").unwrap().as_reference().unwrap();
    let outside = dictionary! { "F" => Object::string_literal("page.txt") };
    doc.set_object(content, Stream::new(outside, Vec::new()));
}

/// Every object is packed away where a plain reading does not see it.
pub(super) fn packed(file: &[u8]) -> Vec<u8> {
    let mut doc = Document::load_mem(file).unwrap();
    let mut out = Vec::new();
    doc.save_modern(&mut out).unwrap();
    out
}

pub(super) fn first_field(doc: &Document) -> ObjectId {
    let form: &Dictionary = doc
        .catalog()
        .and_then(|catalog| catalog.get(b"AcroForm"))
        .and_then(Object::as_reference)
        .and_then(|form| doc.get_dictionary(form))
        .unwrap();
    form.get(b"Fields").unwrap().as_array().unwrap()[0].as_reference().unwrap()
}
