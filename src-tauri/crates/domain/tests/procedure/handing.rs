//! Handing over: what each package may hold, and what became of it.

use trail_domain::event::capture::thing::{DeviceFacts, ItemFacts, Stated, Thing};
use trail_domain::event::capture::{ExhibitKind, StoppedBy};
use trail_domain::event::document::DocumentKind;
use trail_domain::event::handing::{HandOverEnd, HandOverVariant};
use trail_domain::event::{Event, Turn};
use trail_domain::ids::Hash;
use trail_domain::procedure::{Command, handing};
use trail_domain::refusal::RefusalCode;
use trail_domain::words::Words;

use crate::disposal::walked;
use crate::kept::draft;
use crate::rolls::handed;
use crate::walk::{case_release, computer_release, document};
use crate::world::{School5, World, pack, person, words};

/// A case with a picture, whose form and a volume were made.
fn with_a_form(school: &School5) -> World<'_> {
    found(school, true)
}

/// One in which no ground for the police was found.
fn without_grounds(school: &School5) -> World<'_> {
    found(school, false)
}

fn found(school: &School5, substance: bool) -> World<'_> {
    let mut world = walked(school, None, substance, |world| world.case.form().is_some());
    let volume = Event::DocumentMade { document: document(DocumentKind::Volume, 1) };
    let (session, kept) = kept(&world);
    world.take(&[volume, Event::ExhibitKept { session, exhibit: Box::new(kept) }], &person(0));
    world
}

/// An exhibit with a picture, as the record would have it.
fn kept(world: &World<'_>) -> (trail_domain::ids::SessionId, trail_domain::event::capture::Exhibit) {
    let (_, session, exhibit) = world.case.exhibits().first().unwrap();
    let mut exhibit = exhibit.clone();
    exhibit.files = draft(crate::walk::PAGE, 1).files;
    (session.clone(), exhibit)
}

fn hand_over(world: &mut World<'_>, variant: HandOverVariant) -> Result<(), RefusalCode> {
    let given = handed(&world.case, variant);
    world.act(Command::HandOver(Box::new(given)), &person(0), &[person(0)]).map(drop).map_err(|refusal| refusal.code())
}

fn end(world: &mut World<'_>, number: u32, how: HandOverEnd) -> Result<(), RefusalCode> {
    let command = Command::EndHandOver(number, how, words("it came by post"));
    world.act(command, &person(0), &[person(0)]).map(drop).map_err(|refusal| refusal.code())
}

#[test]
fn the_headteachers_package_is_the_form_alone() {
    let school = School5::with(pack());
    let world = with_a_form(&school);
    let kinds = |variant| -> Vec<DocumentKind> {
        handing::documents(&world.case, variant).iter().map(|document| document.made.kind).collect()
    };
    assert_eq!(kinds(HandOverVariant::Headteacher), [DocumentKind::Record]);
    assert_eq!(kinds(HandOverVariant::Police), [DocumentKind::Record, DocumentKind::Volume]);
    assert!(handing::pictures(&world.case, HandOverVariant::Headteacher).is_empty());
    assert!(!handing::pictures(&world.case, HandOverVariant::Police).is_empty());
}

