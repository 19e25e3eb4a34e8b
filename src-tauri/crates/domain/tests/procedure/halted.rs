//! HALT and what the police release after it, each rule by itself.

use trail_domain::case::{Document, Stamp};
use trail_domain::event::Event;
use trail_domain::event::capture::{ExhibitKind, StoppedBy};
use trail_domain::event::document::{DocumentKind, DocumentMade, SignatureField, Signed};
use trail_domain::event::release::{CaseRelease, Verdict};
use trail_domain::event::report::ChildSafe;
use trail_domain::event::review::{SessionEnd, Visit, VisitKind};
use trail_domain::ids::{ExhibitMark, Hash, PersonId, Seq};
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::permit::{CapturePermit, ViewPermit};
use trail_domain::procedure::{Command, halt, review};
use trail_domain::refusal::{Refusal, RefusalCode};

use crate::kept::draft;
use crate::rolls::words_only;
use crate::walk::{Act, NO_TWICE, PAGE, case_release, computer_release, document, forward, isolation};
use crate::world::{School5, World, pack, person, words};

const REVIEWED: &str = "bypassing-filters";

/// Files of the first exhibit alone, of both, and of the second alone.
const FILES: [&[u8]; 3] = [b"first alone", b"in both", b"second alone"];

fn both() -> [PersonId; 2] {
    [person(0), person(1)]
}

fn in_session(school: &School5) -> World<'_> {
    let mut world = World::opened(school, REVIEWED, None);
    for _ in 0..40 {
        if world.case.open_session().is_some() {
            return world;
        }
        let (act, by) = forward(&world.case, &school.pack, 3);
        let Act::Do(command) = act else { panic!("nothing else is needed on this way") };
        world.act(*command, &by, &both()).unwrap();
    }
    panic!("the case did not come that far")
}

fn permit(world: &World<'_>) -> CapturePermit {
    let (by, company) = (person(0), both());
    let now = world.now(&by, &company);
    match gate::answer(&world.case, &world.school.pack, ExhibitKind::WholePage, PAGE, NO_TWICE, &now).unwrap() {
        Gate::Open(_, permit) => permit,
        Gate::Halted(_) | Gate::Stopped(_) => panic!("no twice opens the gate"),
    }
}

/// Keeps an exhibit with two files.
fn keep(world: &mut World<'_>, files: [&[u8]; 2]) {
    let permit = permit(world);
    let mut picture = draft(PAGE, 2);
    for (file, bytes) in picture.files.iter_mut().zip(files) {
        file.sha256 = Hash::of(bytes);
    }
    let (by, company) = (person(0), both());
    let event = review::exhibit(&permit, &world.case, picture, &world.now(&by, &company)).unwrap();
    world.take(&[event], &person(0));
}

/// A case with two exhibits that share a file.
fn with_pictures(school: &School5) -> World<'_> {
    let mut world = in_session(school);
    keep(&mut world, [FILES[0], FILES[1]]);
    keep(&mut world, [FILES[1], FILES[2]]);
    world
}

fn press(world: &mut World<'_>) -> Vec<Event> {
    world.act(Command::Halt(StoppedBy::Pressed, Some(PAGE.to_owned())), &person(1), &both()).unwrap()
}

/// The police release the case.
fn release(world: &mut World<'_>, verdict: Verdict, exhibits: Vec<ExhibitMark>) -> Result<(), RefusalCode> {
    let release = CaseRelease { verdict, exhibits, ..case_release(&world.case, 0, &person(1)) };
    let released = world.act(Command::ReleaseCase(release), &person(0), &both());
    released.map(|_| ()).map_err(|refusal| refusal.code())
}

fn view(world: &World<'_>) -> Result<ViewPermit, RefusalCode> {
    let (by, company) = (person(0), both());
    halt::permit_view(&world.case, &world.now(&by, &company)).map_err(|refusal| refusal.code())
}

fn seen(view: &ViewPermit) -> [bool; 3] {
    FILES.map(|bytes| view.allows(&Hash::of(bytes)))
}

