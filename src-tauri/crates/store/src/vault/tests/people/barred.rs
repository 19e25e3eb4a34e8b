//! Who may not come or go, and when.

use super::*;

#[test]
fn nobody_comes_or_goes_while_a_removal_has_not_ended() {
    let ground = Ground::new();
    let mut vault = ground.reviewing();
    let (event, two, by) = (removed(3), Warrant::TwoPeople, person(0));
    let stopped = vault.remove_by(&person(3), &act(&event, &two, &by), &mut |step| {
        if step == Step::Recorded { Err(StoreError::DiskFull) } else { Ok(()) }
    });
    assert!(matches!(stopped, Err(StoreError::DiskFull)));
    let new = new_person(7, "SN", "amber thistle canoe");
    let refused = vault.enrol(new, &enrolled(7, "SN"), &two, Some(&device()), KdfCost::FLOOR, AT, &by, &Dice);
    assert!(matches!(refused, Err(StoreError::NotDone { .. })), "{refused:?}");
}

#[test]
fn keys_that_one_person_alone_let_in_are_not_believed() {
    use crate::ledger::note::{Approval, Change, Note};
    let public = SigningKey::from_bytes(&[3; 32]).verifying_key().to_bytes();
    let (ledger, seal) = (hex::encode(public), hex::encode([5; 32]));
    let (id, newcomer) = (person(0), nobody());
    let forged = hex::encode([0; 64]);
    for turn in 0..4 {
        let ground = Ground::new();
        let vault = ground.reviewing();
        let (store, kind) = (vault.store(), "store/keys-enrolled");
        let change = Change { kind, store, person: &newcomer, ledger: &ledger, seal: Some(&seal) };
        let by_hand = |number: usize| change.sign(&vault.state.people[number].ledger).unwrap();
        let approval = match turn {
            0 => None,
            1 => Some(Approval::Codes { signature: forged.clone() }),
            2 => Some(Approval::Second { person: person(0), signature: by_hand(0) }),
            _ => Some(Approval::Second { person: person(1), signature: by_hand(0) }),
        };
        let enrols =
            Note::KeysEnrolled { person: newcomer.clone(), ledger: ledger.clone(), seal: seal.clone(), approval };
        vault.write_store_note(&vault.pen_of(&id).unwrap(), &enrols, AT, &Dice).unwrap();
        let faults = vault.verify(|_| {}).unwrap().faults;
        assert!(faults.iter().any(|fault| fault.what == FaultKind::BadNote), "{turn}: {faults:?}");
    }
}
