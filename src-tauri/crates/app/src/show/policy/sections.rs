//! The parts of a policy in the order in which they are read, and what stands above every policy.

use trail_domain::pack::{
    CaptureRule, Category, Clock, Every, Legal, Limit, National, PolicyPack, Rating, Risk, Route, Safeguard, StartsOn,
    Step,
};

use crate::phrases::Phrases;
use crate::show::{dates, fact};
use crate::wire::case::Fact;
use crate::wire::policy::{PolicyRow, PolicySection};

/// The parts of a policy. Tables and charts are parts without entries here: they have shapes of their own.
pub(crate) fn sections(pack: &PolicyPack, national: &National, phrases: &Phrases) -> Vec<PolicySection> {
    let part = Part { phrases };
    let mut all = vec![
        part.of("about").with_facts(terms(pack)),
        part.of("categories").with_columns(phrases, 5).with_rows(pack.categories(), |one| category(one, phrases)),
        part.of("grounds").with_rows(pack.police_grounds(), |one| row([one.label()], one.source_note())),
        part.of("steps").with_columns(phrases, 5).with_rows(pack.steps(), |one| step(one, phrases)),
        part.of("charts"),
        part.of("pupils"),
        part.of("staff"),
        part.of("outcomes").with_rows(pack.outcomes(), |one| row([one.label()], one.source_note())),
        part.of("agencies")
            .with_columns(phrases, 3)
            .with_rows(pack.agencies(), |one| row([one.name(), one.when(), one.how()], one.source_note())),
        part.of("clocks").with_columns(phrases, 4).with_rows(pack.clocks(), |one| clock(one, phrases)),
        part.of("isolation").numbered().with_rows(pack.isolation(), |one| row([one.label()], one.source_note())),
        part.of("media").with_rows(pack.removable_media(), |one| row([one.label()], one.source_note())),
        part.of("second-forms")
            .with_columns(phrases, 2)
            .with_rows(pack.second_forms(), |one| row([one.name(), one.when()], one.source_note())),
        log(&part, pack, phrases),
        review(&part, pack, phrases),
        retention(&part, pack),
    ];
    all.retain(|section| !["media", "second-forms"].contains(&section.id.as_str()) || !section.rows.is_empty());
    all.push(above(&part, national, phrases));
    all
}

/// Makes parts with their words.
struct Part<'a> {
    phrases: &'a Phrases,
}

impl Part<'_> {
    fn of(&self, id: &str) -> PolicySection {
        PolicySection {
            id: id.to_owned(),
            title: self.phrases.say(&format!("policy.section.{id}.title"), &[]),
            lead: self.phrases.say(&format!("policy.section.{id}.lead"), &[]),
            facts: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            numbered: false,
        }
    }
}

impl PolicySection {
    fn with_facts(self, facts: Vec<Fact>) -> Self {
        Self { facts, ..self }
    }

    fn numbered(self) -> Self {
        Self { numbered: true, ..self }
    }

    /// The heads of its columns, so many of them.
    fn with_columns(self, phrases: &Phrases, columns: usize) -> Self {
        let heads =
            (1..=columns).map(|column| phrases.say(&format!("policy.section.{}.columns.{column}", self.id), &[]));
        Self { columns: heads.collect(), ..self }
    }

    fn with_rows<T>(self, entries: &[T], row: impl Fn(&T) -> PolicyRow) -> Self {
        Self { rows: entries.iter().map(row).collect(), ..self }
    }
}

fn row<const N: usize>(cells: [&str; N], note: Option<&str>) -> PolicyRow {
    PolicyRow { cells: cells.map(ToOwned::to_owned).to_vec(), note: note.map(ToOwned::to_owned) }
}

fn terms(pack: &PolicyPack) -> Vec<Fact> {
    vec![
        fact("A pupil is called", pack.terms().pupil()),
        fact("The headteacher is called", pack.terms().head()),
        fact("Marking on every page", pack.marking()),
    ]
}

fn category(category: &Category, phrases: &Phrases) -> PolicyRow {
    let say = |of: &str, id: &str| phrases.say(&format!("policy.{of}.{id}"), &[]);
    let rating = match category.rating() {
        Rating::Acceptable => "acceptable",
        Rating::CertainTimes => "certain-times",
        Rating::NominatedUsers => "nominated-users",
        Rating::Unacceptable => "unacceptable",
        Rating::Illegal => "illegal",
    };
    let route = match category.route() {
        Route::ChildProtection => "child-protection",
        Route::PoliceFirst => "police-first",
        Route::AdviceFirst => "advice-first",
        Route::School => "school",
    };
    let capture = match category.capture() {
        CaptureRule::Allowed => "allowed",
        CaptureRule::Forbidden => "forbidden",
    };
    let legal = category.legal().map(|legal| match legal {
        Legal::IndecentImages => "indecent-images",
        Legal::ProhibitedImages => "prohibited-images",
        Legal::ExtremePornography => "extreme-pornography",
        Legal::Grooming => "grooming",
        Legal::RacialHatred => "racial-hatred",
        Legal::Terrorism => "terrorism",
    });
    let risk = category.risk().map(|risk| match risk {
        Risk::Content => "content",
        Risk::Contact => "contact",
        Risk::Conduct => "conduct",
    });
    let law: Vec<String> =
        [category.statute().map(ToOwned::to_owned), legal.map(|id| say("legal", id))].into_iter().flatten().collect();
    let label =
        risk.map_or_else(|| category.label().to_owned(), |id| format!("{} ({})", category.label(), say("risk", id)));
    let law = if law.is_empty() { say("legal", "none") } else { law.join(". ") };
    row([&label, &say("rating", rating), &say("route", route), &say("capture", capture), &law], category.source_note())
}

