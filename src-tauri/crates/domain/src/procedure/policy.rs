//! Taking a policy into use: the head, or who stands in for sign-off, answers for it with their own key. Open cases
//! keep theirs.

use crate::event::Event;
use crate::event::keeping::PolicyAdopted;
use crate::pack::{PolicyPack, Stage};
use crate::people::Standing;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::Now;
use super::freeze::not_frozen;

/// What to record where a policy is taken into use: its text, where the store does not keep it yet, and the act.
///
/// # Errors
/// - If who acts is not signed in.
/// - If a HALT stands on this computer.
/// - If who acts is neither the head nor who stands in for sign-off, or was removed.
/// - If this very text is in use.
pub fn adopt(pack: &PolicyPack, reason: Words, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    if !now.is_signed_in(now.by) {
        return Err(refuse(RefusalCode::NotSignedIn));
    }
    not_frozen(now.register)?;
    may_adopt(now)?;
    let reference = pack.reference();
    let Some(before) = now.register.pack().filter(|before| **before != reference) else {
        return Err(refuse(RefusalCode::AlreadyDone));
    };
    let kept = now.register.kept_packs().iter().any(|(kept, _)| *kept == reference);
    let text = (!kept).then(|| Event::PackKept { pack: reference.clone(), text: pack.text().to_owned() });
    let adopted = PolicyAdopted { pack: reference, version: pack.version(), before: before.clone(), reason };
    Ok(text.into_iter().chain([Event::PolicyAdopted { adopted }]).collect())
}

/// Whether who acts may take a policy into use at all.
///
/// # Errors
/// - If they are neither the head nor who stands in for sign-off, or were removed.
pub fn may_adopt(now: &Now<'_>) -> Result<(), Refusal> {
    let standing = now.register.person(now.by).map(|person| person.standing);
    let may = matches!(standing, Some(Standing::Head | Standing::Deputy)) && !now.register.is_removed(now.by);
    if may { Ok(()) } else { Err(refuse(RefusalCode::HeadOnly)) }
}

const fn refuse(code: RefusalCode) -> Refusal {
    Refusal::new(code, Stage::SignOff)
}
