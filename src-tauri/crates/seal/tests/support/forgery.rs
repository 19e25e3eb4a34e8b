//! Ways to change a signed record.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{CertificateSet, SignedData, SignerInfos};
use der::asn1::{Any, SetOfVec};
use der::{Decode, Encode};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, dictionary};
use x509_cert::attr::Attribute;

use super::document::{School, THREE, build};

/// The record after the act.
pub(crate) fn made(act: &str, school: &School, whole: &[u8]) -> Vec<u8> {
    let mut file = whole.to_vec();
    match act {
        "page-content" => flip(&mut file, find(whole, b" re S") - 1),
        "picture" => flip(&mut file, find(whole, b"stream\n") + 9),
        "base-table" => flip(&mut file, find(whole, b"00000 n") - 2),
        "base-start" => flip(&mut file, find(whole, b"startxref\n") + 11),
        "revision-table" => flip(&mut file, find_last(whole, b"00000 n") - 2),
        "revision-trailer" => set(&mut file, find_last(whole, b"/Root ") + 6, b'1'),
        "padding" => set(&mut file, gap(whole).1 - 3, b'4'),
        "lower-case" => {
            let (start, end) = gap(whole);
            let at = (start..end).find(|&at| whole[at].is_ascii_uppercase()).unwrap();
            set(&mut file, at, whole[at].to_ascii_lowercase());
        }
        "unsigned-attribute" => return resigned(whole, unsigned_attribute),
        "extra-certificate" => return resigned(whole, |data| add_certificate(data, &School::open(false))),
        "other-authority" => return resigned(whole, |data| swap_authority(data, school)),
        "other-signer" => return transplanted(whole, &school.sign(&school.signed(2), 2).unwrap()),
        "byte-range" => flip(&mut file, find_last(whole, b"/ByteRange [0 ") + 14),
        "signed-name" => flip(&mut file, find_last(whole, b"(Amara") + 2),
        "appended-bytes" => file.extend_from_slice(b"\n% a note"),
        "appended-newline" => file.push(b'\n'),
        "prefixed-bytes" => drop(file.splice(0..0, *b"#!/bin/sh\n")),
        "shadow-replace" => return appended(whole, replace_content),
        "shadow-hide" => return hidden(whole),
        "shadow-between" => return appended(&school.signed(1), replace_content),
        "field-redefined" => return appended(&school.signed(2), move_field),
        "annotation" => return appended(whole, annotate),
        "script" => return appended(whole, run_script),
        "last-revision-dropped" => return school.signed(2),
        "all-revisions-dropped" => return school.signed(0),
        "annotation-in-base" => return build(&THREE, 0, |doc| annotate(doc, None)),
        "script-in-base" => return build(&THREE, 0, |doc| run_script(doc, None)),
        "hidden-objects-in-base" => return packed(),
        "other-producer" => return build(&THREE, 0, other_producer),
        "forged-school" => return School::open(false).signed(3),
        other => panic!("{other} is not an act that is known here"),
    }
    file
}

fn flip(file: &mut [u8], at: usize) {
    file[at] ^= 1;
}

fn set(file: &mut [u8], at: usize, byte: u8) {
    file[at] = byte;
}

fn find(file: &[u8], word: &[u8]) -> usize {
    file.windows(word.len()).position(|found| found == word).unwrap()
}

fn find_last(file: &[u8], word: &[u8]) -> usize {
    file.windows(word.len()).rposition(|found| found == word).unwrap()
}

/// From after the opening to before the closing angle bracket of the last signature.
fn gap(file: &[u8]) -> (usize, usize) {
    let start = find_last(file, b"/Contents <") + 11;
    (start, start + find(&file[start..], b">"))
}

/// Changes the last signature's own structure and writes it back in good DER.
fn resigned(file: &[u8], change: impl FnOnce(&mut SignedData)) -> Vec<u8> {
    let (start, end) = gap(file);
    let room = hex::decode(&file[start..end]).unwrap();
    let length = 4 + usize::from(u16::from_be_bytes([room[2], room[3]]));
    let mut info = ContentInfo::from_der(&room[..length]).unwrap();
    let mut data: SignedData = info.content.decode_as().unwrap();
    change(&mut data);
    info.content = Any::encode_from(&data).unwrap();
    let mut again = info.to_der().unwrap();
    again.resize(room.len(), 0);
    let mut out = file.to_vec();
    out[start..end].copy_from_slice(hex::encode_upper(again).as_bytes());
    out
}

