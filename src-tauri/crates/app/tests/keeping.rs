//! Keeping the store, through the application: people, backups, restoring, anchors, and what a subject may not see.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "keeping/anchors.rs"]
mod anchors;
#[path = "keeping/charts.rs"]
mod charts;
#[path = "keeping/packs.rs"]
mod packs;
#[path = "keeping/papers.rs"]
mod papers;
#[path = "keeping/policies.rs"]
mod policies;
#[path = "keeping/reports.rs"]
mod reports;
#[path = "keeping/school.rs"]
mod school;

use std::fs;

use school::{PASS, School, copy};
use trail_app::SessionLock;
use trail_app::wire::act::Act;
use trail_app::wire::forms::{SessionForm, WordsExhibit};
use trail_app::wire::store::{AddPerson, MakeBackup, Restore};
use trail_app::wire::{Answer, Phase};

const OTHER: &str = "lantern-orchard-pebble-seven";

fn add(by: &str, own: &str, codes: Vec<String>) -> AddPerson {
    AddPerson {
        name: "Carys Griffith".to_owned(),
        position: "Chair of governors".to_owned(),
        initials: "CG".to_owned(),
        standing: "deputy".to_owned(),
        passphrase: OTHER.to_owned(),
        again: OTHER.to_owned(),
        by: by.to_owned(),
        own: own.to_owned(),
        codes,
    }
}

fn backup(folder: &std::path::Path, person: &str) -> MakeBackup {
    MakeBackup {
        folder: folder.display().to_string(),
        medium: "USB stick 2".to_owned(),
        holder: "Amara Okonkwo-Pryce".to_owned(),
        person: person.to_owned(),
        passphrase: PASS.to_owned(),
    }
}

fn restore(person: &str, halted: Vec<String>) -> Restore {
    Restore {
        person: person.to_owned(),
        passphrase: PASS.to_owned(),
        halted,
        same_computer: false,
        computer_name: "HB-REVIEW-02".to_owned(),
        asset_tag: "HB-0500".to_owned(),
        serial: "5CG9999".to_owned(),
        location: "Safeguarding office".to_owned(),
        reason: "The computer before was taken away".to_owned(),
        custody: "The police have it".to_owned(),
    }
}

#[test]
fn two_people_or_both_codes_let_somebody_in() {
    let mut school = School::new();
    school.sign_in(0);
    let jo = school.id(0);
    let alone = school.app.add_person(&add(&jo, PASS, Vec::new())).unwrap_err();
    assert_eq!(alone.code(), "two-or-codes");
    let wrong = school.app.add_person(&add(&jo, OTHER, school.codes.to_vec())).unwrap_err();
    assert_eq!(wrong.code(), "wrong-passphrase");
    let people = school.app.add_person(&add(&jo, PASS, school.codes.to_vec())).unwrap();
    assert_eq!(people.rows.len(), 5);
    let carys = people.rows[4].person.id.clone();
    school.app.lock();
    school.app.sign_in(&carys, OTHER).unwrap();
    assert_eq!(school.app.check_ledger().unwrap().text, "The record holds: all of it was checked.");
}

#[test]
fn a_removed_person_is_named_and_cannot_sign_in() {
    let mut school = School::new().both();
    let (jo, tom) = (school.id(0), school.id(3));
    let people = school.app.remove_person(&tom, "Left the school", &jo, PASS, &[]).unwrap();
    assert!(people.rows[3].removed && people.rows.len() == 4);
    assert_eq!(school.app.view().people.len(), 3);
    assert!(school.app.check_ledger().unwrap().holds);
    school.app.lock();
    assert_eq!(school.app.sign_in(&tom, PASS).unwrap_err().code(), "unknown-person");
    school.sign_in(0);
}

#[test]
fn a_passphrase_is_changed_by_whoever_has_it() {
    let mut school = School::new();
    school.sign_in(0);
    let jo = school.id(0);
    assert_eq!(school.app.change_passphrase(&jo, OTHER, OTHER, OTHER).unwrap_err().code(), "wrong-passphrase");
    assert_eq!(school.app.change_passphrase(&jo, PASS, OTHER, PASS).unwrap_err().code(), "passphrases-differ");
    school.app.change_passphrase(&jo, PASS, OTHER, OTHER).unwrap();
    school.app.lock();
    assert_eq!(school.app.sign_in(&jo, PASS).unwrap_err().code(), "wrong-passphrase");
    school.app.sign_in(&jo, OTHER).unwrap();
}