#[test]
fn without_a_form_the_headteacher_gets_no_package_and_the_police_do() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, "bypassing-filters", None);
    assert_eq!(hand_over(&mut world, HandOverVariant::Headteacher), Err(RefusalCode::FormFirst));
    assert_eq!(hand_over(&mut world, HandOverVariant::Police), Ok(()));
    assert_eq!(hand_over(&mut world, HandOverVariant::Lado), Ok(()));
    assert_eq!(world.case.hand_overs().iter().map(|known| known.given.number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn under_halt_nothing_is_handed_over_and_after_it_no_picture_ever() {
    let school = School5::with(pack());
    let mut world = with_a_form(&school);
    let before = handed(&world.case, HandOverVariant::Police);
    world.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &[person(0)]).unwrap();
    for variant in HandOverVariant::ALL {
        assert_eq!(hand_over(&mut world, variant), Err(RefusalCode::Halted));
    }
    let release = Command::ReleaseComputer(computer_release(&person(1)));
    world.act(release, &person(0), &[person(0), person(1)]).unwrap();
    let release = Command::ReleaseCase(case_release(&world.case, 0, &person(1)));
    world.act(release, &person(0), &[person(0), person(1)]).unwrap();
    for variant in HandOverVariant::ALL {
        assert!(handing::pictures(&world.case, variant).is_empty());
        let documents = handing::documents(&world.case, variant);
        assert!(documents.iter().all(|document| document.made.kind != DocumentKind::Volume));
    }
    let mut given = handed(&world.case, HandOverVariant::Police);
    given.pictures = before.pictures;
    let refused = world.act(Command::HandOver(Box::new(given)), &person(0), &[person(0)]);
    assert_eq!(refused.map_err(|refusal| refusal.code()), Err(RefusalCode::StaysSealed));
}

#[test]
fn a_redacted_package_holds_no_signed_document_and_only_pictures_that_were_drawn_over() {
    let school = School5::with(pack());
    let mut world = with_a_form(&school);
    let captured = handing::pictures(&world.case, HandOverVariant::Police);
    let (session, mut exhibit) = kept(&world);
    exhibit.kind = ExhibitKind::Marked;
    exhibit.files = vec![exhibit.files[0].clone()];
    exhibit.files[0].sha256 = Hash::of(b"drawn over");
    world.take(&[Event::ExhibitKept { session: session.clone(), exhibit: Box::new(exhibit.clone()) }], &person(0));
    // A mark that covers nothing leaves everybody on the picture.
    exhibit.kind = ExhibitKind::Annotated;
    exhibit.files[0].sha256 = Hash::of(b"annotated");
    world.take(&[Event::ExhibitKept { session, exhibit: Box::new(exhibit) }], &person(0));
    for variant in [HandOverVariant::LocalAuthority, HandOverVariant::SubjectAccess] {
        assert!(handing::documents(&world.case, variant).is_empty());
        assert_eq!(handing::pictures(&world.case, variant), [Hash::of(b"drawn over")]);
    }
    let mut given = handed(&world.case, HandOverVariant::LocalAuthority);
    given.pictures = captured;
    let refused = world.act(Command::HandOver(Box::new(given)), &person(0), &[person(0)]);
    assert_eq!(refused.map_err(|refusal| refusal.code()), Err(RefusalCode::StaysSealed));
    assert_eq!(hand_over(&mut world, HandOverVariant::LocalAuthority), Ok(()));
}

#[test]
fn only_people_of_the_case_are_named_and_one_asks_for_access() {
    let school = School5::with(pack());
    let mut world = without_grounds(&school);
    let people = handing::people(&world.case);
    assert!(people.len() > 1, "{people:?}");
    let named = |world: &mut World<'_>, variant, named: Vec<Words>| {
        let mut given = handed(&world.case, variant);
        given.named = named;
        let done = world.act(Command::HandOver(Box::new(given)), &person(0), &[person(0)]);
        done.map(drop).map_err(|refusal| refusal.code())
    };
    let nobody = vec![words("Somebody else altogether")];
    assert_eq!(named(&mut world, HandOverVariant::LocalAuthority, nobody), Err(RefusalCode::UnknownPerson));
    assert_eq!(named(&mut world, HandOverVariant::LocalAuthority, Vec::new()), Ok(()));
    assert_eq!(named(&mut world, HandOverVariant::LocalAuthority, people.clone()), Ok(()));
    for wrong in [Vec::new(), people.clone()] {
        assert_eq!(named(&mut world, HandOverVariant::SubjectAccess, wrong), Err(RefusalCode::UnknownPerson));
    }
    assert_eq!(named(&mut world, HandOverVariant::SubjectAccess, people[..1].to_vec()), Ok(()));
}

#[test]
fn whoever_was_told_or_had_a_thing_is_of_the_case_and_a_place_is_nobody() {
    let school = School5::with(pack());
    let mut world = with_a_form(&school);
    let said = |text: &str| Stated::Recorded(words(text));
    let device = DeviceFacts {
        make: said("Acme"),
        model: said("Slate 4"),
        serial: said("S-4"),
        owner: said("Owner Ashdown"),
        location: said("Room Larkspur"),
        handed_over_by: said("Giver Brackley"),
        handed_over_at: said("10:00"),
        looked_at: said("Messages"),
    };
    let item = |custodian: Stated| {
        let [mark, description, seal, place] = ["4", "A printout", "S-9", "Safe"].map(said);
        Thing::Item(Box::new(ItemFacts { mark, description, seal, custodian, place }))
    };
    let not_recorded = Stated::NotRecorded(words("Because Dunster said so"));
    let things =
        [Thing::Device(Box::new(device)), item(said("Holder Corley")), item(said("In the safe")), item(not_recorded)];
    for thing in things {
        let (session, mut exhibit) = kept(&world);
        (exhibit.kind, exhibit.thing) = (thing.kind(), Some(thing));
        world.take(&[Event::ExhibitKept { session, exhibit: Box::new(exhibit) }], &person(0));
    }
    for (item, custodian) in [("Phone", "Keeper Elstow"), ("Phone", "nobody")] {
        let custody = (words(item), words(custodian), words("Room Larkspur"));
        let custody = Event::CustodyRecorded { item: custody.0, custodian: custody.1, place: custody.2 };
        world.take(&[custody], &person(0));
    }
    let people = handing::people(&world.case);
    let reported_to = world.case.report().reported_to.clone();
    let expected = ["Owner Ashdown", "Giver Brackley", "Holder Corley", "Keeper Elstow"].map(words);
    for name in expected.iter().chain([&reported_to]) {
        assert_eq!(people.iter().filter(|known| *known == name).count(), 1, "{name} in {people:?}");
    }
    for part in ["safe", "nobody", "Dunster", "Larkspur", "Acme"] {
        assert!(!people.iter().any(|name| name.as_str().contains(part)), "{part} in {people:?}");
    }
}

