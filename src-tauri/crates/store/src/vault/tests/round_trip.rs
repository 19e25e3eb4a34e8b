//! Every kind of event is read back as it was written; nothing acknowledged is lost; nothing stands in clear on disk.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;

use super::*;
use trail_domain::event::Recorded;
use trail_domain::event::capture::{GateAnswer, GateAnswers, GatedFile, screen};
use trail_domain::event::document::{DocumentKind, DocumentMade, Returned, SignatureField, SignatureTime, Signed};
use trail_domain::event::keeping::{
    AnchorBroken, AnchorPlace, Backup, DestructionTarget, PolicyAdopted, Renewed, Restored,
};
use trail_domain::event::report::{GroupMember, HarmTest, PreservedItem, TriageExit};
use trail_domain::event::review::{
    ActionChosen, ActionState, ComputerCheck, Finding, IsolationLine, Referral, Response, SessionEnd, View, Visit,
    VisitKind,
};
use trail_domain::people::{Computer, Person};
use trail_domain::words::Noted;

pub(super) fn computer() -> Computer {
    Computer {
        name: words("Office PC"),
        asset_tag: words("HB-0042"),
        serial: words("5CG-1"),
        location: words("Office"),
    }
}

pub(super) fn check() -> ComputerCheck {
    ComputerCheck {
        asset_tag: words("HB-0042"),
        reference: AT,
        shown: AT,
        reference_is: words("Speaking clock"),
        free_bytes: Noted::Observed(1 << 40),
        disk_encrypted: Noted::NotRecorded("the system does not tell".to_owned()),
        remote_control: Noted::Observed("none seen".to_owned()),
        programs: Noted::Observed(vec!["AnyDesk".to_owned()]),
        synced_folder: Noted::Observed(false),
        time_server: Noted::Observed(super::turns::server_time()),
        halt_key_tried: true,
    }
}

fn window() -> screen::GatedScreen {
    screen::GatedScreen { surface: screen::Surface::Window, number: 7, name: "Placeholder chat".to_owned() }
}

fn shot() -> Event {
    let (mut kept, ..) = exhibit(1, b"picture");
    if let Event::ExhibitKept { exhibit, .. } = &mut kept {
        exhibit.screen = Some(screen::ScreenFacts {
            of: window(),
            program: Noted::Observed("Chat".to_owned()),
            display: Noted::NotRecorded("a test".to_owned()),
            overlaid: Noted::NotRecorded("a test".to_owned()),
            taken_by: "a test 1".to_owned(),
        });
    }
    kept
}

fn made() -> DocumentMade {
    DocumentMade {
        kind: DocumentKind::Record,
        edition: 1,
        form_edition: 1,
        name: "HB-2026-0001.pdf".to_owned(),
        sha256: Hash::of(b"record"),
        bytes: 6,
        pages: 3,
        head: (Seq(9), Hash::of(b"head")),
        binds: Vec::new(),
    }
}

fn signed() -> Signed {
    Signed {
        kind: DocumentKind::Record,
        edition: 1,
        form_edition: 1,
        field: SignatureField::First,
        person: person(0),
        before: Hash::of(b"record"),
        sha256: Hash::of(b"signed record"),
        bytes: 13,
        time: Some(Box::new(SignatureTime::Computer { because: "it was not reached".to_owned() })),
    }
}

fn referral() -> Referral {
    Referral {
        to: words("Police"),
        person: words("Sergeant Vale, 1204"),
        reference: words("R-7"),
        at: AT,
        advice: words("Keep the computer as it is"),
    }
}