#[test]
fn an_old_copy_put_back_is_told_and_nothing_leaves_until_two_have_looked() {
    let mut school = School::new();
    school.sign_in(0);
    school.app.lock();
    let old = school.dir.path().join("old");
    let school = school.again(|dir| copy(&dir.join("store"), &old));
    let mut school = school.both();
    school.open_case(None);
    school.app.lock();
    let mut school = school.again(|dir| {
        fs::remove_dir_all(dir.join("store")).unwrap();
        copy(&dir.join("old"), &dir.join("store"));
    });
    school.sign_in(0);
    let view = school.app.view();
    assert_eq!(view.broken_anchor.map(|trouble| trouble.code).as_deref(), Some("anchor-broken"));
    assert!(!view.ledger.holds);
    let jo = school.id(0);
    let stick = tempfile::tempdir().unwrap();
    let refused = school.app.make_backup(&backup(stick.path(), &jo)).unwrap_err();
    assert_eq!(refused.code(), "anchor-broken");
    assert_eq!(school.app.accept_anchor("A disk was put back").unwrap_err().code(), "two-needed-now");
    // It is still known after another start: the head in the keychain was not written over.
    let school = school.again(|_| {});
    let mut school = school.both();
    assert!(school.app.view().broken_anchor.is_some());
    let view = school.app.accept_anchor("The technician put an old disk back").unwrap();
    assert!(view.broken_anchor.is_none());
    school.app.lock();
    let mut school = school.again(|_| {});
    school.sign_in(0);
    assert!(school.app.view().broken_anchor.is_none());
}

#[test]
fn a_head_on_paper_is_recorded_as_broken_only_when_it_is_typed_twice() {
    let mut school = School::new().both();
    let (seq, hash) = school.app.head().unwrap();
    assert!(school.app.check_head(&seq.to_string(), &hash.to_string()).unwrap().holds);
    let other = "0a".repeat(32);
    let slip = school.app.check_head(&seq.to_string(), &other).unwrap();
    assert!(!slip.holds && school.app.view().broken_anchor.is_none());
    // Whether it is too far on or another one is not told: that would count the entries.
    let beyond = school.app.check_head("999999", &other).unwrap();
    assert_eq!((beyond.text, beyond.todo), (slip.text, slip.todo));
    school.app.check_head("999999", &other).unwrap();
    assert!(school.app.view().broken_anchor.is_some());
}

#[test]
fn a_backup_comes_back_on_a_new_computer_without_what_was_halted_since() {
    let mut school = School::new().both();
    let (first, second) = (school.open_case(None), school.open_case(None));
    let jo = school.id(0);
    let stick = tempfile::tempdir().unwrap();
    let made = school.app.make_backup(&backup(stick.path(), &jo)).unwrap();
    assert!(!made.due && made.rows.len() == 1 && made.rows[0].gone.is_none());
    school.open_case(None);
    assert!(school.app.backups().unwrap().due);
    school.app.halt(Some(&first)).unwrap();
    let refused = school.app.make_backup(&backup(stick.path(), &jo)).unwrap_err();
    assert_eq!(refused.code(), "backup-halted");

    let mut new = School::bare();
    let root = stick.path().display().to_string();
    let mut swapped = school.codes.clone();
    swapped.swap(0, 1);
    let seen = new.app.look_at_backup(&root, &swapped).unwrap();
    assert_eq!((seen.cases.len(), seen.serial, seen.keychain_missing), (2, 1, false));
    new.app.restore(&restore(&jo, vec![first.clone()])).unwrap();
    let view = new.app.view();
    assert_eq!((view.phase, view.computer.as_deref()), (Phase::Open, Some("HB-REVIEW-02")));
    let left = new.app.case_view(&first).unwrap();
    assert!(left.halt.is_some() && left.left_out.is_some() && !left.images_allowed);
    assert!(new.app.case_view(&second).unwrap().halt.is_none());
    new.app.lock();
    // The secret came with the backup: signing in works here from now on, and no anchor is broken.
    new.sign_in(0);
    assert!(new.app.view().broken_anchor.is_none());
    assert!(new.app.check_ledger().unwrap().holds);
}

#[test]
fn halt_stops_a_backup_that_is_being_made() {
    let mut school = School::new().both();
    let case = school.open_case(None);
    let jo = school.id(0);
    let stick = tempfile::tempdir().unwrap();
    // Pressed from elsewhere, as the shell does, while the copy has begun.
    *school.pressed_at_draw.lock().unwrap() = Some(school.app.brake());
    let stopped = school.app.make_backup(&backup(stick.path(), &jo)).unwrap_err();
    assert!(school.pressed_at_draw.lock().unwrap().is_none(), "HALT was pressed");
    assert_eq!(stopped.code(), "backup-stopped", "the copy went on to its end");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0, "something was left on the medium");
    assert!(matches!(school.app.halt(Some(&case)).unwrap(), Some(Answer::Halted { .. })));
    assert!(school.app.backups().unwrap().rows.is_empty());
}

