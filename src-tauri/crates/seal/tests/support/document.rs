//! A small document with places for signatures, put together by hand, and the people who sign it.

use chrono::{DateTime, TimeZone, Utc};
use lopdf::xref::XrefType;
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary};
use ring::rand::{SecureRandom, SystemRandom};
use trail_seal::authority::{Authority, Certificate, FormKey, Subject};
use trail_seal::form::Fonts;
use trail_seal::sign::{SignError, Signer, sign};
use trail_seal::verify::Expectation;

/// The name of the place in a document that one person signs.
pub(crate) const ONE: [&str; 1] = ["volume"];

/// The names of the places in a document that three people sign.
pub(crate) const THREE: [&str; 3] = ["first", "second", "head"];

/// A school: its authority and three people with keys.
pub(crate) struct School {
    pub(crate) authority: Authority,
    pub(crate) people: Vec<Person>,
    pub(crate) fonts: Fonts,
    pub(crate) rng: SystemRandom,
    dice: Dice,
}

/// Where a school's keys and serial numbers come from.
enum Dice {
    /// Chance.
    Drawn(SystemRandom),
    /// The same byte each time, so that the same file comes out again: for the vectors, and for nothing that is kept.
    #[allow(deprecated, reason = "no other source of ring repeats itself; its version is held by the lock file")]
    Fixed(ring::test::rand::FixedByteRandom),
}

impl Dice {
    #[allow(deprecated, reason = "as above")]
    fn fixed(byte: u8) -> Self {
        Self::Fixed(ring::test::rand::FixedByteRandom { byte })
    }

    fn source(&self) -> &dyn SecureRandom {
        match self {
            Self::Drawn(chance) => chance,
            Self::Fixed(fixed) => fixed,
        }
    }
}

/// Somebody who signs.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) position: &'static str,
    pub(crate) key: FormKey,
    pub(crate) certificate: Certificate,
}

pub(crate) fn noon(minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 12, minute, 7).unwrap()
}

impl School {
    pub(crate) fn open(practice: bool) -> Self {
        Self::open_at(practice, noon(0))
    }

    /// The same, with certificates from this moment on.
    pub(crate) fn open_at(practice: bool, at: DateTime<Utc>) -> Self {
        Self::with(practice, at, |_| Dice::Drawn(SystemRandom::new()))
    }

    /// A school whose keys are the same each time: the authority's from this byte, its people's from those after it.
    pub(crate) fn fixed(practice: bool, first: u8) -> Self {
        Self::with(practice, noon(0), |place| Dice::fixed(first + place))
    }

    fn with(practice: bool, at: DateTime<Utc>, dice: impl Fn(u8) -> Dice) -> Self {
        let school = "Hollybrook School";
        let own = dice(0);
        let authority = Authority::create(school, practice, at, own.source()).unwrap();
        let people = [
            (1, "Jo Stirling", "Designated safeguarding lead", "JS"),
            (2, "Priya Anand", "Network manager", "PA"),
            (3, "Amara Okonkwo-Pryce", "Headteacher", "AOP"),
        ]
        .map(|(place, name, position, initials)| {
            let theirs = dice(place);
            let key = FormKey::generate(theirs.source()).unwrap();
            let subject = Subject { name, position, initials, school };
            let certificate = authority.issue(&subject, &key.public(), at, theirs.source()).unwrap();
            Person { name, position, key, certificate }
        });
        let fonts = Fonts::bundled().unwrap();
        Self { authority, people: people.into(), fonts, rng: SystemRandom::new(), dice: own }
    }

    /// What a reader knows who has its headteacher's card.
    pub(crate) fn card(&self) -> Expectation {
        let fingerprint = self.authority.certificate().fingerprint();
        Expectation { authority_fingerprint: Some(fingerprint), ..Expectation::default() }
    }

    /// Where its signatures draw from.
    pub(crate) fn dice(&self) -> &dyn SecureRandom {
        self.dice.source()
    }

    pub(crate) fn signer(&self, place: usize) -> Signer<'_> {
        let person = &self.people[place];
        Signer {
            key: &person.key,
            certificate: &person.certificate,
            authority: self.authority.certificate(),
            name: person.name,
            position: person.position,
            reason: ["Reviewed: first person", "Reviewed: second person", "Signed off"][place],
            location: "Hollybrook School",
            at: noon(10 + u32::try_from(place).unwrap()),
            time_note: "by this computer’s clock (annex B)",
        }
    }

    pub(crate) fn sign(&self, pdf: &[u8], place: usize) -> Result<Vec<u8>, SignError> {
        sign(pdf, THREE[place], &self.signer(place), &self.fonts, self.dice())
    }

    /// The record with its first `count` signatures.
    pub(crate) fn signed(&self, count: usize) -> Vec<u8> {
        (0..count).fold(record(), |pdf, place| self.sign(&pdf, place).unwrap())
    }
}

/// A record with three places for signatures.
pub(crate) fn record() -> Vec<u8> {
    build(&THREE, 0, |_| {})
}

/// A document with other places, or changed before it is written, or with a picture of so many bytes.
pub(crate) fn build(names: &[&str], weight: usize, change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut doc = Document::with_version("1.7");
    doc.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    let pages = doc.new_object_id();
    let page = doc.new_object_id();
    let picture = picture(&mut doc, weight);
    let content = b"q 40 0 0 40 100 700 cm /Im1 Do Q 0.8 w 62 640 400 0 re S".to_vec();
    let content = doc.add_object(Stream::new(dictionary! {}, content));
    let fields: Vec<ObjectId> = (0..).zip(names).map(|(place, name)| field(&mut doc, page, place, name)).collect();
    let listed: Vec<Object> = fields.iter().copied().map(Object::Reference).collect();
    doc.set_object(
        page,
        dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "Im1" => picture } },
            "Annots" => listed.clone(),
        },
    );
    doc.set_object(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)] });
    let form = doc.add_object(dictionary! { "Fields" => listed, "SigFlags" => 3 });
    let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "AcroForm" => form });
    let info = doc.add_object(dictionary! {
        "Producer" => Object::string_literal("Evidence Trail 0.1.0"),
        "Title" => Object::string_literal("Record of review"),
    });
    let id = Object::String(vec![0xE7; 16], StringFormat::Hexadecimal);
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    doc.trailer.set("ID", vec![id.clone(), id]);
    change(&mut doc);
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    out
}

fn picture(doc: &mut Document, weight: usize) -> ObjectId {
    let side = 4 + weight.isqrt();
    let pixels: Vec<u8> = (0..side * side).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            "Width" => i64::try_from(side).unwrap(), "Height" => i64::try_from(side).unwrap(),
        },
        pixels,
    ))
}

fn field(doc: &mut Document, page: ObjectId, place: i64, name: &str) -> ObjectId {
    let top = 620 - place * 100;
    doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "F" => 132, "P" => page,
        "T" => Object::string_literal(name),
        "TU" => Object::string_literal(format!("Electronic signature: {name}")),
        "Rect" => vec![62.into(), (top - 85).into(), 244.into(), top.into()],
    })
}