/// One sample of each kind, each leading to the next: a new kind of event does not compile until it has its place.
fn after(event: &Event) -> Option<Event> {
    let by = person(0);
    let text = || words("Words with \u{e9}, \u{1F600}, \" and \\");
    let computer_of = |name: &str| Computer { name: words(name), ..computer() };
    Some(match event {
        Event::StoreMade { .. } => Event::PersonEnrolled {
            person: Person {
                id: by,
                name: words("Jo Stirling"),
                position: words("Deputy head"),
                initials: initials("JS"),
                standing: Standing::Senior,
                certificate: Hash::of(b"certificate"),
            },
            certificate: "MIIB".to_owned(),
        },
        Event::PersonEnrolled { .. } => Event::ComputerRegistered { computer: computer(), with: Some(person(1)) },
        Event::ComputerRegistered { .. } => Event::SignedIn { person: by },
        Event::SignedIn { .. } => Event::SignedOut { person: by },
        Event::SignedOut { .. } => Event::WrongPassphrases { times: 3 },
        Event::WrongPassphrases { .. } => Event::ClockSetBack { before: AT, shown: Moment::from_micros(1) },
        Event::ClockSetBack { .. } => case_opened(&case(0), "What was reported"),
        Event::CaseOpened { .. } => Event::ItemPreserved {
            item: PreservedItem {
                what: words("A tablet"),
                identity: text(),
                place: words("Safe"),
                custodian: words("Jo Stirling"),
                seal: words("S-1"),
                at: AT,
            },
        },
        Event::ItemPreserved { .. } => Event::PreserveFinished { nothing_because: Some(text()) },
        Event::PreserveFinished { .. } => Event::Triaged { exit: TriageExit::OtherIncidents, reason: text() },
        Event::Triaged { .. } => Event::HarmTested { test: HarmTest::No { reason: text() } },
        Event::HarmTested { .. } => Event::GroupFormed {
            members: vec![GroupMember { person: by, managed_by_subject: false, despite: None, external: None }],
            declared: text(),
        },
        Event::GroupFormed { .. } => Event::ComputerChosen { computer: computer_of("Library PC"), filter: text() },
        Event::ComputerChosen { .. } => {
            Event::SessionOpened { session: session(0), operator: by, observer: person(1), check: check() }
        }
        Event::SessionOpened { .. } => Event::ObserverConfirmed { session: session(0) },
        Event::ObserverConfirmed { .. } => Event::Visited {
            session: session(0),
            visit: Visit {
                at: AT,
                address: "http://training.invalid/".to_owned(),
                what: VisitKind::Loaded { status: Noted::Observed(200), title: Noted::Observed("Board".to_owned()) },
            },
        },
        Event::Visited { .. } => Event::GateAnswered {
            session: session(0),
            address: "http://training.invalid/".to_owned(),
            answers: GateAnswers { child: GateAnswer::No, extreme: Some(GateAnswer::No) },
            by,
            file: Some(GatedFile { name: "photo.jpg".to_owned(), bytes: 7 }),
            screen: Some(window()),
        },
        Event::GateAnswered { .. } => shot(),
        Event::ExhibitKept { .. } => Event::CaptureFailed { session: session(0), because: "no frame".to_owned() },
        Event::CaptureFailed { .. } => Event::SessionEnded { session: session(0), how: SessionEnd::Ended },
        Event::SessionEnded { .. } => Event::ViewSealed { view: View { person: by, substance: true, reasons: text() } },
        Event::ViewSealed { .. } => Event::FindingRecorded {
            finding: Finding::Substance,
            reasons: text(),
            police_grounds: vec!["grounds-1".to_owned()],
        },
        Event::FindingRecorded { .. } => Event::ActionsChosen {
            table: "pupils".to_owned(),
            row: Some(2),
            actions: vec![ActionChosen {
                action: "tell-parents".to_owned(),
                proposed: true,
                chosen: true,
                departure: None,
                owner: Some(text()),
                due: Some("2026-11-25".to_owned()),
                state: ActionState::InHand,
                outcome: None,
                held: Some(text()),
            }],
            response: Response { internal: true, authority: false, police: false },
        },
        Event::ActionsChosen { .. } => {
            Event::Isolated { lines: vec![IsolationLine { step: "unplug".to_owned(), done: true, words: text() }] }
        }
        Event::Isolated { .. } => Event::DocumentMade { document: made() },
        Event::DocumentMade { .. } => Event::DocumentSigned { signed: signed() },
        Event::DocumentSigned { .. } => {
            Event::FormReturned { returned: Returned { edition: 1, by: person(2), reasons: text() } }
        }
        Event::FormReturned { .. } => {
            Event::CopySaved { name: "form.pdf".to_owned(), sha256: Hash::of(b"copy"), pictures: false, place: text() }
        }
        Event::CopySaved { .. } => Event::Retained { review_on: "2032-11-22".to_owned(), rule: text() },
        Event::Retained { .. } => {
            Event::StoppedAndReferred { by, address: "http://training.invalid/second".to_owned() }
        }
        Event::StoppedAndReferred { .. } => Event::Referred { referral: referral() },
        Event::Referred { .. } => {
            Event::CustodyRecorded { item: text(), custodian: words("Jo Stirling"), place: words("Safe") }
        }
        Event::CustodyRecorded { .. } => Event::NoteAdded { words: text() },
        Event::NoteAdded { .. } => Event::Corrected { corrects: Seq(3), words: text() },
        Event::Corrected { .. } => Event::PassphraseChanged { person: by },
        Event::PassphraseChanged { .. } => Event::PersonRenewed {
            renewed: Renewed { person: by, certificate: Hash::of(b"new"), der: "MIIB".to_owned(), reason: text() },
        },
        Event::PersonRenewed { .. } => Event::PersonRemoved { person: by, reason: text() },
        Event::PersonRemoved { .. } => Event::BackedUp {
            backup: Backup {
                serial: 1,
                name: "backup-1".to_owned(),
                medium: text(),
                holder: text(),
                head: (Seq(7), Hash::of(b"head")),
                bytes: 4096,
            },
        },
        Event::BackedUp { .. } => Event::PackKept { pack: pack(), text: "id = \"x\"".to_owned() },
        Event::PackKept { .. } => {
            Event::PolicyAdopted { adopted: PolicyAdopted { pack: pack(), version: 2, before: pack(), reason: text() } }
        }
        Event::PolicyAdopted { .. } => Event::BackupGone { serial: 1, how: text() },
        Event::BackupGone { .. } => Event::Restored {
            restored: Restored {
                serial: 1,
                made: AT,
                head: (Seq(7), Hash::of(b"head")),
                computer: Some(computer_of("Office PC")),
                reason: text(),
                custody: text(),
            },
        },
        Event::Restored { .. } => Event::AnchorBroken {
            broken: AnchorBroken { place: AnchorPlace::Keychain, expected: (Seq(9), Hash::of(b"head")), found: Seq(8) },
        },
        Event::AnchorBroken { .. } => Event::AnchorAccepted { broken: Seq(3), with: person(1), reason: text() },
        Event::AnchorAccepted { .. } => Event::Migrated { from: 1, to: 2 },
        Event::Migrated { .. } => Event::ExhibitsLeftOut { because: text() },
        Event::ExhibitsLeftOut { .. } => {
            Event::DestructionAsked { target: DestructionTarget::Entry { entry: Seq(4) }, ground: text(), mark: None }
        }
        Event::DestructionAsked { .. } => Event::DestructionAgreed { asked: Seq(5) },
        Event::DestructionAgreed { .. } => Event::Erased { asked: Seq(5), entry: Seq(4) },
        Event::Erased { .. } => Event::Turn(turns::first()),
        Event::Turn(turn) => turns::after(turn).map_or_else(last, Event::Turn),
        Event::Halted { .. } => return None,
    })
}