#[test]
fn a_backup_that_was_looked_at_leaves_nothing_and_a_store_that_opens_is_not_replaced() {
    let mut school = School::new().both();
    let jo = school.id(0);
    let stick = tempfile::tempdir().unwrap();
    school.app.make_backup(&backup(stick.path(), &jo)).unwrap();
    let root = stick.path().display().to_string();
    assert_eq!(school.app.look_at_backup(&root, &school.codes).unwrap_err().code(), "store-exists");

    let mut new = School::bare();
    let wrong = [school.codes[0].clone(), school.codes[0].clone()];
    assert_eq!(new.app.look_at_backup(&root, &wrong).unwrap_err().code(), "wrong-codes");
    new.app.look_at_backup(&root, &school.codes).unwrap();
    assert_eq!(new.app.cancel_restore().phase, Phase::NoStore);
    assert!(!new.store().exists() && new.held.lock().unwrap().is_empty());
    let nowhere = new.dir.path().display().to_string();
    assert_eq!(new.app.look_at_backup(&nowhere, &school.codes).unwrap_err().code(), "no-backup-here");
}

/// A case with one exhibit in words; gives the number of its entry.
fn with_words(school: &mut School) -> (String, String) {
    let case = school.open_case(None);
    let members = vec![school.id(0), school.id(1)];
    let some = || "Placeholder words".to_owned();
    let acts = [
        Act::FinishPreserve { nothing_because: Some(some()) },
        Act::Triage { exit: "other-incidents".to_owned(), reason: some() },
        Act::FormGroup {
            members: members.clone(),
            managed: Vec::new(),
            declared: some(),
            despite: String::new(),
            external: Vec::new(),
        },
        Act::ChooseComputer { asset_tag: "HB-0417".to_owned(), not_for_pupils: true, can_leave: true, filter: some() },
    ];
    for act in acts {
        done(school.app.act(&case, act).unwrap());
    }
    let form = SessionForm {
        operator: members[0].clone(),
        asset_tag: "HB-0417".to_owned(),
        reference_time: "10:00".to_owned(),
        reference_is: some(),
        remote_control: some(),
        halt_key_tried: true,
        pin: "4417".to_owned(),
    };
    done(school.app.open_session(&case, &form).unwrap());
    let words = WordsExhibit {
        kind: "address-only".to_owned(),
        title: some(),
        nature: some(),
        concern: some(),
        address: Some("https://board.example/topic".to_owned()),
        device: None,
        item: None,
    };
    done(school.app.record_words(&case, &words).unwrap());
    done(school.app.end_session(&case).unwrap());
    let entry = school.app.timeline(&case).unwrap().into_iter().find(|row| row.kind == "exhibit-kept").unwrap().seq;
    (case, entry)
}

#[track_caller]
fn done(answer: Answer) {
    assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
}

#[test]
fn what_two_agreed_on_is_erased_by_the_head_with_a_certificate() {
    let mut school = School::new().both();
    let (case, entry) = with_words(&mut school);
    let (jo, priya, amara) = (school.id(0), school.id(1), school.id(2));
    let ask = Act::AskDestruction { entry: Some(entry.clone()), ground: "A court ordered it".to_owned() };
    done(school.app.act_by_text(&case, &jo, ask).unwrap());
    let asked = school.app.case_view(&case).unwrap().destructions[0].asked.clone();
    done(school.app.act_by_text(&case, &priya, Act::AgreeDestruction { asked: asked.clone() }).unwrap());
    let refused = school.app.destroy(&case, &asked, &jo, PASS).unwrap();
    assert!(matches!(refused, Answer::Refused { .. }), "only the head decides: {refused:?}");
    school.app.lock();
    school.sign_in(2);
    let wrong = school.app.destroy(&case, &asked, &amara, OTHER).unwrap();
    assert!(matches!(&wrong, Answer::Trouble { trouble } if trouble.code == "wrong-passphrase"), "{wrong:?}");
    let Answer::Done { case: view, .. } = school.app.destroy(&case, &asked, &amara, PASS).unwrap() else {
        panic!("it is erased")
    };
    assert!(view.exhibits.is_empty() && view.destructions[0].done);
    let certificate = school.dir.path().join("outgoing").join(&view.reference).join("Certificate of destruction.pdf");
    assert!(fs::read(certificate).unwrap().starts_with(b"%PDF-"));
    assert!(school.app.check_ledger().unwrap().holds);
    assert!(school.app.timeline(&case).unwrap().iter().all(|row| row.seq != entry && row.hash.len() == 8));
}