fn step(step: &Step, phrases: &Phrases) -> PolicyRow {
    let stage = phrases.say(&format!("stage.{}.title", step.stage().id()), &[]);
    let mut instruction = step.instruction().to_owned();
    if let Some(safeguard) = step.safeguard() {
        let id = match safeguard {
            Safeguard::TwoPeople => "two-people",
            Safeguard::SubjectExcluded => "subject-excluded",
            Safeguard::Gate => "gate",
            Safeguard::Hold => "hold",
        };
        let floor = phrases.say(&format!("policy.floor.{id}"), &[]);
        instruction = format!("{instruction} {}", phrases.say("policy.safeguard", &[("floor", floor.as_str())]));
    }
    let required = if step.required() { "Yes" } else { "No" };
    let stage = format!("{}. {stage}", step.stage().number());
    row([step.title(), &stage, &instruction, required, step.clause()], step.source_note())
}

fn clock(clock: &Clock, phrases: &Phrases) -> PolicyRow {
    let starts = match clock.starts_on() {
        StartsOn::ChildNotSafe => "child-not-safe",
        StartsOn::ChildMayBeHarmed => "child-may-be-harmed",
        StartsOn::AllegationAgainstStaff => "allegation-against-staff",
        StartsOn::DataBreach => "data-breach",
    };
    let limit = match clock.limit() {
        Limit::AtOnce => "At once".to_owned(),
        Limit::Hours(1) => "1 hour".to_owned(),
        Limit::Hours(hours) => format!("{hours} hours"),
        Limit::WorkingDays(1) => "1 working day".to_owned(),
        Limit::WorkingDays(days) => format!("{days} working days"),
    };
    let checked = dates::written_day(&clock.checked().to_string());
    let source = format!("{}. Checked {checked}", clock.source().trim_end_matches('.'));
    row([&limit, clock.says(), &phrases.say(&format!("policy.starts-on.{starts}"), &[]), &source], clock.source_note())
}

fn log(part: &Part<'_>, pack: &PolicyPack, phrases: &Phrases) -> PolicySection {
    let log = pack.log();
    let outside = if log.outside_school() { "policy.outside-school.yes" } else { "policy.outside-school.not-said" };
    let facts = vec![fact("Incidents outside school", phrases.say(outside, &[]))];
    part.of("log")
        .with_facts(noted(facts, log.source_note()))
        .numbered()
        .with_rows(log.columns(), |one| row([one.label()], one.source_note()))
}

fn review(part: &Part<'_>, pack: &PolicyPack, phrases: &Phrases) -> PolicySection {
    let review = pack.review();
    let every = match review.every() {
        Every::Term => "term",
        Every::Month => "month",
        Every::Year => "year",
    };
    let who: Vec<&str> = review.who().collect();
    let mut facts =
        vec![fact("How often", phrases.say(&format!("policy.every.{every}"), &[])), fact("Who looks", who.join("; "))];
    facts.extend(review.urgent().map(|urgent| fact("Without waiting for it", urgent)));
    part.of("review").with_facts(noted(facts, review.source_note()))
}

fn retention(part: &Part<'_>, pack: &PolicyPack) -> PolicySection {
    let retention = pack.retention();
    let years = if retention.years() == 1 { "1 year".to_owned() } else { format!("{} years", retention.years()) };
    let facts = vec![fact("Looked at again after", years), fact("Rule", retention.rule().as_str())];
    part.of("retention").with_facts(noted(facts, retention.source_note()))
}

fn noted(mut facts: Vec<Fact>, note: Option<&str>) -> Vec<Fact> {
    facts.extend(note.map(|note| fact("Source note", note)));
    facts
}

/// What stands above every policy.
fn above(part: &Part<'_>, national: &National, phrases: &Phrases) -> PolicySection {
    // A rule names no source that is not there: the overlay would not parse.
    let title =
        |id: &str| national.sources().iter().find(|source| source.id() == id).map_or("", |source| source.title());
    let mut facts = vec![
        fact("What it is called", national.title()),
        fact("Its date", dates::written_day(&national.date().to_string())),
    ];
    facts.extend(national.sources().iter().map(|source| {
        let checked = dates::written_day(&source.checked().to_string());
        let note = source.source_note().map_or_else(String::new, |note| format!(" {note}"));
        fact(source.title(), format!("{}. Checked {checked}.{note}", source.publisher()))
    }));
    facts.push(fact("Bank holidays", national.calendar_source()));
    part.of("national")
        .with_facts(facts)
        .with_columns(phrases, 2)
        .with_rows(national.rules(), |rule| row([rule.says(), title(rule.source())], None))
}