fn unsigned_attribute(data: &mut SignedData) {
    let mut info = data.signer_infos.0.get(0).unwrap().clone();
    let attribute = Attribute {
        oid: const_oid::db::rfc5911::ID_CONTENT_TYPE,
        values: SetOfVec::try_from(vec![Any::null()]).unwrap(),
    };
    info.unsigned_attrs = Some(SetOfVec::try_from(vec![attribute]).unwrap());
    data.signer_infos = SignerInfos(SetOfVec::try_from(vec![info]).unwrap());
}

fn add_certificate(data: &mut SignedData, other: &School) {
    let mut all: Vec<CertificateChoices> = data.certificates.clone().unwrap().0.into_vec();
    let der = other.authority.certificate().der();
    all.push(CertificateChoices::Certificate(x509_cert::Certificate::from_der(der).unwrap()));
    data.certificates = Some(CertificateSet(SetOfVec::try_from(all).unwrap()));
}

fn swap_authority(data: &mut SignedData, school: &School) {
    let own = school.authority.certificate().der();
    let all: Vec<CertificateChoices> = data.certificates.clone().unwrap().0.into_vec();
    let kept: Vec<CertificateChoices> = all.into_iter().filter(|choice| choice.to_der().unwrap() != own).collect();
    data.certificates = Some(CertificateSet(SetOfVec::try_from(kept).unwrap()));
    add_certificate(data, &School::open(false));
}

/// Puts the last signature of one document into another that says the same. Their earlier signatures differ.
fn transplanted(file: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = file.to_vec();
    let ((start, end), (from, to)) = (gap(file), gap(other));
    out[start..end].copy_from_slice(&other[from..to]);
    out
}

type Change = fn(&mut Document, Option<&Document>);

/// Appends a revision in the way a PDF library does.
fn appended(file: &[u8], change: Change) -> Vec<u8> {
    let before = Document::load_mem(file).unwrap();
    let mut update = IncrementalDocument::create_from(file.to_vec(), before.clone());
    change(&mut update.new_document, Some(&before));
    let mut out = Vec::new();
    update.save_to(&mut out).unwrap();
    out
}

fn page(doc: &Document) -> (lopdf::ObjectId, Dictionary) {
    let id = *doc.get_pages().get(&1).unwrap();
    (id, doc.get_dictionary(id).unwrap().clone())
}

fn replace_content(doc: &mut Document, before: Option<&Document>) {
    let (_, page) = page(before.unwrap());
    let content = page.get(b"Contents").unwrap().as_reference().unwrap();
    doc.set_object(content, lopdf::Stream::new(dictionary! {}, b"62 640 10 10 re f".to_vec()));
}

fn move_field(doc: &mut Document, before: Option<&Document>) {
    let before = before.unwrap();
    let (_, page) = page(before);
    let field = page.get(b"Annots").unwrap().as_array().unwrap()[2].as_reference().unwrap();
    let mut dict = before.get_dictionary(field).unwrap().clone();
    dict.set("Rect", vec![62.into(), 400.into(), 500.into(), 700.into()]);
    doc.set_object(field, dict);
}

fn annotate(doc: &mut Document, before: Option<&Document>) {
    let (id, mut page) = page(before.unwrap_or(doc));
    let note = doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "FreeText", "Contents" => Object::string_literal("No concern was found."),
        "Rect" => vec![62.into(), 640.into(), 300.into(), 660.into()],
    });
    page.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(Object::Reference(note));
    doc.set_object(id, page);
}

fn run_script(doc: &mut Document, before: Option<&Document>) {
    let source = before.unwrap_or(doc);
    let id = source.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let mut catalog = source.get_dictionary(id).unwrap().clone();
    catalog.set("OpenAction", dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    doc.set_object(id, catalog);
}

fn other_producer(doc: &mut Document) {
    let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
    doc.get_dictionary_mut(info).unwrap().set("Producer", Object::string_literal("Evidence Trailer"));
}

/// A table that frees an object of the base.
fn hidden(file: &[u8]) -> Vec<u8> {
    let before = file.len();
    let xref = find_last(file, b"startxref\n") + 10;
    let last: String =
        file[xref..].iter().take_while(|byte| byte.is_ascii_digit()).map(|&byte| char::from(byte)).collect();
    let mut out = file.to_vec();
    let table = format!(
        "\nxref\n4 1\n0000000000 00001 f \ntrailer\n<</Size 40 /Root 1 0 R /Prev {last}>>\nstartxref\n{}\n%%EOF",
        before + 1
    );
    out.extend_from_slice(table.as_bytes());
    out
}

fn packed() -> Vec<u8> {
    let mut doc = Document::load_mem(&super::document::record()).unwrap();
    let mut out = Vec::new();
    doc.save_modern(&mut out).unwrap();
    out
}