#[test]
fn the_subject_of_a_halted_case_finds_no_trace() {
    let mut school = School::new().both();
    let case = school.open_case(Some(3));
    school.app.halt(Some(&case)).unwrap();
    school.app.lock();
    school.sign_in(3);
    let view = school.app.view();
    assert!(
        view.halt_stands.is_none()
            && view.ledger.text.chars().all(|letter| !letter.is_ascii_digit() || view.ledger.text.contains("GMT"))
    );
    assert!(school.app.cases(None, None).unwrap().rows.is_empty());
    assert!(school.app.cases(None, Some("Placeholder")).unwrap().rows.is_empty());
    assert!(school.app.case_view(&case).is_err() && school.app.timeline(&case).is_err());
    assert!(school.app.halt(Some(&case)).is_err());
    let commands = include_str!("../../../commands.txt");
    assert!(!commands.contains("store_timeline"), "its numbers skip where somebody else's entries stand");
    let check = school.app.check_record().unwrap();
    assert!(check.head.is_none() && check.of == 100);
    assert_eq!(school.app.backups().unwrap().refused.unwrap().code, "backup-not-now");
    // Beside somebody who is admitted, HALT stands without a name.
    school.sign_in(0);
    let stands = school.app.view().halt_stands.unwrap();
    assert!(stands.case.is_none() && stands.reference.is_none());
}

#[test]
fn halt_reaches_a_case_that_only_one_of_those_here_may_open() {
    let mut school = School::new();
    school.sign_in(0);
    let case = school.open_case(Some(3));
    school.app.lock();
    school.sign_in(0);
    school.sign_in(3);
    assert!(school.app.case_view(&case).is_err());
    assert!(school.app.halt(Some(&case)).unwrap().is_none());
    assert!(school.app.view().halt_stands.is_some_and(|stands| stands.case.is_none()));
}

#[test]
fn the_list_comes_in_pages_and_is_searched_to_its_end() {
    let mut school = School::new().both();
    let cases: Vec<String> = (0..62).map(|_| school.open_case(None)).collect();
    school.app.lock();
    let school = school.again(|_| {}).both();
    let first = school.app.cases(None, None).unwrap();
    assert_eq!((first.rows.len(), first.next), (60, Some(60)));
    assert_eq!(first.rows[0].id, cases[61], "the newest comes first");
    let rest = school.app.cases(first.next, None).unwrap();
    assert_eq!((rest.rows.len(), rest.next, rest.rows[1].id.as_str()), (2, None, cases[0].as_str()));
    let found = school.app.cases(None, Some(&rest.rows[1].reference.to_lowercase())).unwrap();
    assert_eq!((found.rows.len(), found.next), (1, None));
}

#[test]
fn the_check_page_says_whether_sleep_waits_for_the_lock() {
    let mut school = School::new();
    school.sign_in(0);
    let mut facts = |told: SessionLock| {
        school.app.told_of_session_lock(told);
        school.app.check_record().unwrap().facts.join("\n")
    };
    let waits = facts(SessionLock::Told { sleep_waits: Ok(()) });
    assert!(waits.contains("locks when") && !waits.contains("does not wait"), "{waits}");
    let not = facts(SessionLock::Told { sleep_waits: Err("placeholder reason".to_owned()) });
    assert!(not.contains("locks when") && not.contains("does not wait (placeholder reason)"), "{not}");
    let nobody = facts(SessionLock::NotTold { because: "placeholder reason".to_owned() });
    assert!(nobody.contains("is not told") && nobody.contains("placeholder reason"), "{nobody}");
}

#[test]
fn the_lock_comes_by_itself_and_is_told_before() {
    let mut school = School::new();
    school.sign_in(0);
    assert_eq!(school.app.view().locks_in, None);
    let locks = school.app.locks();
    *school.steady.lock().unwrap() += 290.0;
    assert_eq!(school.app.view().locks_in, Some(10));
    *school.steady.lock().unwrap() += 11.0;
    school.app.lock_when_idle();
    assert_eq!(school.app.locks(), locks + 1);
    assert_eq!(school.app.view().phase, Phase::Locked);
}
