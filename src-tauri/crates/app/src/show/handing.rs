//! Hand-overs as their page shows them.

use trail_domain::case::HandedOver;
use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::handing::{Delivery, HandOverEnd, HandOverVariant};
use trail_domain::procedure::handing;
use trail_domain::refusal::RefusalCode;
use trail_seal::form::handing::Delivered;

use super::{Scene, dates, people, sizes};
use crate::wire::case::Choice;
use crate::wire::handing::{HandOverRow, HandOversView};

/// The ways to deliver a package, each with its id.
pub(crate) const DELIVERIES: [(&str, Delivered); 3] =
    [("bag", Delivered::Folder), ("zip", Delivered::Zip), ("loose", Delivered::Loose)];

/// What can be handed over, and what was.
pub(crate) fn view(scene: &Scene<'_>) -> HandOversView {
    HandOversView {
        variants: HandOverVariant::ALL.iter().map(|variant| choice(scene, *variant)).collect(),
        redacted: redacted().map(|variant| variant_id(variant).to_owned()).collect(),
        deliveries: DELIVERIES.iter().map(|(id, _)| delivery(scene, id)).collect(),
        people: handing::people(scene.case).iter().map(ToString::to_string).collect(),
        drawn_over: drawn_over(scene),
        rows: scene.case.hand_overs().iter().rev().map(|known| row(scene, known)).collect(),
    }
}

/// The id of a kind of package.
pub(crate) fn variant_id(variant: HandOverVariant) -> &'static str {
    match variant {
        HandOverVariant::Police => "police",
        HandOverVariant::Lado => "lado",
        HandOverVariant::LocalAuthority => "local-authority",
        HandOverVariant::Headteacher => "headteacher",
        HandOverVariant::SubjectAccess => "subject-access",
    }
}

fn choice(scene: &Scene<'_>, variant: HandOverVariant) -> Choice {
    let id = variant_id(variant);
    let say = |part: &str| scene.phrases.say(&format!("hand-over.{id}.{part}"), &[]);
    let refused = handing::may_hand_over(scene.case, variant).err().map(|refusal| {
        let code = refusal.code();
        if code == RefusalCode::Halted {
            scene.phrases.say("hand-over.halted", &[])
        } else if code == RefusalCode::FormFirst {
            scene.phrases.say("hand-over.no-form", &[])
        } else {
            scene.phrases.say(&format!("refusal.{code}.happened"), &[])
        }
    });
    Choice { id: id.to_owned(), label: say("label"), hint: Some(say("hint")), refused }
}

fn redacted() -> impl Iterator<Item = HandOverVariant> {
    HandOverVariant::ALL.into_iter().filter(|variant| handing::is_redacted(*variant))
}

fn delivery(scene: &Scene<'_>, id: &str) -> Choice {
    let say = |part: &str| scene.phrases.say(&format!("delivery.{id}.{part}"), &[]);
    Choice { id: id.to_owned(), label: say("label"), hint: Some(say("hint")), refused: None }
}

/// The pictures that a redacted package may hold.
fn drawn_over(scene: &Scene<'_>) -> Vec<Choice> {
    if scene.case.was_halted() {
        return Vec::new();
    }
    let exhibits = scene.case.exhibits().iter().map(|(_, _, exhibit)| exhibit);
    let choice = |exhibit: &trail_domain::event::capture::Exhibit| Choice {
        id: exhibit.mark.to_string(),
        label: format!("{}, {}", exhibit.mark, exhibit.title),
        hint: Some(exhibit.nature.to_string()),
        refused: None,
    };
    exhibits.filter(|exhibit| exhibit.kind == ExhibitKind::Marked).map(choice).collect()
}

fn delivered(scene: &Scene<'_>, delivery: &Delivery) -> String {
    match delivery {
        Delivery::Bag => scene.phrases.say("delivered.bag", &[]),
        Delivery::Zip { sha256, bytes } => {
            let (size, sum) = (sizes::words(*bytes), sha256.to_string());
            scene.phrases.say("delivered.zip", &[("size", &size), ("sha256", &sum)])
        }
        Delivery::Loose { left_out } if left_out.is_empty() => scene.phrases.say("delivered.loose", &[]),
        Delivery::Loose { left_out } => {
            let sums: Vec<String> = left_out.iter().map(ToString::to_string).collect();
            scene.phrases.say("delivered.in-part", &[("sha256", &sums.join(", "))])
        }
    }
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
        delivered: delivered(scene, &given.delivery),
        named: given.named.iter().map(ToString::to_string).collect(),
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
