//! The school's own policy: copied, checked, signed by the head, and which cases it is for.

use trail_app::Fault;
use trail_app::wire::policy::{AdoptPolicy, PolicyView};

use super::school::{PASS, School};

const HEAD: usize = 2;

/// A copy of the policy in use that keeps records for seven years.
fn edited(school: &School) -> String {
    let text = school.app.policy_text("our-school").unwrap().text;
    let edited = text.replacen("years = 6", "years = 7", 1);
    assert_ne!(edited, text);
    edited
}

/// Taken into use by this person, as it was checked.
fn adopt(school: &mut School, number: usize, text: &str) -> Result<PolicyView, Fault> {
    let sha256 = school.app.check_policy(text).unwrap().sha256;
    let form = AdoptPolicy {
        text: text.to_owned(),
        sha256,
        reason: "The governors agreed it".to_owned(),
        person: school.id(number),
        passphrase: PASS.to_owned(),
    };
    school.app.adopt_policy(&form)
}

/// The title and the retention of the policy that this case runs under.
fn years(school: &School, case: &str) -> String {
    let policy = school.app.policy(Some(case), None).unwrap();
    let retention = policy.sections.iter().find(|section| section.id == "retention").unwrap();
    retention.facts[0].value.clone()
}

#[test]
fn open_cases_keep_their_policy_and_new_ones_have_the_one_that_the_head_signed() {
    let mut school = School::new();
    school.sign_in(0);
    let before = school.open_case(None);
    school.sign_in(HEAD);
    let text = edited(&school);
    let view = adopt(&mut school, HEAD, &text).unwrap();
    assert!(view.in_use && view.copy_id.is_none() && view.id == "our-school");
    let after = school.open_case(None);
    assert_eq!((years(&school, &before), years(&school, &after)), ("6 years".to_owned(), "7 years".to_owned()));

    let next = school.app.policy_text("").unwrap().text;
    let next = next.replacen("years = 7", "years = 8", 1);
    adopt(&mut school, HEAD, &next).unwrap();
    school.app.lock();
    let mut school = school.again(|_| ());
    school.sign_in(1);
    let last = school.open_case(None);
    let all = [&before, &after, &last].map(|case| years(&school, case));
    assert_eq!(all, ["6 years", "7 years", "8 years"], "also after a new start");
    let history = school.app.policy(None, None).unwrap().history;
    assert_eq!(history.len(), 2);
    assert!(history[0][0].value.contains("signed by Amara Okonkwo-Pryce"), "{history:?}");
    assert_eq!(history[0][2].value, "The governors agreed it");
    let kinds: Vec<String> = school.app.store_timeline().unwrap().into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "policy-adopted").count(), 2);
    assert_eq!(kinds.iter().filter(|kind| *kind == "pack-kept").count(), 3);
    assert_eq!(school.app.check_ledger().unwrap().text, "The record holds: all of it was checked.");
}

#[test]
fn a_reviewer_takes_no_policy_into_use() {
    let mut school = School::new();
    school.sign_in(0);
    let text = edited(&school);
    let refused = adopt(&mut school, 0, &text).unwrap_err();
    assert_eq!(refused.code(), "policy-head-only");
    let view = school.app.policy(None, None).unwrap();
    assert!(view.signers.is_empty() && view.refused.unwrap().happened.contains("Only the headteacher"));
    let away = adopt(&mut school, HEAD, &text).unwrap_err();
    assert_eq!(away.code(), "not-signed-in", "who signs is there");
    assert_eq!(school.app.policy(None, None).unwrap().id, "swgfl-template");
    school.sign_in(HEAD);
    assert_eq!(school.app.policy(None, None).unwrap().signers.len(), 1);
}

