//! Changes to the signature itself: its dictionary, its gap, and what the gap holds.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::ContentInfo;
use cms::signed_data::{CertificateSet, SignedData, SignerIdentifier, SignerInfos};
use der::asn1::{Any, SetOfVec};
use der::{Decode, Encode};
use trail_seal::authority::{Certificate, Subject};
use x509_cert::attr::Attribute;

use super::{Ground, find, find_last, flip, insider, set};
use crate::document::noon;

/// The document after the act; nothing if the act is not one on the signature.
pub(super) fn made(act: &str, ground: &Ground) -> Option<Vec<u8>> {
    let whole = ground.whole.as_slice();
    let mut file = whole.to_vec();
    let (start, end) = gap(whole);
    match act {
        "padding" => set(&mut file, end - 3, b'4'),
        "padding-blank" => file[end - 4..end - 2].copy_from_slice(b"  "),
        "lower-case" => {
            let at = (start..end).find(|&at| whole[at].is_ascii_uppercase())?;
            set(&mut file, at, whole[at].to_ascii_lowercase());
        }
        "byte-range" => flip(&mut file, find_last(whole, b"/ByteRange [0 ") + 14),
        "gap-wider" => return Some(insider::with_wider_gap(&ground.signed(0), ground)),
        "contents-missing" => overwrite(&mut file, b"/Contents ", b'>', b""),
        "contents-null" => overwrite(&mut file, b"/Contents ", b'>', b"/Contents null"),
        "contents-empty" => overwrite(&mut file, b"/Contents ", b'>', b"/Contents <>"),
        "contents-zero" => overwrite(&mut file, b"/Contents ", b'>', b"/Contents <00>"),
        "range-missing" => overwrite(&mut file, b"/ByteRange ", b']', b""),
        "range-null" => overwrite(&mut file, b"/ByteRange ", b']', b"/ByteRange null"),
        "range-empty" => overwrite(&mut file, b"/ByteRange ", b']', b"/ByteRange []"),
        "range-negative" => overwrite(&mut file, b"/ByteRange ", b']', b"/ByteRange [0 -1 -1 9]"),
        "value-null" => overwrite(&mut file, b"/V ", b'R', b"/V null"),
        "unsigned-attribute" => return Some(resigned(whole, unsigned_attribute)),
        "extra-certificate" => return Some(resigned(whole, |data| add(data, ground.stranger.authority.certificate()))),
        "other-authority" => return Some(resigned(whole, |data| swap_authority(data, ground))),
        "same-key-other-name" => return Some(resigned(whole, |data| swap_signer(data, ground))),
        "other-signature" => {
            let other = ground.prepared(super::prepared::other_title);
            let (from, to) = gap(&other);
            file[start..end].copy_from_slice(&other[from..to]);
        }
        "signature-wrapping" => return Some(wrapped(ground)),
        _ => return None,
    }
    Some(file)
}

/// From after the opening to before the closing angle bracket of the last signature.
pub(super) fn gap(file: &[u8]) -> (usize, usize) {
    let start = find_last(file, b"/Contents <") + 11;
    (start, start + find(&file[start..], b">"))
}

/// The CMS of the last signature, without the zeros behind it.
pub(super) fn cms(file: &[u8]) -> ContentInfo {
    let (start, end) = gap(file);
    let room = hex::decode(&file[start..end]).unwrap();
    let length = 4 + usize::from(u16::from_be_bytes([room[2], room[3]]));
    ContentInfo::from_der(&room[..length]).unwrap()
}

/// Puts other words over the last entry of a dictionary, and blanks behind them, so that nothing else moves.
fn overwrite(file: &mut [u8], entry: &[u8], last: u8, words: &[u8]) {
    let start = find_last(file, entry);
    let end = start + find(&file[start..], &[last]) + 1;
    file[start..end].fill(b' ');
    file[start..start + words.len()].copy_from_slice(words);
}