#[test]
fn a_permit_says_what_it_is_for() {
    let school = School5::with(pack());
    let mut world = with_pictures(&school);
    let leave = permit(&world);
    assert_eq!((leave.case(), leave.position()), (world.case.id(), world.case.last()));
    assert_eq!((leave.kind(), leave.address()), (ExhibitKind::WholePage, PAGE));
    assert_eq!(leave.mark().to_string(), "JS/3", "two exhibits stand already");
    let before = view(&world).unwrap();
    assert_eq!((before.case(), before.position()), (world.case.id(), world.case.last()));
    assert_eq!((before.is_after_release(), seen(&before)), (false, [true; 3]));
    press(&mut world);
    release(&mut world, Verdict::NoFurtherAction, Vec::new()).unwrap();
    assert!(view(&world).unwrap().is_after_release());
}

#[test]
fn halt_names_what_it_seals_ends_the_session_and_is_pressed_once() {
    let school = School5::with(pack());
    let mut world = with_pictures(&school);
    let events = press(&mut world);
    let [Event::Halted { by, because, address, sealed }, Event::SessionEnded { how, .. }] = events.as_slice() else {
        panic!("HALT and the end of the session: {events:?}")
    };
    assert_eq!((by, because, address.as_deref()), (&person(1), &StoppedBy::Pressed, Some(PAGE)));
    assert_eq!(sealed.iter().map(ToString::to_string).collect::<Vec<_>>(), ["JS/1", "JS/2"]);
    assert_eq!(how, &SessionEnd::Halted);
    let again = world.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &both());
    assert_eq!(again.map_err(|refusal| refusal.code()), Err(RefusalCode::Halted));
    assert_eq!(view(&world).map(|_| ()), Err(RefusalCode::Halted));
}

#[test]
fn a_release_unseals_what_it_names_but_no_file_that_a_sealed_exhibit_has_too() {
    let school = School5::with(pack());
    for (named, then) in [(0, [true, false, false]), (1, [false, false, true])] {
        let mut world = with_pictures(&school);
        press(&mut world);
        let mark = world.case.exhibits()[named].2.mark.clone();
        release(&mut world, Verdict::NotIllegal, vec![mark]).unwrap();
        let view = view(&world).unwrap();
        assert_eq!(seen(&view), then);
        assert!(!view.allows(&Hash::of(b"of another case")));
    }
    let mut world = with_pictures(&school);
    press(&mut world);
    let marks = world.case.exhibits().iter().map(|(_, _, exhibit)| exhibit.mark.clone()).collect();
    release(&mut world, Verdict::NotIllegal, marks).unwrap();
    assert_eq!(seen(&view(&world).unwrap()), [true; 3]);
}

#[test]
fn no_other_verdict_unseals_anything() {
    let school = School5::with(pack());
    for verdict in [Verdict::SchoolMayProceed, Verdict::NoFurtherAction, Verdict::DirectedToDispose] {
        let mut world = with_pictures(&school);
        press(&mut world);
        let mark = world.case.exhibits()[0].2.mark.clone();
        assert_eq!(release(&mut world, verdict, vec![mark]), Err(RefusalCode::StaysSealed));
        release(&mut world, verdict, Vec::new()).unwrap();
        assert_eq!(seen(&view(&world).unwrap()), [false; 3]);
    }
}

