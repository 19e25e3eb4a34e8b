//! What is seen of a document when every byte is held to how our own code writes it.

use chrono::{DateTime, Utc};

use super::base::{self, Field};
use super::layout::{Layout, Section};
use super::reader::Fault;
use super::revision::{self, Before, STAMPED_ROOM, Words};
use crate::authority::verify_message;
use crate::sha256;
use crate::sign::cms::{self, Parts};
use crate::stamp::{self, StampFault, Stamped};

/// A document taken apart and looked at.
pub(crate) struct Inspection<'a> {
    layout: Layout<'a>,
    fields: Vec<Field<'a>>,
    signatures: Vec<Seen>,
    pub(crate) is_ours: bool,
    pub(crate) has_our_fields: bool,
    pub(crate) is_plain: bool,
}

/// One revision and the signature in it. What could not be looked at, because something before it
/// did not hold, is nothing rather than false.
#[derive(Default)]
pub(crate) struct Seen {
    /// The field it should fill; nothing if there are more revisions than fields.
    pub(crate) field: Option<String>,
    pub(crate) words: Option<Words>,
    pub(crate) parts: Option<Parts>,
    /// The revision adds one signature to its field and nothing else.
    pub(crate) is_one_signature: bool,
    /// The signature stands in its place in its one form, and only zeros follow.
    pub(crate) is_canonical: Option<bool>,
    /// The file up to the revision's end is the one that was signed.
    pub(crate) digest_fits: Option<bool>,
    /// The signature value was made with the key in the certificate.
    pub(crate) is_signed: Option<bool>,
    /// The authority in the file issued the certificate.
    pub(crate) is_vouched_for: Option<bool>,
    /// Both certificates were valid at the stated time.
    pub(crate) is_in_time: Option<bool>,
    /// The name beside the signature is the one in the certificate.
    pub(crate) name_fits: Option<bool>,
    /// What its time-stamp says, or why that does not hold; nothing if it has none.
    pub(crate) stamp: Option<Result<Stamped, StampFault>>,
}

impl Seen {
    pub(crate) fn holds(&self) -> bool {
        self.is_one_signature
            && [
                self.is_canonical,
                self.digest_fits,
                self.is_signed,
                self.is_vouched_for,
                self.is_in_time,
                self.name_fits,
            ]
            .iter()
            .all(|fact| *fact == Some(true))
            && !matches!(self.stamp, Some(Err(_)))
    }

    /// The time that the signature states.
    pub(crate) fn at(&self) -> Option<DateTime<Utc>> {
        self.words.as_ref().map(|words| words.at)
    }
}

impl<'a> Inspection<'a> {
    pub(crate) fn fields(&self) -> &[Field<'a>] {
        &self.fields
    }

    pub(crate) fn signatures(&self) -> &[Seen] {
        &self.signatures
    }

    pub(crate) fn parts(&self) -> impl Iterator<Item = &Parts> {
        self.signatures.iter().filter_map(|seen| seen.parts.as_ref())
    }

    /// The field that the next signature fills.
    pub(crate) fn next_field(&self) -> Option<&Field<'a>> {
        self.fields.get(self.signatures.len())
    }

    /// What the next revision is appended to.
    pub(crate) fn before(&self) -> Option<Before<'_, 'a>> {
        Before::section(self.layout.revisions.last().unwrap_or(&self.layout.base))
    }

    pub(crate) fn base_holds(&self) -> bool {
        self.is_ours && self.has_our_fields && self.is_plain
    }

    pub(crate) fn signatures_hold(&self) -> bool {
        self.signatures.iter().all(Seen::holds) && self.has_one_authority() && self.has_different_people()
    }

    pub(crate) fn has_one_authority(&self) -> bool {
        let mut parts = self.parts();
        let first = parts.next();
        parts.all(|other| first.is_some_and(|first| first.authority == other.authority))
    }

    pub(crate) fn has_different_people(&self) -> bool {
        let keys: Vec<_> = self.parts().map(|parts| parts.signer.public_key()).collect();
        (1..keys.len()).all(|place| !keys[..place].contains(&keys[place]))
    }
}

/// Takes a document apart.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Inspection<'_>, Fault> {
    let layout = Layout::read(bytes)?;
    let fields = base::fields(&layout.base);
    let has_our_fields = fields.is_some();
    let fields = fields.unwrap_or_default();
    let signatures = (0..layout.revisions.len())
        .map(|place| look(bytes, &layout, &fields, place).unwrap_or_else(|seen| *seen))
        .collect();
    Ok(Inspection {
        signatures,
        is_ours: base::is_ours(&layout.base),
        has_our_fields,
        is_plain: base::is_plain(&layout.base, &fields),
        fields,
        layout,
    })
}

