//! A package made of invented people's documents, put together without a store.

use chrono::{DateTime, Utc};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use trail_seal::package::{
    Bag, Body, Content, EXCERPT, Entry, Excerpt, Head, InMemory, Line, Payload, SealedBy, StatedDocument, Statement,
};

use crate::document::{School, noon};

pub(crate) const STORE: &str = "6f1c2a3b4d5e6f708192a3b4c5d6e7f8";
pub(crate) const CASE: &str = "00112233445566778899aabbccddeeff";
pub(crate) const SESSION: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
const FORM: &str = "data/documents/HB-2026-0014-record-edition-1.pdf";
const VIEW: &str = "data/exhibits/JS-1/view-1.png";

/// A ledger that is written entry by entry.
pub(crate) struct Ledger {
    pub(crate) lines: Vec<Line>,
    head: (u64, [u8; 32]),
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    ring::digest::digest(&ring::digest::SHA256, bytes).as_ref().try_into().unwrap()
}

pub(crate) fn pen(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

pub(crate) fn figures(pen: &Ed25519KeyPair) -> String {
    hex::encode(pen.public_key().as_ref())
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self { lines: Vec::new(), head: (0, sha256(b"genesis")) }
    }

    /// Writes an entry; one of another case or without words gives its hash only.
    pub(crate) fn write(&mut self, pen: &Ed25519KeyPair, case: Option<&str>, session: Option<&str>, body: &Value) {
        let json = String::from_utf8(serde_json_canonicalizer::to_vec(body).unwrap()).unwrap();
        let (seq, salt) = (self.head.0 + 1, sha256(&self.head.1));
        let mut front = json!({
            "v": 1, "seq": seq.to_string(), "case": case, "at": (1_795_000_000_000_000 + seq).to_string(),
            "kind": body["kind"], "body_hash": hex::encode(sha256(&[&salt[..], json.as_bytes()].concat())),
            "prev": hex::encode(self.head.1), "session": session, "key": figures(pen),
        });
        let canonical = serde_json_canonicalizer::to_vec(&front).unwrap();
        let hash = sha256(&[b"evidence-trail/entry/v1\0".as_slice(), &canonical].concat());
        let signature = pen.sign(&[b"evidence-trail/signature/v1\0".as_slice(), &hash].concat());
        let map = front.as_object_mut().unwrap();
        map.remove("v");
        map.insert("hash".to_owned(), hex::encode(hash).into());
        map.insert("signature".to_owned(), hex::encode(signature.as_ref()).into());
        map.insert("body".to_owned(), json!(Body { salt: hex::encode(salt), json }));
        let entry: Entry = serde_json::from_value(front).unwrap();
        self.head = (seq, hash);
        let is_given = case == Some(CASE) || entry.kind.starts_with("store/keys");
        self.lines.push(if is_given { Line::Entry(Box::new(entry)) } else { Line::Hash { seq, hash } });
    }

    /// The excerpt of the case.
    pub(crate) fn excerpt(&self) -> Excerpt {
        let is_first = |line: &&Line| matches!(line, Line::Entry(entry) if entry.case.as_deref() == Some(CASE));
        let Some(Line::Entry(entry)) = self.lines.iter().find(is_first) else { panic!("no entry of the case") };
        let first: u64 = entry.seq.parse().unwrap();
        let is_needed = |line: &&Line| match line {
            Line::Entry(_) => true,
            Line::Hash { seq, .. } => *seq >= first,
        };
        let lines = self.lines.iter().filter(is_needed).cloned().collect();
        Excerpt { store: STORE.to_owned(), case: CASE.to_owned(), first, head: self.head, lines }
    }
}

/// The notes that name two people's keys.
pub(crate) fn keys(ledger: &mut Ledger) {
    ledger.write(&pen(1), None, None, &json!({"kind": "store-made"}));
    for (person, seed) in [("p1", 1), ("p2", 2)] {
        let note =
            json!({"kind": "store/keys-enrolled", "person": person, "ledger": figures(&pen(seed)), "seal": "00"});
        ledger.write(&pen(1), None, None, &note);
    }
}

