//! A share of the long campaigns; `cargo xtask soak store` runs all of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]

use std::time::{Duration, Instant};

use acceptance::soak::check::{self, Scene};
use acceptance::soak::journeys::{self, Journey};
use acceptance::soak::line::{Ack, Seen};
use acceptance::soak::template::{Template, ground};
use acceptance::soak::worked::Worked;
use acceptance::soak::{campaign, control, full, image, power, rollback, tamper};

fn some(names: &[&str]) -> Vec<Journey> {
    names.iter().map(|name| *journeys::named(name).unwrap()).collect()
}

fn later() -> Instant {
    Instant::now() + Duration::from_secs(300)
}

#[test]
fn nothing_acknowledged_is_lost_when_a_system_call_fails_or_kills() {
    let names = ["report", "halt", "store-people", "store-backup", "store-migrate", "restore", "destroy"];
    let figures = campaign::faults(&some(&names), later(), (36, usize::MAX), |_| {}).unwrap();
    println!("{}", figures.text());
    assert!(figures.losses.is_empty(), "{}", figures.text());
    assert!(figures.hit >= 24, "{}", figures.text());
    assert!(figures.acknowledged > 0, "{}", figures.text());
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    if let Some(why) = image::why_not() {
        println!("not tried: {why}");
        return;
    }
    let figures = power::cuts(&some(&["notes"]), later(), (16, 60), |_| {}).unwrap();
    println!("{}", figures.text("Power cuts"));
    assert_eq!(figures.bad, 0, "{}", figures.text("Power cuts"));
    assert!(figures.states >= 50 && figures.looked_for >= 100, "{}", figures.text("Power cuts"));
}

#[test]
fn a_careless_writer_does_lose_what_it_acknowledged() {
    if let Some(why) = image::why_not() {
        println!("not tried: {why}");
        return;
    }
    let careful = power::control(control::CAREFUL, later(), 8, 40).unwrap();
    assert_eq!(careful.bad, 0, "{}", careful.text("written with care"));
    let careless = power::control(control::CARELESS, later(), 16, 40).unwrap();
    assert!(careless.bad * 4 > careless.states, "{}", careless.text("written carelessly"));
}

#[test]
fn a_full_disk_loses_nothing() {
    if let Some(why) = image::why_not() {
        println!("not tried: {why}");
        return;
    }
    let figures = full::disks(&[("halt", &[64, 160, 400]), (journeys::CROWDED.name, &[6200])]).unwrap();
    assert!(figures.losses.is_empty(), "{}", figures.text());
    assert!(figures.by_journey.values().all(|(_, filled)| *filled >= 1), "{}", figures.text());
}

#[test]
fn an_older_state_put_back_is_said_before_a_document_leaves() {
    let worked = Worked::through("form", false, 3).unwrap();
    let figures = rollback::matrix(&worked, later(), 3).unwrap();
    println!("{}", figures.text());
    assert!(figures.missed.is_empty(), "{}", figures.text());
    assert!(figures.rows.len() == rollback::METHODS.len(), "{}", figures.text());
    // Where all anchors on this computer are rolled back, the one on paper is left.
    let paper = rollback::by_paper_alone(&worked, later(), 3).unwrap();
    println!("{}", paper.text());
    assert!(paper.missed.is_empty() && paper.tried() == 3, "{}", paper.text());
}

#[test]
fn an_edit_with_the_stores_keys_is_said_before_a_document_leaves() {
    let worked = Worked::through("form", false, 2).unwrap();
    let halted = Worked::through("captured", true, 2).unwrap();
    let figures = tamper::matrix(&worked, &halted, later(), 2).unwrap();
    println!("{}", figures.text());
    assert!(figures.missed.is_empty(), "{}", figures.text());
    assert!(figures.rows.len() == tamper::EDITS.len(), "{}", figures.text());
}

/// The controls of the check itself: what was never written must be missed.
#[test]
fn the_check_misses_what_is_not_there() {
    let template = Template::empty().unwrap().walked("group").unwrap();
    let folder = tempfile::tempdir_in(ground()).unwrap();
    template.copy_to(folder.path()).unwrap();
    let look = |acks: &[Ack]| {
        check::all(&Scene { folder: folder.path(), secrets: &template.secrets, template: &template, acks })
    };
    assert_eq!(look(&[]), Ok(()));
    let seen = Seen { seq: 9999, kind: "note-added".to_owned(), hash: String::new(), in_case: true };
    let lost = Ack { case: template.case.clone(), seen: vec![seen], ..Ack::default() };
    assert!(look(&[lost]).unwrap_err().contains("is lost"));
    let halted = Ack { case: template.case.clone(), halted: true, ..Ack::default() };
    assert!(look(&[halted]).unwrap_err().contains("does not stand"));
    let saved = vec![("outgoing/gone.pdf".to_owned(), "0".repeat(64))];
    assert!(look(&[Ack { saved, ..Ack::default() }]).unwrap_err().contains("lost"));
    std::fs::create_dir_all(folder.path().join("outgoing")).unwrap();
    std::fs::write(folder.path().join("outgoing/half.pdf"), b"%PDF-1.7").unwrap();
    assert!(look(&[]).unwrap_err().contains("half"));
}
