//! Signatures that hold, made with a real key and another program: what an insider, or a stranger with a school of their
//! own, can put into a file that our code would not sign.

use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerInfos};
use const_oid::db::rfc5911::ID_MESSAGE_DIGEST;
use der::Encode;
use der::asn1::{Any, OctetString, SetOfVec};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, Stream, StringFormat, dictionary};
use ring::digest::{Context, SHA256};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use trail_seal::sign::sign_one;
use x509_cert::attr::Attribute;

use super::{Ground, find, prepared, saved, signature};
use crate::document::{ONE, School, build};

const ROOM: usize = 8192;
const UNKNOWN: &str = "9999999999";

/// What a signature is put into.
#[derive(Default)]
struct Plan {
    /// The level of DocMDP (ISO 32000-1, table 254), for a certified document.
    certifies: Option<i64>,
    /// A field of its own that covers the page, and not the one that was there.
    sneaks: bool,
    /// How many bytes behind the signature are left out of what is signed.
    widens: usize,
}

pub(super) fn signed(file: &[u8], ground: &Ground) -> Vec<u8> {
    added(file, &ground.school, &Plan::default())
}

/// A document that its author certified, so that only some changes are allowed after it.
pub(super) fn certified(file: &[u8], ground: &Ground, level: i64) -> Vec<u8> {
    added(file, &ground.school, &Plan { certifies: Some(level), ..Plan::default() })
}

/// A second signature, a stranger's, whose look covers the page.
pub(super) fn sneaked(file: &[u8], ground: &Ground) -> Vec<u8> {
    added(file, &ground.stranger, &Plan { sneaks: true, ..Plan::default() })
}

/// A signature that leaves out more than itself; what it left out was changed afterwards.
pub(super) fn with_wider_gap(file: &[u8], ground: &Ground) -> Vec<u8> {
    let mut out = added(file, &ground.school, &Plan { widens: 30, ..Plan::default() });
    let at = super::find_last(&out, b"D:2026") + 2;
    out[at..at + 4].copy_from_slice(b"2025");
    out
}

fn added(file: &[u8], school: &School, plan: &Plan) -> Vec<u8> {
    let before = Document::load_mem(file).unwrap();
    let mut update = IncrementalDocument::create_from(file.to_vec(), before.clone());
    let doc = &mut update.new_document;
    let value = doc.add_object(value(plan));
    if plan.sneaks {
        let (id, mut page) = saved::page(&before);
        let field = doc.add_object(field_of_its_own(id));
        let look = doc.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 400.into(), 200.into()],
            },
            b"1 g 0 0 400 200 re f".to_vec(),
        ));
        let dict = doc.get_dictionary_mut(field).unwrap();
        dict.set("AP", dictionary! { "N" => Object::Reference(look) });
        dict.set("V", value);
        page.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(Object::Reference(field));
        doc.set_object(id, page);
        let form = before.catalog().unwrap().get(b"AcroForm").unwrap().as_reference().unwrap();
        let mut dict = before.get_dictionary(form).unwrap().clone();
        dict.get_mut(b"Fields").and_then(Object::as_array_mut).unwrap().push(Object::Reference(field));
        doc.set_object(form, dict);
    } else {
        let field = prepared::first_field(&before);
        let mut dict = before.get_dictionary(field).unwrap().clone();
        dict.set("V", value);
        doc.set_object(field, dict);
    }
    if plan.certifies.is_some() {
        let root = before.trailer.get(b"Root").unwrap().as_reference().unwrap();
        let mut catalog = before.get_dictionary(root).unwrap().clone();
        catalog.set("Perms", dictionary! { "DocMDP" => Object::Reference(value) });
        doc.set_object(root, catalog);
    }
    let mut out = Vec::new();
    update.save_to(&mut out).unwrap();
    filled(out, file.len(), school, plan.widens)
}

fn value(plan: &Plan) -> Dictionary {
    let unknown: Object = UNKNOWN.parse::<i64>().unwrap().into();
    let mut value = dictionary! {
        "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), unknown.clone(), unknown.clone(), unknown],
        "Contents" => Object::String(vec![0; ROOM], StringFormat::Hexadecimal),
        "M" => Object::string_literal("D:20261119121007+00'00'"),
    };
    if let Some(level) = plan.certifies {
        let may = dictionary! { "Type" => "TransformParams", "P" => level, "V" => "1.2" };
        let reference = dictionary! { "Type" => "SigRef", "TransformMethod" => "DocMDP", "TransformParams" => may };
        value.set("Reference", vec![Object::Dictionary(reference)]);
    }
    value
}

fn field_of_its_own(page: lopdf::ObjectId) -> Dictionary {
    dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "F" => 132, "P" => page,
        "T" => Object::string_literal("approval"),
        "Rect" => vec![62.into(), 600.into(), 462.into(), 800.into()],
    }
}

/// Writes what is signed and the signature into their places.
fn filled(mut out: Vec<u8>, from: usize, school: &School, widens: usize) -> Vec<u8> {
    let open = from + find(&out[from..], b"<00000000");
    let close = open + ROOM * 2 + 2 + widens;
    let numbers = [open, close, out.len() - close];
    let mut at = from;
    for number in numbers {
        at += find(&out[at..], UNKNOWN.as_bytes());
        let text = format!("{number:<10}");
        out[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    let mut context = Context::new(&SHA256);
    context.update(&out[..open]);
    context.update(&out[close..]);
    let cms = over(context.finish().as_ref(), school);
    let figures = hex::encode_upper(cms);
    out[open + 1..open + 1 + figures.len()].copy_from_slice(figures.as_bytes());
    out
}

/// A CMS over another digest: taken from a good signature of the same person, and signed anew.
fn over(digest: &[u8], school: &School) -> Vec<u8> {
    let good = sign_one(&build(&ONE, 0, |_| {}), &school.signer(0), &school.fonts, school.dice()).unwrap();
    let ContentInfo { content_type, content } = signature::cms(&good);
    let mut data: SignedData = content.decode_as().unwrap();
    let mut info = data.signer_infos.0.get(0).unwrap().clone();
    let said = Any::encode_from(&OctetString::new(digest).unwrap()).unwrap();
    let attributes: Vec<Attribute> = info
        .signed_attrs
        .unwrap()
        .into_vec()
        .into_iter()
        .map(|kept| match kept.oid == ID_MESSAGE_DIGEST {
            true => Attribute { oid: kept.oid, values: SetOfVec::try_from(vec![said.clone()]).unwrap() },
            false => kept,
        })
        .collect();
    let attributes = SetOfVec::try_from(attributes).unwrap();
    let pkcs8 = school.people[0].key.pkcs8();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, school.dice()).unwrap();
    let value = pair.sign(school.dice(), &attributes.to_der().unwrap()).unwrap();
    info.signed_attrs = Some(attributes);
    info.signature = OctetString::new(value.as_ref()).unwrap();
    data.signer_infos = SignerInfos(SetOfVec::try_from(vec![info]).unwrap());
    ContentInfo { content_type, content: Any::encode_from(&data).unwrap() }.to_der().unwrap()
}