/// A session's certificate, and both people's signatures over it.
pub(crate) fn session() -> Value {
    let certificate = json!({
        "v": 1, "store": STORE, "case": CASE, "session": SESSION, "key": figures(&pen(3)),
        "first": "p1", "second": "p2", "at": "1795000000000000",
    });
    let canonical = serde_json_canonicalizer::to_vec(&certificate).unwrap();
    let message = [b"evidence-trail/session/v1\0".as_slice(), &sha256(&canonical)].concat();
    let [first, second] = [1, 2].map(|seed| hex::encode(pen(seed).sign(&message).as_ref()));
    json!({
        "kind": "store/session-certified", "certificate": certificate,
        "first_signature": first, "second_signature": second,
    })
}

/// What goes into a package: so many signatures of three, and a file of so many bytes that stands for a picture.
pub(crate) struct Parcel {
    pub(crate) form: Vec<u8>,
    pub(crate) picture: Vec<u8>,
    pub(crate) excerpt: Excerpt,
    pub(crate) statement: Statement,
}

pub(crate) fn parcel(school: &School, signatures: usize, picture: usize) -> Parcel {
    parcel_of(school.signed(signatures), noon(30), signatures, picture)
}

/// The same of a form with so many signatures, made at a time.
pub(crate) fn parcel_of(form: Vec<u8>, made: DateTime<Utc>, signatures: usize, picture: usize) -> Parcel {
    let picture: Vec<u8> = (0..picture).map(|place| (place.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let mut ledger = Ledger::new();
    keys(&mut ledger);
    ledger.write(&pen(2), Some("another"), None, &json!({"kind": "case-opened", "title": "another case"}));
    ledger.write(
        &pen(1),
        Some(CASE),
        None,
        &json!({"kind": "case-opened", "title": "placeholder for content of concern"}),
    );
    ledger.write(&pen(1), Some(CASE), None, &session());
    let kept = json!({"kind": "exhibit-kept", "files": [{"sha256": hex::encode(sha256(&picture))}]});
    ledger.write(&pen(3), Some(CASE), Some(SESSION), &kept);
    ledger.write(&pen(2), Some("another"), None, &json!({"kind": "note-added", "words": "another case"}));
    let signed = json!({"kind": "document-signed", "sha256": hex::encode(sha256(&form))});
    ledger.write(&pen(1), Some(CASE), None, &signed);
    ledger.write(&pen(2), None, None, &json!({"kind": "signed-out"}));
    let excerpt = ledger.excerpt();
    let mut statement = Statement::about("police", 1, made, Head::new(excerpt.head.0, &excerpt.head.1));
    let missing = ["first reviewing person", "second reviewing person", "headteacher"][signatures..].iter();
    statement.documents = vec![StatedDocument {
        path: FORM.to_owned(),
        what: "Record of review, edition 1".to_owned(),
        missing: missing.map(|who| (*who).to_owned()).collect(),
    }];
    for (field, words) in [
        (&mut statement.school, "Hollybrook School"),
        (&mut statement.reference, "HB-2026-0014"),
        (&mut statement.store, STORE),
        (&mut statement.case, CASE),
        (&mut statement.to, "DC Rowan Ellery"),
        (&mut statement.organisation, "Example Constabulary"),
        (&mut statement.their_reference, "EX/4711/26"),
        (&mut statement.medium, "USB stick, blue"),
        (&mut statement.medium_serial, "0930-AA41"),
    ] {
        words.clone_into(field);
    }
    Parcel { form, picture, excerpt, statement }
}

impl Parcel {
    /// The package, signed by one of the school's people.
    pub(crate) fn sealed(&self, school: &School, by: usize) -> InMemory {
        let mut payload = Payload::default();
        for (name, bytes) in [
            (FORM, self.form.clone()),
            (VIEW, self.picture.clone()),
            ("data/metadata/JS-1.json", b"{\"mark\":\"JS/1\"}\n".to_vec()),
            (EXCERPT, self.excerpt.bytes().unwrap()),
            ("data/certificates/authority.cer", school.authority.certificate().der().to_vec()),
        ] {
            payload.add(name, Content::Here(bytes)).unwrap();
        }
        let person = &school.people[by];
        let by =
            SealedBy { key: &person.key, certificate: &person.certificate, authority: school.authority.certificate() };
        written(&Bag::sealed(self.statement.clone(), payload, &by, school.dice()).unwrap())
    }
}

/// A redacted package: a copy that was made for it, and of the ledger the hashes alone; or the same said to be another.
pub(crate) fn redacted(school: &School, variant: &str) -> InMemory {
    let Parcel { mut excerpt, mut statement, .. } = parcel(school, 0, 60);
    let first = excerpt.first;
    excerpt.lines = excerpt.lines.iter().filter_map(|line| hash_of(line, first)).collect();
    variant.clone_into(&mut statement.variant);
    statement.documents.clear();
    let mut payload = Payload::default();
    for (name, bytes) in [
        ("data/redacted/record-of-review.pdf", b"placeholder for a copy in which people are P1 and P2".to_vec()),
        (EXCERPT, excerpt.bytes().unwrap()),
        ("data/certificates/authority.cer", school.authority.certificate().der().to_vec()),
    ] {
        payload.add(name, Content::Here(bytes)).unwrap();
    }
    let person = &school.people[0];
    let by = SealedBy { key: &person.key, certificate: &person.certificate, authority: school.authority.certificate() };
    written(&Bag::sealed(statement, payload, &by, school.dice()).unwrap())
}

/// A line of the case and after it, by its hash alone.
pub(crate) fn hash_of(line: &Line, first: u64) -> Option<Line> {
    let (seq, hash) = match line {
        Line::Entry(entry) => (entry.seq.parse().unwrap(), hex::decode(&entry.hash).unwrap().try_into().unwrap()),
        Line::Hash { seq, hash } => (*seq, *hash),
    };
    (seq >= first).then_some(Line::Hash { seq, hash })
}

/// The package as loose files, with the list of their hashes.
pub(crate) fn loose(package: &InMemory) -> InMemory {
    let mut files: std::collections::BTreeMap<String, Vec<u8>> =
        package.0.iter().map(|(name, bytes)| (name.replace('/', "__"), bytes.clone())).collect();
    let line =
        |(name, bytes): (&String, &Vec<u8>)| format!("{}  {}\n", hex::encode(sha256(bytes)), name.replace('/', "__"));
    let list: String = package.0.iter().map(line).collect();
    files.insert("hashes-sha256.txt".to_owned(), list.into_bytes());
    InMemory(files)
}

/// The files of a bag that holds all of them.
pub(crate) fn written(bag: &Bag) -> InMemory {
    let file = |(name, content): (&String, &Content)| match content {
        Content::Here(bytes) => (name.clone(), bytes.clone()),
        Content::Kept { .. } => panic!("{name} is elsewhere"),
    };
    InMemory(bag.files().iter().map(file).collect())
}

/// Writes the manifest and the tag manifest again over what is there.
pub(crate) fn relist(package: &mut InMemory) {
    let lines = |files: &mut dyn Iterator<Item = (&String, &Vec<u8>)>| -> Vec<u8> {
        files.map(|(name, bytes)| format!("{}  {name}\n", hex::encode(sha256(bytes)))).collect::<String>().into_bytes()
    };
    let manifest = lines(&mut package.0.iter().filter(|(name, _)| name.starts_with("data/")));
    package.0.insert("manifest-sha256.txt".to_owned(), manifest);
    let is_tag = |name: &str| !name.starts_with("data/") && name != "tagmanifest-sha256.txt";
    let tags = lines(&mut package.0.iter().filter(|(name, _)| is_tag(name)));
    package.0.insert("tagmanifest-sha256.txt".to_owned(), tags);
}
