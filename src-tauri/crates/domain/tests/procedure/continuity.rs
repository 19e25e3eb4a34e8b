//! Looking at an exhibit, and putting it on paper.

use trail_domain::event::capture::{Shows, StoppedBy};
use trail_domain::event::{Event, Turn};
use trail_domain::ids::{ExhibitMark, Hash};
use trail_domain::procedure::Command;
use trail_domain::refusal::RefusalCode;

use crate::disposal::walked;
use crate::kept::{derived, draft, file};
use crate::walk::PAGE;
use crate::world::{School5, World, pack, person, words};

/// A case with one exhibit that has a view.
fn with_a_picture(school: &School5) -> World<'_> {
    let mut world = walked(school, None, true, |world| !world.case.exhibits().is_empty());
    let files = draft(PAGE, 1).files;
    keep(&mut world, 2, files);
    world
}

fn keep(world: &mut World<'_>, number: u32, files: Vec<trail_domain::event::capture::ExhibitFile>) -> ExhibitMark {
    let (_, session, exhibit) = world.case.exhibits().first().unwrap();
    let mut exhibit = exhibit.clone();
    exhibit.mark = ExhibitMark::new(exhibit.mark.initials().clone(), number);
    exhibit.files = files;
    let (session, mark) = (session.clone(), exhibit.mark.clone());
    world.take(&[Event::ExhibitKept { session, exhibit: Box::new(exhibit) }], &person(0));
    mark
}

fn look(world: &mut World<'_>, sha256: Hash) -> Result<Vec<Event>, RefusalCode> {
    let here = [person(0), person(1)];
    world.act(Command::ViewPicture(sha256), &person(0), &here).map_err(|refusal| refusal.code())
}

fn print(world: &mut World<'_>, mark: &ExhibitMark) -> Result<u32, RefusalCode> {
    let command = Command::PrintExhibit(mark.clone(), words("the file in the safe"));
    let events = world.act(command, &person(0), &[person(0)]).map_err(|refusal| refusal.code())?;
    let [Event::Turn(Turn::ExhibitPrinted { copy, .. })] = events.as_slice() else { panic!("{events:?}") };
    Ok(*copy)
}

#[test]
fn whoever_looks_at_a_picture_is_recorded_with_everybody_who_is_signed_in() {
    let school = School5::with(pack());
    let mut world = with_a_picture(&school);
    let (_, _, exhibit) = world.case.exhibits().last().unwrap();
    let (mark, sha256) = (exhibit.mark.clone(), exhibit.files[0].sha256);
    look(&mut world, sha256).unwrap();
    let [viewed] = world.case.viewed() else { panic!("{:?}", world.case.viewed()) };
    assert_eq!((&viewed.mark, viewed.sha256), (&mark, sha256));
    assert_eq!((&viewed.stamp.by, viewed.here.as_slice()), (&person(0), [person(0), person(1)].as_slice()));
    assert_eq!(look(&mut world, Hash::of(b"none")), Err(RefusalCode::NoSuchExhibit));
    assert_eq!(world.case.viewed().len(), 1);
}

#[test]
fn a_file_as_it_was_given_is_looked_at_only_where_it_is_a_picture_of_ours_too() {
    let school = School5::with(pack());
    let mut world = with_a_picture(&school);
    let (_, _, exhibit) = world.case.exhibits().last().unwrap();
    let view = exhibit.files[0].clone();
    let (given, made) = (Hash::of(b"given"), Hash::of(b"made"));
    let files = [file(7, given, Shows::Original), file(8, made, derived(&[given]))];
    keep(&mut world, 3, files.to_vec());
    assert_eq!(look(&mut world, given), Err(RefusalCode::NoSuchExhibit));
    look(&mut world, made).unwrap();
    // A copy of a captured view that somebody gave takes nothing from the view.
    keep(&mut world, 4, vec![file(view.bytes, view.sha256, Shows::Original)]);
    look(&mut world, view.sha256).unwrap();
}

#[test]
fn paper_copies_of_an_exhibit_are_numbered_one_by_one() {
    let school = School5::with(pack());
    let mut world = with_a_picture(&school);
    let marks: Vec<ExhibitMark> = world.case.exhibits().iter().map(|(_, _, exhibit)| exhibit.mark.clone()).collect();
    let [first, second] = marks.as_slice() else { panic!("{marks:?}") };
    assert_eq!(print(&mut world, first), Ok(1));
    assert_eq!(print(&mut world, second), Ok(1));
    assert_eq!(print(&mut world, first), Ok(2));
    let unknown = ExhibitMark::new(first.initials().clone(), 90);
    assert_eq!(print(&mut world, &unknown), Err(RefusalCode::NoSuchExhibit));
    let held: Vec<u32> = world.case.printed().iter().map(|printed| printed.copy).collect();
    assert_eq!(held, [1, 1, 2]);
}

#[test]
fn under_halt_and_on_a_frozen_computer_nothing_is_looked_at_or_put_on_paper() {
    let school = School5::with(pack());
    let mut world = with_a_picture(&school);
    let (_, _, exhibit) = world.case.exhibits().last().unwrap();
    let (mark, sha256) = (exhibit.mark.clone(), exhibit.files[0].sha256);
    world.freeze(true);
    assert_eq!(look(&mut world, sha256), Err(RefusalCode::Frozen));
    assert_eq!(print(&mut world, &mark), Err(RefusalCode::Frozen));
    world.freeze(false);
    world.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &[person(0)]).unwrap();
    assert_eq!(look(&mut world, sha256), Err(RefusalCode::Halted));
    assert_eq!(print(&mut world, &mark), Err(RefusalCode::Halted));
    assert!(world.case.viewed().is_empty() && world.case.printed().is_empty());
}
