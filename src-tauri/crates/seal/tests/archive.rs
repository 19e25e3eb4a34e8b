//! What PDF/A-3a and PDF/UA-1 ask of the file, clause by clause. `PDFA3.md` and `PDFUA1.md` name these tests.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use trail_seal::form::exhibits::{PictureFile, VolumeModel};
use trail_seal::form::{
    Drawn, Fonts, card, destruction, emergency, exhibits, handing, kit, log, record, referral, statement, summary,
    termly,
};

macro_rules! golden {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!("../../../../tests/golden/", $name))).unwrap()
    };
}

/// The worked documents.
static ALL: LazyLock<Vec<(&str, Drawn)>> = LazyLock::new(|| {
    let fonts = Fonts::bundled().unwrap();
    vec![
        ("record", record::lay_out(&golden!("record.json"), &fonts).unwrap()),
        ("referral", referral::lay_out(&golden!("referral.json"), &fonts).unwrap()),
        ("kit", kit::lay_out(&golden!("kit.json"), &fonts).unwrap()),
        ("card", card::lay_out(&golden!("card.json"), &fonts).unwrap()),
        ("emergency", emergency::lay_out(&golden!("emergency.json"), &fonts).unwrap()),
        ("destruction", destruction::lay_out(&golden!("destruction.json"), &fonts).unwrap()),
        ("cover", handing::cover_sheet(&golden!("hand-over.json"), &fonts).unwrap()),
        ("check", handing::check_sheet(&golden!("hand-over.json"), &fonts).unwrap()),
        ("receipt", handing::receipt(&golden!("hand-over.json"), &[0xC4; 32], &fonts).unwrap()),
        ("termly", termly::lay_out(&golden!("termly.json"), &fonts).unwrap()),
        ("incident log", log::lay_out(&golden!("incident-log.json"), &fonts).unwrap()),
        ("reporting log", log::lay_out(&golden!("reporting-log.json"), &fonts).unwrap()),
        ("summary", summary::lay_out(&golden!("summary.json"), &fonts).unwrap()),
        ("statement", statement::lay_out(&golden!("statement.json"), &fonts).unwrap()),
        ("volume", exhibits::lay_out(&volume(), &fonts).unwrap()),
    ]
});

/// The worked volume, with plain pictures.
fn volume() -> VolumeModel {
    let mut model: VolumeModel = golden!("volume.json");
    let exhibit = &mut model.exhibits[0];
    let mut sums = Vec::new();
    for (view, shade) in exhibit.views.iter_mut().zip(1..) {
        view.file = picture(shade);
        sums.push(view.file.sha256);
    }
    for derived in &mut exhibit.derived {
        derived.file = picture(9);
        derived.made_from.iter_mut().zip(&sums).for_each(|(source, sum)| source.sha256 = *sum);
    }
    model
}

fn picture(shade: u8) -> PictureFile {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 192, 108);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![shade; 192 * 108 * 3]).unwrap();
    writer.finish().unwrap();
    PictureFile { sha256: ring::digest::digest(&ring::digest::SHA256, &png).as_ref().try_into().unwrap(), png }
}

/// Every worked document, read again.
fn each() -> impl Iterator<Item = (&'static str, Document)> {
    ALL.iter().map(|(name, drawn)| (*name, Document::load_mem(drawn.bytes()).unwrap()))
}

fn name<'a>(dict: &'a Dictionary, key: &[u8]) -> &'a str {
    std::str::from_utf8(dict.get(key).and_then(Object::as_name).unwrap_or_default()).unwrap()
}

/// Every dictionary of the file, also inside others, and whether it is a stream's.
fn dictionaries(document: &Document) -> Vec<(&Dictionary, bool)> {
    fn walk<'a>(object: &'a Object, found: &mut Vec<(&'a Dictionary, bool)>) {
        match object {
            Object::Array(all) => all.iter().for_each(|one| walk(one, found)),
            Object::Dictionary(dict) => {
                found.push((dict, false));
                dict.iter().for_each(|(_, one)| walk(one, found));
            }
            Object::Stream(stream) => {
                found.push((&stream.dict, true));
                stream.dict.iter().for_each(|(_, one)| walk(one, found));
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..)
            | Object::Reference(_) => {}
        }
    }
    let mut found = Vec::new();
    document.objects.values().for_each(|object| walk(object, &mut found));
    found
}