/// Looks at one revision; what was seen until something did not hold comes as an error.
fn look(bytes: &[u8], layout: &Layout<'_>, fields: &[Field<'_>], place: usize) -> Result<Seen, Box<Seen>> {
    let mut seen = Seen { field: fields.get(place).map(|field| field.name.clone()), ..Seen::default() };
    let section = &layout.revisions[place];
    let before = match place.checked_sub(1) {
        Some(last) => &layout.revisions[last],
        None => &layout.base,
    };
    let Some((words, gap)) = fields.get(place).and_then(|field| rebuilt(bytes, section, before, field)) else {
        return Err(Box::new(seen));
    };
    seen.is_one_signature = true;
    let Some((parts, canonical)) = signature(bytes, &gap) else {
        seen.is_canonical = Some(false);
        seen.words = Some(words);
        return Err(Box::new(seen));
    };
    let digest = revision::digest(&bytes[..section.start], &bytes[section.start..section.end], &gap);
    seen.is_canonical = Some(canonical);
    seen.digest_fits = Some(parts.digest == digest);
    seen.is_signed = Some(is_signed(&parts));
    seen.is_vouched_for =
        Some(parts.signer.is_signer() && parts.authority.is_authority() && parts.signer.is_issued_by(&parts.authority));
    seen.is_in_time = Some(parts.signer.is_valid_at(words.at) && parts.authority.is_valid_at(words.at));
    seen.name_fits = Some(parts.signer.common_name() == words.name);
    seen.stamp = parts.stamp.as_ref().map(|token| stamp::held(token, &sha256(&parts.signature), words.at));
    seen.words = Some(words);
    seen.parts = Some(parts);
    Ok(seen)
}

/// Writes the revision again from what was read; gives its words and its gap if not one byte differs.
fn rebuilt(
    bytes: &[u8],
    section: &Section<'_>,
    before: &Section<'_>,
    field: &Field<'_>,
) -> Option<(Words, std::ops::Range<usize>)> {
    let before = Before::section(before)?;
    let found = revision::take_apart(section, &before)?;
    let composed = revision::compose(&before, field.id, &field.dict, &found.words, &found.appearance, found.room);
    let there = bytes.get(section.start..section.end)?;
    let from = composed.gap.start.checked_sub(section.start)?;
    let to = composed.gap.end.checked_sub(section.start)?;
    let fits = there.len() == composed.bytes.len()
        && there.get(..from)? == composed.bytes.get(..from)?
        && there.get(to..)? == composed.bytes.get(to..)?;
    fits.then_some((found.words, composed.gap))
}

/// Takes the signature out of its gap, and says whether it and the zeros after it are exactly so.
fn signature(bytes: &[u8], gap: &std::ops::Range<usize>) -> Option<(Parts, bool)> {
    let [b'<', figures @ .., b'>'] = bytes.get(gap.clone())? else {
        return None;
    };
    let head = hex::decode(figures.get(..8)?).ok()?;
    let (figures, padding) = figures.split_at_checked(der_length(&head)? * 2)?;
    let cms = hex::decode(figures).ok()?;
    let parts = cms::decode(&cms)?;
    let signed = cms::Signed { digest: &parts.digest, signature: &parts.signature, stamp: parts.stamp.as_deref() };
    let again = cms::encode(&signed, &parts.signer, &parts.authority).ok()?;
    // The larger room goes with a time-stamp, and only with one.
    let has_room = gap.len() == cms::room(&signed) * 2 + 2;
    let is_canonical = has_room && hex::encode_upper(&again).as_bytes() == figures && ZEROS.starts_with(padding);
    Some((parts, is_canonical))
}

/// What follows a signature in its room.
static ZEROS: [u8; STAMPED_ROOM * 2] = [b'0'; STAMPED_ROOM * 2];

/// The length of a DER value with its header, for values of the size that a signature has.
fn der_length(head: &[u8]) -> Option<usize> {
    match head {
        [0x30, 0x82, high, low] => Some(4 + usize::from(u16::from_be_bytes([*high, *low]))),
        _ => None,
    }
}

fn is_signed(parts: &Parts) -> bool {
    let (Some(key), Ok(message)) = (parts.signer.public_key(), cms::signed_bytes(&parts.digest, &parts.signer)) else {
        return false;
    };
    verify_message(&key, &message, &parts.signature)
}
