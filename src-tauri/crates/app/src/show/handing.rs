//! Hand-overs as their page shows them.

use trail_domain::case::HandedOver;
use trail_domain::event::handing::{HandOverEnd, HandOverVariant};

use super::{Scene, dates, people, sizes};
use crate::wire::case::Choice;
use crate::wire::handing::{HandOverRow, HandOversView};

/// Every kind of package.
pub(crate) const VARIANTS: [HandOverVariant; 3] =
    [HandOverVariant::Police, HandOverVariant::Lado, HandOverVariant::Headteacher];

/// What can be handed over, and what was.
pub(crate) fn view(scene: &Scene<'_>) -> HandOversView {
    HandOversView {
        variants: VARIANTS.iter().map(|variant| choice(scene, *variant)).collect(),
        rows: scene.case.hand_overs().iter().rev().map(|known| row(scene, known)).collect(),
    }
}

/// The id of a kind of package.
pub(crate) fn variant_id(variant: HandOverVariant) -> &'static str {
    match variant {
        HandOverVariant::Police => "police",
        HandOverVariant::Lado => "lado",
        HandOverVariant::Headteacher => "headteacher",
    }
}

fn choice(scene: &Scene<'_>, variant: HandOverVariant) -> Choice {
    let id = variant_id(variant);
    let say = |part: &str| scene.phrases.say(&format!("hand-over.{id}.{part}"), &[]);
    let refused = if scene.case.halt().is_some() {
        Some(scene.phrases.say("hand-over.halted", &[]))
    } else if variant == HandOverVariant::Headteacher && scene.case.form().is_none() {
        Some(scene.phrases.say("hand-over.no-form", &[]))
    } else {
        None
    };
    Choice { id: id.to_owned(), label: say("label"), hint: Some(say("hint")), refused }
}

fn row(scene: &Scene<'_>, known: &HandedOver) -> HandOverRow {
    let given = &known.given;
    let ended = known.ended.iter().map(|(stamp, how, words)| {
        let how = scene.phrases.say(&format!("hand-over.ended.{}", end_id(*how)), &[]);
        format!("{how}: {words} ({}, {})", dates::full(stamp.at), people::name(scene.register, &stamp.by))
    });
    let is_over = |(_, how, _): &(_, HandOverEnd, _)| matches!(how, HandOverEnd::Wiped | HandOverEnd::NotWritten);
    HandOverRow {
        number: given.number,
        variant: scene.phrases.say(&format!("hand-over.{}.label", variant_id(given.variant)), &[]),
        to: format!("{}, {}", given.to, given.organisation),
        reference: given.reference.to_string(),
        medium: format!("{}; serial number: {}", given.medium, given.serial),
        made: format!("{} by {}", dates::full(known.stamp.at), people::name(scene.register, &known.stamp.by)),
        name: given.name.clone(),
        size: format!("{} files, {}", given.files, sizes::words(given.bytes)),
        ended: ended.collect(),
        returned: known.ended.iter().any(|(_, how, _)| *how == HandOverEnd::Returned),
        over: known.ended.iter().any(is_over),
    }
}

fn end_id(how: HandOverEnd) -> &'static str {
    match how {
        HandOverEnd::Returned => "returned",
        HandOverEnd::Wiped => "wiped",
        HandOverEnd::NotWritten => "not-written",
    }
}
