//! HALT: no picture comes out, and a frozen computer takes only what it must.

use trail_domain::event::capture::Exhibit;
use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::document::{DocumentKind, SignatureField};
use trail_domain::event::handing::HandOverVariant;
use trail_domain::event::release::Verdict;
use trail_domain::event::{Event, Turn};
use trail_domain::ids::Hash;
use trail_domain::procedure::freeze::TAKEN;
use trail_domain::procedure::{Command, Now, decide, gate, halt, marked, screen};
use trail_domain::refusal::{Refusal, RefusalCode};

use super::{Came, Held};
use crate::kept::{black, given, kept, numbered, window};
use crate::rolls::{handed, words_only};
use crate::tally::Tally;
use crate::walk::{NO_TWICE, PAGE, document, open, reviewers_for, sign};
use crate::world::words;

/// No permit is made, no picture kept, no form or volume made, signed, read or copied.
pub(super) fn no_image(came: &Came<'_>, tally: &mut Tally) -> Held {
    let events = &came.answer.events;
    if !came.stood.was_halted {
        let halts_now = events.iter().any(|event| matches!(event, Event::Halted { .. }));
        let has_pictures = came.world.case.exhibits().iter().any(|(_, _, exhibit)| !exhibit.files.is_empty());
        tally.notes("halted with pictures in it", u64::from(halts_now && has_pictures));
        return if halts_now { every_way_is_closed(came, tally) } else { Ok(()) };
    }
    if came.answer.permit_made {
        return Err("a capture permit was made");
    }
    events.iter().try_for_each(|event| handed_over(&came.world.case, event))?;
    if !came.stood.halted {
        return after_release(came, tally);
    }
    tally.note("tried under HALT");
    if came.answer.view.is_some() {
        return Err("a view permit was made");
    }
    if came.world.case.halt().is_none() {
        return released_by_two(came);
    }
    let referral = |sha256: &Hash| {
        let documents = came.world.case.documents().iter();
        documents.rev().any(|document| document.made.kind == DocumentKind::Referral && document.stands() == *sha256)
    };
    if events.iter().any(|event| matches!(event, Event::CopySaved { sha256, .. } if !referral(sha256))) {
        return Err("a copy of a form or volume was saved");
    }
    events.iter().try_for_each(no_picture)?;
    if events.is_empty() { Ok(()) } else { every_way_is_closed(came, tally) }
}

/// Asks for everything that holds a picture, as two people who may do all else; HALT alone must stand against it.
fn every_way_is_closed(came: &Came<'_>, tally: &mut Tally) -> Held {
    let (case, pack) = (&came.world.case, &came.world.school.pack);
    let (first, second) = reviewers_for(case);
    let company = [first.clone(), second.clone()];
    let now = came.world.school.now(came.world.at(), &first, &company);
    let mut probed = 0;
    let mut closed = |answer: Result<(), Refusal>, what: &'static str| {
        probed += 1;
        match answer {
            Err(refusal) if refusal.code() == RefusalCode::Halted => Ok(()),
            Err(_) => Err("something else than HALT stood in the way of a picture"),
            Ok(()) => Err(what),
        }
    };
    closed(halt::permit_view(case, &now).map(|_| ()), "a view permit could be made")?;
    let gate = gate::answer(case, pack, ExhibitKind::Page, PAGE, NO_TWICE, &now);
    closed(gate.map(|_| ()), "a capture permit could be made")?;
    let gate = gate::answer_for_file(case, pack, &given(), NO_TWICE, &now);
    closed(gate.map(|_| ()), "a permit to import could be made")?;
    let gate = gate::answer_for_screen(case, pack, &window(), NO_TWICE, &now);
    closed(gate.map(|_| ()), "a permit to shoot a window could be made")?;
    closed(screen::may_choose(case, pack, &now), "the names of windows could be asked for")?;
    let seen = case.exhibits().iter().flat_map(|(_, _, exhibit)| &exhibit.files);
    for file in seen {
        for marks in [black(), numbered(&[1])] {
            closed(marked::permit(case, &file.sha256, &marks, &now).map(|_| ()), "a picture could be drawn over")?;
        }
    }
    for permit in came.permits {
        let kept = kept(permit, case, true, &now);
        closed(kept.map(|_| ()), "a permit from before HALT could be used")?;
    }
    let ask = |command, now: &Now<'_>| decide(case, pack, command, now).map(|_| ());
    for kept in case.documents() {
        match kept.made.kind {
            DocumentKind::Referral => {}
            DocumentKind::Record | DocumentKind::Volume => {
                closed(halt::may_read(case, kept), "a form or volume could be read")?;
                closed(ask(Command::SaveCopy(kept.stands(), words("a stick")), &now), "a copy could be saved")?;
            }
        }
    }
    for kind in [DocumentKind::Record, DocumentKind::Volume] {
        closed(ask(Command::MakeDocument(document(kind, 90)), &now), "a form or volume could be made")?;
    }
    for variant in HandOverVariant::ALL {
        let given = Command::HandOver(Box::new(handed(case, variant)));
        closed(ask(given, &now), "a package could be handed over")?;
    }
    closed(ask(sign(case, SignatureField::First, &first), &now), "a form could be signed")?;
    closed(ask(open(&first, &second, 90), &now), "a session could be opened")?;
    for (_, _, exhibit) in case.exhibits() {
        let printed = Command::PrintExhibit(exhibit.mark.clone(), words("a folder"));
        closed(ask(printed, &now), "an exhibit could be put on paper")?;
        for file in &exhibit.files {
            closed(ask(Command::ViewPicture(file.sha256), &now), "a picture could be looked at")?;
        }
    }
    for salt in 1..4 {
        closed(ask(Command::KeepWords(words_only(salt)), &now), "an exhibit could be kept that is not an address")?;
    }
    tally.notes("asked for under HALT, and refused for it", probed);
    Ok(())
}

