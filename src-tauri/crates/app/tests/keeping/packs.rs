//! A case keeps the pack that it was opened under, also when the app comes with another text of it.

use std::path::Path;
use std::sync::Arc;

use trail_domain::event::{Event, PackRef, Recorded};
use trail_domain::ids::{CaseId, CaseReference, Hash};
use trail_domain::time::Moment;
use trail_store::{DeviceSecret, Found, Open, Passphrase, Signer, Vault};

use super::school::{Dice, Held, PASS, School};

const BUNDLED: &str = include_str!("../../../../../assets/packs/swgfl-template.toml");
const AT: &str = "2026-11-22T10:30:00Z";

fn opened(store: &Path, held: &Held) -> Vault<Open> {
    let Found::Locked(locked) = Vault::find(store).unwrap() else { panic!("no store") };
    let jo = locked.labels().into_iter().find(|label| label.initials.as_str() == "JS").unwrap().id;
    let kept = held.lock().unwrap().get(locked.store().as_str()).unwrap().clone();
    let device = DeviceSecret::new(kept.try_into().unwrap());
    locked.unlock(&jo, &Passphrase::new(PASS.to_owned()), Some(&device)).map_err(|(_, error)| error).unwrap()
}

/// Opens a case like the first, under this pack, as an app that came with it would have.
fn open_under(vault: &mut Vault<Open>, reference: &PackRef, text: &str) -> CaseId {
    let (person, at) = (vault.signed_in().remove(0), Moment::try_from(AT.to_owned()).unwrap());
    let first = vault.cases().unwrap().remove(0);
    let id = CaseId::from_bytes([7; 16]);
    let mut opening = vault.events(&first).unwrap().remove(0).event;
    let Event::CaseOpened { case, reference: name, pack, .. } = &mut opening else { panic!("not opened") };
    case.clone_from(&id);
    *name = CaseReference::try_from("HB-2026-0777".to_owned()).unwrap();
    pack.clone_from(reference);
    let kept = Event::PackKept { pack: reference.clone(), text: text.to_owned() };
    vault.append(None, &[kept], at, &Signer::Person(&person), &Dice::default()).unwrap();
    let admitted: Vec<_> = vault.labels().into_iter().map(|label| label.id).collect();
    vault.open_case(&id, &admitted, at, &person, &[opening], &Dice::default()).unwrap();
    id
}

fn earlier() -> (PackRef, String) {
    let text = BUNDLED.replace("title = \"SWGfL template pattern\"", "title = \"The pattern of an earlier year\"");
    assert_ne!(text, BUNDLED);
    let reference =
        PackRef { id: "swgfl-template".to_owned(), edition: "2024-02".to_owned(), hash: Hash::of(text.as_bytes()) };
    (reference, text)
}

#[test]
fn a_case_keeps_the_pack_that_it_was_opened_under() {
    let mut school = School::new();
    school.sign_in(0);
    let of_today = school.open_case(None);
    school.app.lock();
    let held = Arc::clone(&school.held);
    let (reference, text) = earlier();
    let mut earlier = None;
    let mut school = school.again(|dir| {
        let mut vault = opened(&dir.join("store"), &held);
        let bundled = |entry: &Recorded| matches!(&entry.event, Event::PackKept { text, .. } if text == BUNDLED);
        assert!(vault.store_events().unwrap().iter().any(bundled), "the text of new cases is kept at a sign-in");
        earlier = Some(open_under(&mut vault, &reference, &text));
    });
    school.sign_in(0);
    let marked = |case: &str| school.app.case_view(case).map(|view| view.reference);
    assert_eq!(marked(earlier.unwrap().as_str()).unwrap(), "HB-2026-0777");
    assert!(marked(&of_today).is_ok());
}

#[test]
fn a_pack_that_nobody_kept_is_missed_by_its_name() {
    let mut school = School::new();
    school.sign_in(0);
    school.open_case(None);
    school.app.lock();
    let held = Arc::clone(&school.held);
    let (reference, text) = earlier();
    let mut earlier = None;
    let mut school = school.again(|dir| {
        let mut vault = opened(&dir.join("store"), &held);
        // Not the text that the name is for.
        earlier = Some(open_under(&mut vault, &reference, &format!("{text}\n")));
    });
    school.sign_in(0);
    let missed = school.app.case_view(earlier.unwrap().as_str()).unwrap_err();
    assert!(missed.to_string().contains("pack-missing"), "{missed}");
}