#[test]
fn nobody_gets_access_while_the_police_have_an_interest_or_after_a_halt() {
    let school = School5::with(pack());
    let mut world = without_grounds(&school);
    assert_eq!(hand_over(&mut world, HandOverVariant::SubjectAccess), Ok(()));
    let mut grounds = with_a_form(&school);
    assert_eq!(hand_over(&mut grounds, HandOverVariant::SubjectAccess), Err(RefusalCode::PoliceInterest));
    let mut stopped = without_grounds(&school);
    let stop = Event::StoppedAndReferred { by: person(0), address: "https://example.org/".to_owned() };
    stopped.take(&[stop], &person(0));
    assert_eq!(hand_over(&mut stopped, HandOverVariant::SubjectAccess), Err(RefusalCode::PoliceInterest));
    assert_eq!(hand_over(&mut stopped, HandOverVariant::LocalAuthority), Ok(()));
    world.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &[person(0)]).unwrap();
    let release = Command::ReleaseComputer(computer_release(&person(1)));
    world.act(release, &person(0), &[person(0), person(1)]).unwrap();
    let release = Command::ReleaseCase(case_release(&world.case, 0, &person(1)));
    world.act(release, &person(0), &[person(0), person(1)]).unwrap();
    assert_eq!(hand_over(&mut world, HandOverVariant::SubjectAccess), Err(RefusalCode::PoliceInterest));
}

#[test]
fn a_file_that_is_not_the_cases_and_a_number_that_was_given_are_refused() {
    let school = School5::with(pack());
    let mut world = with_a_form(&school);
    let mut given = handed(&world.case, HandOverVariant::Headteacher);
    given.documents.push(Hash::of(b"another file"));
    let refused = world.act(Command::HandOver(Box::new(given)), &person(0), &[person(0)]);
    assert_eq!(refused.map_err(|refusal| refusal.code()), Err(RefusalCode::NotTheSameFile));
    let mut given = handed(&world.case, HandOverVariant::Headteacher);
    given.number = 2;
    let refused = world.act(Command::HandOver(Box::new(given)), &person(0), &[person(0)]);
    assert_eq!(refused.map_err(|refusal| refusal.code()), Err(RefusalCode::AlreadyDone));
}

#[test]
fn what_comes_back_and_is_wiped_is_recorded_once_each() {
    let school = School5::with(pack());
    let mut world = with_a_form(&school);
    assert_eq!(end(&mut world, 1, HandOverEnd::Returned), Err(RefusalCode::UnknownEntry));
    hand_over(&mut world, HandOverVariant::Police).unwrap();
    assert_eq!(end(&mut world, 1, HandOverEnd::Returned), Ok(()));
    assert_eq!(end(&mut world, 1, HandOverEnd::Returned), Err(RefusalCode::AlreadyDone));
    assert_eq!(end(&mut world, 1, HandOverEnd::Wiped), Ok(()));
    hand_over(&mut world, HandOverVariant::Police).unwrap();
    assert_eq!(end(&mut world, 2, HandOverEnd::NotWritten), Ok(()));
    assert_eq!(end(&mut world, 2, HandOverEnd::Wiped), Err(RefusalCode::AlreadyDone));
    let recorded: Vec<HandOverEnd> = world.case.hand_overs()[0].ended.iter().map(|(_, how, _)| *how).collect();
    assert_eq!(recorded, [HandOverEnd::Returned, HandOverEnd::Wiped]);
    let turn = Turn::HandOverEnded { number: 1, how: HandOverEnd::Wiped, words: words("it was seen") };
    assert_eq!(turn.kind(), "hand-over-ended");
}