#[test]
fn what_is_signed_is_what_was_checked_and_holds() {
    let mut school = School::new();
    school.sign_in(HEAD);
    let text = edited(&school);
    let checked = school.app.check_policy(&text).unwrap();
    assert!(checked.faults.is_empty() && !checked.in_use);
    let years = checked.changes.iter().find(|change| change.section == "Retention").unwrap();
    assert_eq!((years.parts[0].before.as_deref(), years.parts[0].after.as_deref()), (Some("6"), Some("7")));

    let mut form = AdoptPolicy {
        text: text.replacen("years = 7", "years = 9", 1),
        sha256: checked.sha256.clone(),
        reason: "Agreed".to_owned(),
        person: school.id(HEAD),
        passphrase: PASS.to_owned(),
    };
    assert_eq!(school.app.adopt_policy(&form).unwrap_err().code(), "policy-not-checked");
    form.text.clone_from(&text);
    form.passphrase = "not the passphrase".to_owned();
    assert_eq!(school.app.adopt_policy(&form).unwrap_err().code(), "wrong-passphrase");
    form.reason = " ".to_owned();
    assert_eq!(school.app.adopt_policy(&form).unwrap_err().code(), "field-missing");
    assert_eq!(school.app.policy(None, None).unwrap().id, "swgfl-template", "nothing changed");

    let weak = text.replacen("safeguard = \"two-people\"\n", "", 1);
    let found = school.app.check_policy(&weak).unwrap();
    assert_eq!(found.faults[0].floor.as_ref().unwrap().value, "two-people");
    assert!(found.faults[0].what.contains("two-people") && found.faults[0].line.is_some(), "{:?}", found.faults);
    let refused = adopt(&mut school, HEAD, &weak).unwrap_err();
    assert_eq!(refused.code(), "policy-faulty");
    let long = "#".repeat((1 << 20) + 1);
    assert_eq!(school.app.check_policy(&long).unwrap_err().code(), "policy-too-long");
}

#[test]
fn a_copy_needs_a_short_name_of_its_own() {
    let mut school = School::new();
    school.sign_in(HEAD);
    assert_eq!(school.app.policy_text("Our School").unwrap_err().code(), "policy-id-form");
    assert_eq!(school.app.policy_text("durants").unwrap_err().code(), "policy-id-taken");
    let text = edited(&school);
    adopt(&mut school, HEAD, &text).unwrap();
    assert!(school.app.policy_text("anything").unwrap().text.contains("version = 2"), "its own policy goes on");
    let pattern = include_str!("../../../../../assets/packs/durants.toml");
    let back = adopt(&mut school, HEAD, pattern).unwrap();
    assert_eq!((back.id.as_str(), back.copy_id.as_deref()), ("durants", Some("our-school-2")));
}

#[test]
fn the_head_is_not_looked_into_under_a_policy_that_the_head_signed() {
    let mut school = School::new();
    school.sign_in(HEAD);
    let text = edited(&school);
    adopt(&mut school, HEAD, &text).unwrap();
    school.app.lock();
    school.sign_in(0);
    let about_the_head = school.open_case(Some(HEAD));
    let about_another = school.open_case(Some(1));
    assert_eq!(years(&school, &about_the_head), "6 years");
    assert_eq!(years(&school, &about_another), "7 years");
}

#[test]
fn every_policy_that_ships_can_be_read_without_signing_in() {
    let school = School::bare();
    for id in [
        "swgfl-template",
        "durants",
        "st-joseph",
        "st-laurence-birmingham",
        "victoria-park",
        "beechfield-hertfordshire",
    ] {
        let view = school.app.policy(None, Some(id)).unwrap();
        assert_eq!(view.id, id);
        assert!(view.signers.is_empty() && view.refused.is_none() && view.history.is_empty());
        let blank =
            view.sections.iter().find(|one| one.title.starts_with("policy.") || one.lead.starts_with("policy."));
        assert!(blank.is_none(), "{blank:?}");
        let cells = view.sections.iter().flat_map(|one| one.rows.iter().flat_map(|row| &row.cells).chain(&one.columns));
        let gap = cells.filter(|cell| cell.trim().is_empty() || cell.starts_with("policy.")).count();
        assert_eq!(gap, 0, "a cell of {id} is blank or has no words");
    }
    assert_eq!(school.app.policy(None, Some("none")).unwrap_err().code(), "pack-missing");
    assert_eq!(school.app.policy(None, None).unwrap_err().code(), "locked");
}