/// A case is released by two people who are signed in.
fn released_by_two(came: &Came<'_>) -> Held {
    let [Event::Turn(Turn::CaseReleased { release })] = came.answer.events.as_slice() else {
        return Err("HALT was lifted");
    };
    let here = came.company.contains(&release.with) && came.company.contains(came.by);
    if here && &release.with != came.by { Ok(()) } else { Err("one person released a case") }
}

/// After the release nothing is captured, only what it names is seen, and no volume from before HALT is read.
fn after_release(came: &Came<'_>, tally: &mut Tally) -> Held {
    let case = &came.world.case;
    let captures = |event: &Event| {
        let picture = matches!(event, Event::ExhibitKept { exhibit, .. } if !exhibit.files.is_empty());
        picture || matches!(event, Event::SessionOpened { .. } | Event::GateAnswered { .. })
    };
    if came.answer.events.iter().any(captures) {
        return Err("the review went on after HALT");
    }
    for kept in case.documents() {
        let before = case.last_halt().is_some_and(|halt| kept.stamp.seq < halt.stamp.seq);
        if before && kept.made.kind == DocumentKind::Volume && halt::may_read(case, kept).is_ok() {
            return Err("a volume from before HALT could be read");
        }
    }
    let release = case.release().map(|(_, release)| release);
    let named = |mark| release.is_some_and(|of| of.verdict == Verdict::NotIllegal && of.exhibits.contains(mark));
    for event in &came.answer.events {
        let Event::Turn(Turn::ExhibitViewed { mark, .. } | Turn::ExhibitPrinted { mark, .. }) = event else { continue };
        tally.note("shown or printed after a release");
        let has_files = |exhibit: &Exhibit| &exhibit.mark == mark && !exhibit.files.is_empty();
        if case.exhibits().iter().any(|(_, _, exhibit)| has_files(exhibit)) && !named(mark) {
            return Err("a sealed picture was shown, or put on paper");
        }
    }
    let Some(view) = &came.answer.view else { return Ok(()) };
    if release.is_none() {
        return Err("a view permit was made");
    }
    for (_, _, exhibit) in case.exhibits() {
        for file in &exhibit.files {
            tally.notes("seen again after a release", u64::from(view.allows(&file.sha256)));
            if view.allows(&file.sha256) && !named(&exhibit.mark) {
                return Err("a sealed picture may be seen");
            }
        }
    }
    Ok(())
}

/// Refuses an event that would add, sign or bind a picture, or go on with the review.
fn no_picture(event: &Event) -> Held {
    if matches!(event, Event::ExhibitKept { exhibit, .. } if !exhibit.files.is_empty()) {
        return Err("an exhibit with files was kept");
    }
    if matches!(event, Event::DocumentMade { document } if document.kind != DocumentKind::Referral) {
        return Err("a form or volume was made");
    }
    if matches!(event, Event::DocumentSigned { signed } if signed.kind != DocumentKind::Referral) {
        return Err("a form or volume was signed");
    }
    if matches!(event, Event::Turn(Turn::ExhibitViewed { .. } | Turn::ExhibitPrinted { .. })) {
        return Err("a picture was shown, or put on paper");
    }
    if matches!(event, Event::SessionOpened { .. } | Event::GateAnswered { .. }) {
        return Err("the review went on");
    }
    Ok(())
}

/// A package holds no picture of a case that was ever halted, and no form of one that is.
fn handed_over(case: &trail_domain::case::Case, event: &Event) -> Held {
    let Event::Turn(Turn::HandedOver { hand_over }) = event else { return Ok(()) };
    if case.halt().is_some() {
        return Err("a package was handed over under HALT");
    }
    let volume = |sha256: &Hash| {
        let mut volumes = case.documents().iter().filter(|document| document.made.kind == DocumentKind::Volume);
        volumes.any(|document| document.stands() == *sha256)
    };
    let holds = !hand_over.pictures.is_empty() || hand_over.documents.iter().any(volume);
    if case.was_halted() && holds { Err("a package holds pictures of a case that was halted") } else { Ok(()) }
}

/// From HALT until the computer is released, in whichever case.
pub(super) fn frozen(came: &Came<'_>, tally: &mut Tally) -> Held {
    if !came.stood.frozen {
        return Ok(());
    }
    tally.note(if came.answer.events.is_empty() {
        "not taken by a frozen computer"
    } else {
        "taken by a frozen computer"
    });
    if came.answer.permit_made {
        return Err("a capture permit was made on a frozen computer");
    }
    if came.answer.leave.is_some() {
        return Err("leave to destroy was given on a frozen computer");
    }
    let is_taken = |event: &Event| TAKEN.contains(&event.kind());
    if came.answer.events.iter().all(is_taken) { Ok(()) } else { Err("a frozen computer took something else") }
}