/// A frozen store takes nothing else.
fn last() -> Event {
    Event::Halted {
        by: person(0),
        because: StoppedBy::Gate,
        address: Some("http://training.invalid/third".to_owned()),
        sealed: vec![mark(1)],
    }
}

fn write(vault: &mut Vault<Open>, event: &Event) -> Vec<Recorded> {
    let by = person(0);
    let signer = Signer::Person(&by);
    let events = std::slice::from_ref(event);
    match event.kind() {
        "exhibit-kept" => keep(vault, &case(0), 1, b"picture").unwrap(),
        "document-made" => vault.put_document(&case(0), events, &checked(b"record"), AT, &signer, &Dice).unwrap(),
        "document-signed" => {
            let bytes = b"signed record";
            vault.put_document(&case(0), events, &checked(bytes), AT, &signer, &Dice).unwrap()
        }
        _ => vault.append(Some(&case(0)), events, AT, &signer, &Dice).unwrap(),
    }
}

#[test]
fn every_kind_of_event_is_read_back_as_it_was_written() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let mut written = vault.events(&case(0)).unwrap();
    let mut event = Some(store_made());
    while let Some(sample) = event {
        written.extend(write(&mut vault, &sample));
        event = after(&sample);
    }
    let kinds: std::collections::BTreeSet<_> = written.iter().map(|recorded| recorded.event.kind()).collect();
    assert_eq!(kinds.len() + 1, written.len(), "each kind once, and the opening twice");
    assert_eq!(vault.events(&case(0)).unwrap(), written);
    drop(vault);
    assert_eq!(ground.open_as(2).events(&case(0)).unwrap(), written);
}

#[test]
fn a_number_that_would_not_read_back_the_same_is_refused() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let before = vault.head().unwrap();
    let check = ComputerCheck { free_bytes: Noted::Observed((1 << 53) + 1), ..check() };
    let event = Event::SessionOpened { session: session(1), operator: person(0), observer: person(1), check };
    let answer = vault.append(Some(&case(0)), &[note("x"), event], AT, &Signer::Person(&person(0)), &Dice);
    assert!(matches!(answer, Err(StoreError::Unrecordable)), "{answer:?}");
    assert_eq!(vault.head().unwrap(), before);
}