fn text(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) else { return String::from_utf8(bytes.to_vec()).unwrap() };
    let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn the_metadata_say_what_the_document_information_says() {
    for (file, document) in each() {
        let packet = document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let packet = document.get_object(packet).unwrap().as_stream().unwrap();
        assert!(!packet.dict.has(b"Filter"), "{file}: the packet is compressed");
        let packet = String::from_utf8(packet.content.clone()).unwrap();
        let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = document.get_dictionary(info).unwrap();
        let said = |key: &[u8]| text(info.get(key).unwrap());
        let day = |date: &str| date.chars().filter(char::is_ascii_digit).take(14).collect::<String>();
        let between = |tag: &str| {
            let rest = packet.split(&format!("<{tag}>")).nth(1).unwrap();
            rest.split(&format!("</{tag}>")).next().unwrap().to_owned()
        };
        for key in [&b"Title"[..], b"Author", b"Producer"] {
            let escaped = said(key).replace('&', "&amp;");
            assert!(packet.contains(&format!(">{escaped}<")), "{file}: {escaped}");
        }
        assert_eq!(day(&between("xmp:CreateDate")), day(&said(b"CreationDate")), "{file}");
        assert_eq!(day(&between("xmp:ModifyDate")), day(&said(b"ModDate")), "{file}");
    }
}

#[test]
fn one_profile_says_what_every_colour_means() {
    for (file, document) in each() {
        let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap();
        assert_eq!(intents.len(), 1, "{file}");
        let intent = intents[0].as_dict().unwrap();
        assert_eq!(name(intent, b"S"), "GTS_PDFA1");
        let profile = intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap();
        let profile = document.get_object(profile).unwrap().as_stream().unwrap();
        assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
        let bytes = profile.decompressed_content().unwrap();
        assert_eq!((&bytes[16..20], &bytes[36..40]), (&b"RGB "[..], &b"acsp"[..]), "{file}");
        for (dict, _) in dictionaries(&document) {
            assert!(["", "DeviceRGB", "DeviceGray"].contains(&name(dict, b"ColorSpace")), "{file}: {dict:?}");
        }
        for page in document.get_pages().into_values() {
            for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
                assert!(!["k", "K", "cs", "CS", "sh", "ri"].contains(&operation.operator.as_str()), "{file}");
            }
        }
    }
}

#[test]
fn nothing_in_the_file_acts_encrypts_or_lies_elsewhere() {
    const KEYS: [&[u8]; 15] = [
        b"OpenAction",
        b"AA",
        b"A2",
        b"JS",
        b"XFA",
        b"EmbeddedFiles",
        b"OCProperties",
        b"Alternates",
        b"OPI",
        b"PS",
        b"Encrypt",
        b"TR",
        b"TR2",
        b"HT",
        b"Requirements",
    ];
    for (file, document) in each() {
        assert!(document.trailer.has(b"ID") && !document.trailer.has(b"Encrypt"), "{file}");
        for (dict, is_stream) in dictionaries(&document) {
            for key in KEYS {
                assert!(!dict.has(key), "{file}: {}", String::from_utf8_lossy(key));
            }
            assert!(!["ObjStm", "XRef", "Action"].contains(&name(dict, b"Type")), "{file}: {dict:?}");
            assert!(!is_stream || ["", "FlateDecode"].contains(&name(dict, b"Filter")), "{file}: {dict:?}");
            assert!(!is_stream || !(dict.has(b"F") || dict.has(b"FFilter")), "{file}: {dict:?}");
            assert!(dict.get(b"Interpolate").is_err(), "{file}: a picture is smoothed");
        }
    }
}

#[test]
fn every_font_says_which_letters_its_shapes_are() {
    for (file, document) in each() {
        let mut fonts = 0;
        for (dict, _) in dictionaries(&document) {
            if name(dict, b"Subtype") == "Type0" {
                fonts += 1;
                assert!(dict.has(b"ToUnicode"), "{file}: {}", name(dict, b"BaseFont"));
                assert_eq!(name(dict, b"Encoding"), "Identity-H");
                let tag = name(dict, b"BaseFont").split_once('+').unwrap().0;
                assert!(tag.len() == 6 && tag.bytes().all(|letter| letter.is_ascii_uppercase()), "{file}: {tag}");
            }
            if name(dict, b"Type") == "FontDescriptor" {
                let held = [&b"FontFile2"[..], b"FontFile3"].iter().filter(|key| dict.has(key)).count();
                assert_eq!(held, 1, "{file}: {}", name(dict, b"FontName"));
            }
        }
        assert!(fonts > 0, "{file}");
    }
}