/// The file is the same text that is edited: checked with its lines, and nothing is kept of it.
#[test]
fn a_policy_is_opened_from_a_file_and_checked_before_anything_is_kept() {
    let mut school = School::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    assert!(school.app.open_policy_file(path.to_str().unwrap()).is_err(), "nobody is signed in");
    school.sign_in(HEAD);
    let text = edited(&school);
    std::fs::write(&path, &text).unwrap();
    let opened = school.app.open_policy_file(&format!(" {} ", path.display())).unwrap();
    assert_eq!(opened.text, text);
    assert!(opened.check.faults.is_empty() && !opened.check.changes.is_empty());
    assert!(!school.app.policy(None, None).unwrap().id.contains("our-school"), "nothing is in use by it");

    let faulty = text.replacen("route = \"school\"", "route = \"scool\"", 1);
    let line = faulty.lines().position(|line| line.contains("scool")).unwrap() + 1;
    std::fs::write(&path, &faulty).unwrap();
    let opened = school.app.open_policy_file(path.to_str().unwrap()).unwrap();
    assert_eq!(opened.text, faulty);
    assert_eq!(opened.check.faults[0].line, Some(u32::try_from(line).unwrap()));
    assert!(!opened.check.faults[0].instead.is_empty());
}

#[test]
fn what_is_no_policy_file_is_said_and_read_no_further() {
    let mut school = School::new();
    school.sign_in(HEAD);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("long.toml"), vec![b'#'; (1 << 20) + 1]).unwrap();
    std::fs::write(at("picture.toml"), [0xFF, 0xD8, 0xFF]).unwrap();
    std::fs::write(at("exact.toml"), vec![b'#'; 1 << 20]).unwrap();
    for (path, code) in [
        (at("absent.toml"), "policy-file"),
        (folder.path().display().to_string(), "policy-file"),
        (at("long.toml"), "policy-too-long"),
        (at("picture.toml"), "policy-not-text"),
        ("policy.toml".to_owned(), "path-not-whole"),
        (String::new(), "path-not-whole"),
    ] {
        assert_eq!(school.app.open_policy_file(&path).unwrap_err().code(), code, "{path:?}");
    }
    assert!(!school.app.open_policy_file(&at("exact.toml")).unwrap().check.faults.is_empty());
}

#[test]
fn a_policy_is_saved_whole_and_nothing_is_written_over() {
    let mut school = School::new();
    school.sign_in(HEAD);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let text = edited(&school);
    let saved = school.app.save_policy_file(&text, place).unwrap();
    assert!(saved.ends_with("our-school-version-1.toml"), "{saved}");
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), text);
    assert_eq!(school.app.open_policy_file(&saved).unwrap().text, text);
    assert_eq!(school.app.save_policy_file(&text, place).unwrap(), saved, "the same text is the same file");
    let other = school.app.save_policy_file("id = 3", place).unwrap();
    assert!(other.ends_with("policy-draft.toml"));
    let changed = school.app.save_policy_file(&format!("{text}\n# later"), place).unwrap();
    assert!(changed.ends_with("our-school-version-1 (2).toml"), "{changed}");
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), text, "the first stays as it was");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "no part of a file is left");
    for (at, code) in [("relative", "path-not-whole"), (saved.as_str(), "policy-folder")] {
        assert_eq!(school.app.save_policy_file(&text, at).unwrap_err().code(), code);
    }
    let absent = folder.path().join("absent").display().to_string();
    assert_eq!(school.app.save_policy_file(&text, &absent).unwrap_err().code(), "policy-folder");
    assert_eq!(school.app.save_policy_file(&"#".repeat((1 << 20) + 1), place).unwrap_err().code(), "policy-too-long");
}