#[test]
fn no_document_with_pictures_from_before_a_halt_is_read_again() {
    let school = School5::with(pack());
    let mut world = with_pictures(&school);
    press(&mut world);
    let halted = world.case.last_halt().unwrap().stamp.seq;
    let read = |world: &World<'_>, kind, at: u64| {
        let made: DocumentMade = document(kind, 1);
        let stamp = Stamp { seq: Seq(at), ..world.case.opening().clone() };
        let document = Document { made, stamp, signatures: Vec::new(), returned: None, superseded: false };
        halt::may_read(&world.case, &document).map_err(|refusal: Refusal| refusal.code())
    };
    let (before, at, after) = (halted.0 - 1, halted.0, halted.0 + 1);
    for place in [before, at, after] {
        assert_eq!(read(&world, DocumentKind::Referral, place), Ok(()));
        assert_eq!(read(&world, DocumentKind::Record, place), Err(RefusalCode::Halted));
        assert_eq!(read(&world, DocumentKind::Volume, place), Err(RefusalCode::Halted));
    }
    release(&mut world, Verdict::NoFurtherAction, Vec::new()).unwrap();
    for place in [before, at, after] {
        assert_eq!(read(&world, DocumentKind::Referral, place), Ok(()));
        assert_eq!(read(&world, DocumentKind::Record, place), Ok(()));
    }
    assert_eq!(read(&world, DocumentKind::Volume, before), Err(RefusalCode::Halted));
    assert_eq!(read(&world, DocumentKind::Volume, at), Err(RefusalCode::Halted));
    assert_eq!(read(&world, DocumentKind::Volume, after), Ok(()));
}

#[test]
fn under_halt_words_go_on_and_nothing_else_does() {
    let school = School5::with(pack());
    let mut world = with_pictures(&school);
    let unknown = Hash::of(b"no document of this case");
    world.act(Command::RecordFault("nothing came".to_owned()), &person(0), &both()).unwrap();
    press(&mut world);
    let referral = document(DocumentKind::Referral, 1);
    let sign = |field| Signed {
        kind: DocumentKind::Referral,
        edition: 1,
        form_edition: 1,
        field,
        person: person(0),
        before: referral.sha256,
        sha256: unknown,
        bytes: 2,
        time: None,
    };
    let go_on = [
        Command::KeepWords(words_only(0)),
        Command::Isolate(isolation(&world.case, &school.pack)),
        Command::Refer(crate::walk::referral()),
        Command::Custody(words("the computer"), words("the headteacher"), words("the office")),
        Command::Note(words("the room was locked")),
        Command::Record(vec![Visit { at: world.at(), address: PAGE.to_owned(), what: VisitKind::Asked }]),
        Command::RecordFault("HALT came first".to_owned()),
        Command::StartClock("lado".to_owned(), words("names were sent out")),
        Command::AnswerChildSafe(ChildSafe::NoChild, words("a parent rang")),
        Command::MakeDocument(referral.clone()),
        Command::Sign(sign(SignatureField::Maker)),
        Command::SaveCopy(unknown, words("a stick")),
        Command::ReleaseComputer(computer_release(&person(1))),
    ];
    for command in go_on {
        let name = format!("{command:?}");
        let came = world.act(command, &person(0), &both());
        assert!(came.as_ref().is_ok_and(|events| !events.is_empty()), "{name}: {came:?}");
    }
    let ended = world.act(Command::EndSession(SessionEnd::Ended), &person(0), &both());
    assert_eq!(ended.map_err(|refusal| refusal.code()), Err(RefusalCode::NoSession), "HALT ended it");
    let stop = [
        Command::KeepWords(words_only(1)),
        Command::KeepWords(words_only(3)),
        Command::MakeDocument(document(DocumentKind::Record, 1)),
        Command::MakeDocument(document(DocumentKind::Volume, 1)),
        Command::Sign(Signed { kind: DocumentKind::Record, ..sign(SignatureField::First) }),
        Command::SaveCopy(Hash::of(b"a volume"), words("a stick")),
        Command::NoteCopy("a summary".to_owned(), Hash::of(b"a summary"), words("a stick")),
        Command::Confirm,
        Command::Retain("2032-11-22".to_owned(), words("six years")),
        Command::Correct(world.case.last(), words("it was Tuesday")),
    ];
    for command in stop {
        let name = format!("{command:?}");
        let came = world.act(command, &person(0), &both()).map_err(|refusal| refusal.code());
        assert_eq!(came, Err(RefusalCode::Halted), "{name}");
    }
}