#[test]
fn any_words_are_read_back_as_they_were_typed() {
    let ground = Ground::new();
    let vault = std::cell::RefCell::new(ground.reviewing());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 64, ..ProptestConfig::default() });
    let texts = proptest::collection::vec(any::<String>(), 1..4);
    runner
        .run(&texts, |texts| {
            let mut vault = vault.borrow_mut();
            let events: Vec<Event> =
                texts.iter().filter_map(|text| Words::new(text).ok()).map(|words| Event::NoteAdded { words }).collect();
            let by = person(0);
            let written = vault.append(Some(&case(0)), &events, AT, &Signer::Person(&by), &Dice).unwrap();
            let read = vault.events(&case(0)).unwrap();
            prop_assert_eq!(&read[read.len() - written.len()..], written.as_slice());
            Ok(())
        })
        .unwrap();
    assert!(vault.borrow().verify(|_| {}).unwrap().holds());
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_dies() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    vault.append(Some(&case(0)), &[note("acknowledged")], AT, &Signer::Person(&person(0)), &Dice).unwrap();
    keep(&mut vault, &case(0), 1, b"acknowledged picture").unwrap();
    let (head, events) = (vault.head().unwrap().unwrap(), vault.events(&case(0)).unwrap());
    // A transaction that never commits.
    vault.state.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let by = person(0);
    let pen = vault.pen_of(&by).unwrap();
    let key = vault.case_key(&case(0)).unwrap();
    vault.write_events(&pen, Some(&case(0)), key, &[note("not acknowledged")], AT, &Dice).unwrap();
    // What the disk holds at this moment, the write-ahead log among it.
    let after = Ground::of(&files_in(&ground.dir));
    drop(vault);
    let vault = after.open();
    assert_eq!(vault.compare(head).unwrap(), crate::Anchored::There);
    assert_eq!(vault.events(&case(0)).unwrap(), events);
    assert!(vault.verify(|_| {}).unwrap().holds());
}

const CANARY: &str = "Zugvogelkanarie";
const PICTURE: &[u8] = b"\x89PNG placeholder canary picture of one colour";

#[test]
fn no_word_and_no_picture_stands_in_clear_in_the_folder() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let by = person(0);
    let signer = Signer::Person(&by);
    vault.append(Some(&case(0)), &[note(CANARY)], AT, &signer, &Dice).unwrap();
    keep(&mut vault, &case(0), 1, PICTURE).unwrap();
    vault.put_draft(&person(0), CANARY, CANARY, &Dice).unwrap();
    let record = [b"%PDF ".as_slice(), CANARY.as_bytes()].concat();
    let document = DocumentMade { sha256: Hash::of(&record), bytes: record.len() as u64, ..made() };
    let event = Event::DocumentMade { document };
    vault.put_document(&case(0), &[event], &checked(&record), AT, &signer, &Dice).unwrap();
    assert_eq!(clear_texts(&ground.dir), Vec::<String>::new(), "while it is open");
    drop(vault.lock());
    assert_eq!(clear_texts(&ground.dir), Vec::<String>::new(), "after locking");
    // The search finds what is there.
    fs::write(ground.dir.join("slip"), format!("xx{}", STANDARD.encode(format!("a{CANARY}b")))).unwrap();
    assert_eq!(clear_texts(&ground.dir).len(), 1);
}

/// Where a canary stands in a file of the folder, in UTF-8, UTF-16 or base64 at any offset.
fn clear_texts(dir: &Path) -> Vec<String> {
    let mut needles: Vec<Vec<u8>> = vec![CANARY.as_bytes().to_vec(), PICTURE.to_vec(), pass(0).bytes().to_vec()];
    needles.push(CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect());
    needles.push(CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect());
    for text in [CANARY.as_bytes(), PICTURE] {
        for offset in 0..3 {
            let encoded = STANDARD.encode([vec![0; offset], text.to_vec()].concat());
            // The first and last four digits depend on what stands beside it.
            needles.push(encoded.as_bytes()[4..encoded.len() - 4].to_vec());
        }
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        for needle in
            needles.iter().filter(|needle| bytes.windows(needle.len()).any(|window| window == needle.as_slice()))
        {
            found.push(format!("{}: {}", path.display(), String::from_utf8_lossy(needle)));
        }
    }
    found
}