/// The numbers of a page's marked contents; fails where something is drawn outside them.
fn marked(file: &str, document: &Document, page: ObjectId) -> BTreeSet<i64> {
    const DRAWS: [&str; 14] = ["Tj", "TJ", "'", "\"", "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"];
    let mut numbers = BTreeSet::new();
    let mut open = Vec::new();
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        match operation.operator.as_str() {
            "BMC" => open.push(operation.operands[0].as_name().unwrap() == b"Artifact"),
            "BDC" => {
                let number = operation.operands[1].as_dict().unwrap().get(b"MCID").and_then(Object::as_i64);
                if let Ok(number) = number {
                    assert!(numbers.insert(number), "{file}: number {number} stands twice on one page");
                    assert!(!open.contains(&true), "{file}: something with a meaning stands inside an artifact");
                }
                open.push(false);
            }
            "EMC" => drop(open.pop().unwrap()),
            drawn if DRAWS.contains(&drawn) => {
                assert!(!open.is_empty(), "{file}: `{drawn}` is neither tagged nor an artifact")
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{file}");
    numbers
}

#[test]
fn everything_that_is_drawn_is_in_the_tree_or_an_artifact() {
    for (file, document) in each() {
        let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let parents = document.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
        let parents = document.get_dictionary(parents).unwrap().get(b"Nums").unwrap().as_array().unwrap();
        let parents: BTreeMap<i64, &Object> =
            parents.chunks_exact(2).map(|pair| (pair[0].as_i64().unwrap(), &pair[1])).collect();
        let mut tagged = 0;
        for page in document.get_pages().into_values() {
            let numbers = marked(file, &document, page);
            let key = document.get_dictionary(page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
            let owners = parents[&key].as_array().unwrap();
            assert_eq!(numbers.len(), owners.len(), "{file}: as many owners as marked contents");
            for number in numbers {
                let owner = owners[usize::try_from(number).unwrap()].as_reference().unwrap();
                let kids = document.get_dictionary(owner).unwrap().get(b"K").unwrap().as_array().unwrap();
                let is_back = |kid: &Object| {
                    kid.as_dict().is_ok_and(|kid| {
                        kid.get(b"MCID").and_then(Object::as_i64).is_ok_and(|found| found == number)
                            && kid.get(b"Pg").and_then(Object::as_reference).is_ok_and(|found| found == page)
                    })
                };
                assert!(kids.iter().any(is_back), "{file}: the tree does not lead back to content {number}");
                tagged += 1;
            }
        }
        assert!(tagged > 0, "{file}");
    }
}

/// The elements under one, in their order, each with its parent's name.
fn elements<'a>(document: &'a Document, id: ObjectId, above: &'a str, found: &mut Vec<(&'a Dictionary, &'a str)>) {
    let element = document.get_dictionary(id).unwrap();
    found.push((element, above));
    if let Ok(kids) = element.get(b"K").and_then(Object::as_array) {
        for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
            assert_eq!(document.get_dictionary(kid).unwrap().get(b"P").unwrap().as_reference().unwrap(), id);
            elements(document, kid, name(element, b"S"), found);
        }
    }
}

#[test]
fn every_element_has_a_standard_name_and_stands_where_it_may() {
    for (file, document) in each() {
        let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let first = document.get_dictionary(root).unwrap().get(b"K").unwrap().as_array().unwrap()[0].as_reference();
        let mut found = Vec::new();
        elements(&document, first.unwrap(), "", &mut found);
        assert_eq!(name(found[0].0, b"S"), "Document", "{file}");
        let mut level = 0;
        for (element, above) in found {
            let own = name(element, b"S");
            let may = match own {
                "Document" => above.is_empty(),
                "Table" | "H1" | "H2" | "H3" | "Form" => !["Table", "TR", "THead", "TBody"].contains(&above),
                "THead" | "TBody" => above == "Table",
                "TR" => ["Table", "THead", "TBody"].contains(&above),
                "TH" | "TD" => above == "TR",
                "P" | "Figure" => !["Table", "THead", "TBody", "TR"].contains(&above),
                other => panic!("{file}: {other} is no standard name that is used here"),
            };
            assert!(may, "{file}: {own} in {above}");
            let attributes = element.get(b"A").and_then(Object::as_dict);
            match own {
                "TH" => assert_eq!(name(attributes.unwrap(), b"Scope"), "Column", "{file}"),
                "Figure" => assert!(element.has(b"Alt") && attributes.unwrap().has(b"BBox"), "{file}: {element:?}"),
                "Form" => assert!(element.get(b"K").unwrap().as_dict().is_ok_and(|kid| kid.has(b"Obj")), "{file}"),
                "H1" | "H2" | "H3" => {
                    let here = i32::from(own.as_bytes()[1] - b'0');
                    assert!(here <= level + 1, "{file}: {own} after a heading of level {level}");
                    level = here;
                }
                _ => {}
            }
        }
        assert!(level > 0, "{file} has no heading");
    }
}

#[test]
fn a_reader_is_told_the_title_the_language_and_the_order() {
    for (file, document) in each() {
        let catalog = document.catalog().unwrap();
        let inner = |key: &[u8]| catalog.get(key).unwrap().as_dict().unwrap();
        assert!(inner(b"ViewerPreferences").get(b"DisplayDocTitle").unwrap().as_bool().unwrap(), "{file}");
        assert!(inner(b"MarkInfo").get(b"Marked").unwrap().as_bool().unwrap(), "{file}");
        assert!(!inner(b"MarkInfo").has(b"Suspects"), "{file}");
        assert_eq!(text(catalog.get(b"Lang").unwrap()), "en-GB");
        for (dict, _) in dictionaries(&document) {
            if name(dict, b"Subtype") == "Widget" {
                assert!(dict.has(b"TU") && dict.has(b"StructParent"), "{file}: a field has no name for a reader");
            }
        }
    }
}