/// Changes the last signature's own structure and writes it back in good DER.
fn resigned(file: &[u8], change: impl FnOnce(&mut SignedData)) -> Vec<u8> {
    let (start, end) = gap(file);
    let mut info = cms(file);
    let mut data: SignedData = info.content.decode_as().unwrap();
    change(&mut data);
    info.content = Any::encode_from(&data).unwrap();
    let mut again = info.to_der().unwrap();
    again.resize((end - start) / 2, 0);
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

fn add(data: &mut SignedData, certificate: &Certificate) {
    let mut all: Vec<CertificateChoices> = data.certificates.clone().unwrap().0.into_vec();
    all.push(choice(certificate));
    data.certificates = Some(CertificateSet(SetOfVec::try_from(all).unwrap()));
}

fn remove(data: &mut SignedData, certificate: &Certificate) {
    let all: Vec<CertificateChoices> = data.certificates.clone().unwrap().0.into_vec();
    let kept: Vec<_> = all.into_iter().filter(|choice| choice.to_der().unwrap() != certificate.der()).collect();
    data.certificates = Some(CertificateSet(SetOfVec::try_from(kept).unwrap()));
}

fn choice(certificate: &Certificate) -> CertificateChoices {
    CertificateChoices::Certificate(x509_cert::Certificate::from_der(certificate.der()).unwrap())
}

fn swap_authority(data: &mut SignedData, ground: &Ground) {
    remove(data, ground.school.authority.certificate());
    add(data, ground.stranger.authority.certificate());
}

/// The same key under another name: the school's authority certified it twice.
fn swap_signer(data: &mut SignedData, ground: &Ground) {
    let signer = &ground.school.people[ground.names.len() - 1];
    let subject = Subject { name: "Morgan Vale", position: "Governor", initials: "MV", school: "Hollybrook School" };
    let authority = &ground.school.authority;
    let other = authority.issue(&subject, &signer.key.public(), noon(1), ground.stranger.dice()).unwrap();
    remove(data, &signer.certificate);
    add(data, &other);
    let tbs = x509_cert::Certificate::from_der(other.der()).unwrap().tbs_certificate;
    let mut info = data.signer_infos.0.get(0).unwrap().clone();
    info.sid = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
        issuer: tbs.issuer,
        serial_number: tbs.serial_number,
    });
    data.signer_infos = SignerInfos(SetOfVec::try_from(vec![info]).unwrap());
}

/// The second signed part stands at the end, and its `startxref` now finds a table of the attacker's, which names a copy
/// of the signature with another `ByteRange`, and another page.
fn wrapped(ground: &Ground) -> Vec<u8> {
    let whole = ground.whole.as_slice();
    let (start, end) = gap(whole);
    let (open, close) = (start - 1, end + 1);
    let number = find_last(whole, b"startxref\n") + 10;
    let table = digits(&whole[number..]);
    let page = super::saved::content_of(whole);
    let object = find_last(&whole[..open], b" 0 obj\n<</Type /Sig");
    let line = find_last(&whole[..object], b"\n") + 1;
    let id = digits(&whole[line..]);
    let field_at = find_last(&whole[..open], b"%%EOF\n") + 6;
    let field = digits(&whole[field_at..]);
    let mut out = whole[..open].to_vec();
    out.extend_from_slice(b"<00>>>\nendobj\n");
    let content_at = out.len();
    out.extend_from_slice(
        format!("{page} 0 obj\n<</Length 18>>\nstream\n62 640 10 10 re f \nendstream\nendobj\n").as_bytes(),
    );
    let signature_at = out.len();
    let size = digits(&whole[find_last(whole, b"/Size ") + 6..]);
    // The blank room between is as long as it must be for the table to stand where the old one stood.
    let tail = |moved: usize| {
        let copy = format!(
            "{id} 0 obj\n<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 {open} {moved} {}] /Contents ",
            whole.len() - close
        );
        [copy.as_bytes(), &whole[open..close], b">>\nendobj\n"].concat()
    };
    let prev = find_last(whole, b"/Prev ") + 6;
    let last = digits(&whole[prev..]);
    let list = format!(
        "xref\n{page} 1\n{content_at:010} 00000 n \n{field} 1\n{field_at:010} 00000 n \n{id} 1\n{signature_at:010} 00000 n \ntrailer\n<</Size {size} /Root {} 0 R /Prev {last}>>\n",
        super::saved::root_of(whole)
    );
    let moved = table + list.len();
    out.extend_from_slice(&tail(moved));
    assert!(out.len() <= table, "there is no room for the copy before the table");
    out.resize(table, b' ');
    out.extend_from_slice(list.as_bytes());
    out.extend_from_slice(&whole[close..]);
    out
}

fn digits(text: &[u8]) -> usize {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    std::str::from_utf8(&text[..end]).unwrap().parse().unwrap()
}
