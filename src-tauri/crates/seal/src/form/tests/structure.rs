//! What a screen reader, an archive and a signature find in the file.

use super::made::{self, CARD, DESTRUCTION, EMERGENCY, KIT, OnDisk, RECORD, REFERRAL, VOLUME};
use crate::form::Drawn;
use lopdf::{Dictionary, Document, Object};

fn catalog(document: &Document) -> &Dictionary {
    document.catalog().unwrap()
}

fn field_names(drawn: &Drawn) -> Vec<String> {
    let document = Document::load_mem(drawn.bytes()).unwrap();
    let form = catalog(&document).get(b"AcroForm").unwrap().as_dict().unwrap();
    assert_eq!(form.get(b"SigFlags").unwrap().as_i64().unwrap(), 3);
    let mut names = Vec::new();
    for field in form.get(b"Fields").unwrap().as_array().unwrap() {
        let field = document.get_dictionary(field.as_reference().unwrap()).unwrap();
        assert_eq!(field.get(b"FT").unwrap().as_name().unwrap(), b"Sig");
        assert_eq!(field.get(b"Subtype").unwrap().as_name().unwrap(), b"Widget");
        assert_eq!(field.get(b"F").unwrap().as_i64().unwrap(), 132);
        assert!(field.has(b"TU") && field.has(b"StructParent") && field.has(b"P") && !field.has(b"V"));
        names.push(String::from_utf8(field.get(b"T").unwrap().as_str().unwrap().to_vec()).unwrap());
    }
    names
}

#[test]
fn the_fields_exist_before_the_first_signature() {
    assert_eq!(field_names(&RECORD), ["first", "second", "head"]);
    assert_eq!(field_names(&VOLUME), ["producer"]);
    assert_eq!(field_names(&REFERRAL), ["first"]);
    for on_paper in [&*KIT, &*CARD, &*EMERGENCY, &*DESTRUCTION] {
        assert!(!catalog(&Document::load_mem(on_paper.bytes()).unwrap()).has(b"AcroForm"));
    }
}

/// A validator that compares revisions knows a signed field only by the path `.K.Obj`.
#[test]
fn the_child_of_a_form_element_is_the_reference_itself() {
    let document = Document::load_mem(RECORD.bytes()).unwrap();
    let mut forms = 0;
    for object in document.objects.values() {
        let Ok(element) = object.as_dict() else { continue };
        if element.get(b"S").and_then(Object::as_name).unwrap_or_default() == b"Form" {
            let child = element.get(b"K").unwrap().as_dict().unwrap();
            assert_eq!(child.get(b"Type").unwrap().as_name().unwrap(), b"OBJR");
            forms += 1;
        }
    }
    assert_eq!(forms, 3);
}

#[test]
fn the_file_says_what_an_archive_asks() {
    for (_, drawn) in made::in_words().into_iter().chain([("volume", &*VOLUME)]) {
        let document = Document::load_mem(drawn.bytes()).unwrap();
        assert_eq!(document.version, "1.7");
        let catalog = catalog(&document);
        for key in [&b"Lang"[..], b"MarkInfo", b"Metadata", b"OutputIntents", b"StructTreeRoot", b"ViewerPreferences"] {
            assert!(catalog.has(key), "{}", String::from_utf8_lossy(key));
        }
        let packet = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
        let packet = document.get_object(packet).unwrap().as_stream().unwrap();
        let packet = String::from_utf8(packet.content.clone()).unwrap();
        for words in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
            assert!(packet.contains(words), "{words}");
        }
        for page in document.get_pages().into_values() {
            let page = document.get_dictionary(page).unwrap();
            assert!(page.has(b"StructParents"));
            assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        }
    }
}

#[test]
fn all_fonts_are_embedded_and_subset() {
    for (name, drawn) in made::in_words().into_iter().chain([("volume", &*VOLUME)]) {
        let said = OnDisk::new(&format!("fonts-{name}"), drawn).ask("pdffonts", &[], &[]);
        for line in said.lines().skip(2) {
            assert!(line.contains("yes yes yes"), "{name}: {line}");
        }
        assert!(drawn.bytes().len() < 4_000_000, "{name}: {} bytes", drawn.bytes().len());
    }
}

/// A reader that meets a gap may throw the table away and search the file for what looks like objects.
#[test]
fn objects_are_numbered_without_a_gap() {
    for (name, drawn) in made::in_words().into_iter().chain([("volume", &*VOLUME)]) {
        let bytes = drawn.bytes();
        let table = bytes.windows(6).rposition(|bytes| bytes == b"\nxref\n").unwrap() + 6;
        let table = String::from_utf8(bytes[table..].to_vec()).unwrap();
        let heads = table.lines().filter(|line| line.split(' ').count() == 2 && !line.contains("<<")).count();
        assert_eq!(heads, 1, "{name}: {}", &table[..20]);
        let objects = Document::load_mem(bytes).unwrap().objects.len();
        assert!(table.starts_with(&format!("0 {}\n", objects + 1)), "{name}: {}", &table[..20]);
    }
}

#[test]
fn headings_lead_through_the_record() {
    let said = OnDisk::new("headings", &RECORD).ask("pdfinfo", &["-struct-text"], &[]);
    for words in ["H1", "H2", "Table", "\"Record of review\"", "Form"] {
        assert!(said.contains(words), "{words} in {said}");
    }
}
