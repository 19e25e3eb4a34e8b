//! The case's sites, and the leave to go elsewhere or to send something.

use trail_domain::event::review::held::{AccountUsed, Leave, Passed, Sending};
use trail_domain::event::review::{SessionEnd, Visit, VisitKind};
use trail_domain::event::{Event, Turn};
use trail_domain::procedure::{Command, leave};
use trail_domain::refusal::RefusalCode;
use trail_domain::time::Moment;
use trail_domain::words::Noted;

use crate::changes::{both, refused, reviewing};
use crate::turns;
use crate::walk::PAGE;
use crate::world::{School5, pack, person, words};

const OTHER: &str = "https://other.example/x";

fn asked(address: &str) -> Command {
    let visit = |what| Visit { at: Moment::from_micros(1), address: address.to_owned(), what };
    let told = || Noted::NotRecorded("the test does not tell".to_owned());
    let loaded = VisitKind::Loaded { status: Noted::Observed(200), title: told() };
    Command::Record(vec![visit(VisitKind::Asked), visit(loaded)])
}

fn to(address: &str) -> Command {
    let reason = words("The board leads there");
    Command::LetThrough(Box::new(Leave { address: address.to_owned(), passed: Passed::OtherSite, reason }))
}

#[test]
fn the_first_address_that_was_opened_is_the_cases_where_the_report_names_none() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    assert!(leave::sites(&world.case).is_empty() && leave::is_of_the_case(&world.case, OTHER));
    world.act(asked(PAGE), &person(0), &both()).unwrap();
    world.act(asked(OTHER), &person(0), &both()).unwrap();
    assert!(leave::is_of_the_case(&world.case, PAGE));
    assert!(!leave::is_of_the_case(&world.case, OTHER), "a second one is not");
}

#[test]
fn a_leave_holds_for_its_site_until_the_session_ends_and_names_both_people() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    world.act(asked(PAGE), &person(0), &both()).unwrap();
    let events = world.act(to(OTHER), &person(0), &both()).unwrap();
    let Some(Event::Turn(Turn::LetThrough { given, .. })) = events.first() else { panic!("{events:?}") };
    assert_eq!((&given.operator, &given.observer), (&person(0), &person(1)));
    assert!(leave::is_of_the_case(&world.case, "http://www.other.example/another"));
    assert!(!leave::is_of_the_case(&world.case, "https://sub.other.example/"));
    world.act(Command::EndSession(SessionEnd::Ended), &person(0), &both()).unwrap();
    assert!(!leave::is_of_the_case(&world.case, OTHER), "no longer than the session");
}

#[test]
fn a_sign_in_opens_no_page_of_its_host() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    world.act(asked(PAGE), &person(0), &both()).unwrap();
    let account = AccountUsed { whose: words("The school's own"), authority: words("The head agreed") };
    let passed = Passed::Sent { what: Sending::SignIn, account };
    let leave = Leave { address: "other.example:443".to_owned(), passed, reason: words("It asks for a name") };
    world.act(Command::LetThrough(Box::new(leave)), &person(0), &both()).unwrap();
    assert!(
        !leave::is_of_the_case(&world.case, OTHER) && !leave::is_of_the_case(&world.case, "http://other.example:443/")
    );
}

#[test]
fn nothing_is_let_through_alone_in_a_pause_or_to_a_site_that_is_closed() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    let alone = trail_domain::procedure::decide(
        &world.case,
        &school.pack,
        to(OTHER),
        &school.now(world.at(), &person(0), &[person(0)]),
    );
    assert_eq!(alone.unwrap_err().code(), RefusalCode::BothMustBeSignedIn);
    let pause = Command::Pause(trail_domain::event::course::PausedBy::Asked);
    world.act(pause, &person(0), &both()).unwrap();
    refused(&mut world, to(OTHER), 0, RefusalCode::ReviewPaused);
    refused(&mut world, Command::LetThrough(Box::new(turns::leave(1))), 0, RefusalCode::ReviewPaused);
    world.act(Command::Confirm, &person(1), &both()).unwrap();
    world.act(to(OTHER), &person(0), &both()).unwrap();
}
