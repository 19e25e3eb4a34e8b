//! What the sources say in prose: ways, cases, log columns, agencies, grounds, monitoring, rules.

use super::*;

fn ids<'a, T: 'a>(entries: &'a [T], id: impl Fn(&'a T) -> &'a str) -> Vec<&'a str> {
    entries.iter().map(id).collect()
}

/// Clauses 8.1 to 8.3: safeguarding procedures; head, advice, police, discipline; head or senior leader, talk,
/// training, discipline for employees or the behaviour policy for pupils.
#[test]
fn the_three_ways_of_the_birmingham_pattern() {
    let both = ["safeguarding-procedures", "headteacher", "senior-leadership", "advice", "police"];
    let pupils = [&both[..], &["training", "behaviour-policy"]].concat();
    let staff = [&both[..], &["management-talk", "training", "disciplinary-action"]].concat();
    let ways =
        |third: &'static [usize], second: &'static [usize]| [("(8.1)", &[1][..]), ("(8.2)", second), ("(8.3)", third)];
    reads("st-laurence-birmingham", "pupils", &pupils, &ways(&[2, 3, 6, 7], &[2, 4, 5]));
    reads("st-laurence-birmingham", "staff", &staff, &ways(&[2, 3, 6, 7, 8], &[2, 4, 5, 8]));
    let pack = pack("st-laurence-birmingham");
    let routes =
        ["child-protection", "other-illegal", "other-inappropriate"].map(|id| pack.category(id).unwrap().route());
    assert_eq!(routes, [Route::ChildProtection, Route::AdviceFirst, Route::School]);
    assert_eq!(pack.step("kind-decided").unwrap().clause(), "8.1; 8.2; 8.3");
    assert_eq!(pack.review().who().collect::<Vec<_>>(), ["Head teacher", "Senior leadership team"]);
}

#[test]
fn the_cases_of_the_junior_pattern() {
    let pupils = [
        "e-safety-log",
        "e-safety-coordinator",
        "safeguarding-lead",
        "ict-service",
        "keep-evidence",
        "agencies",
        "police",
        "inform-parents",
        "hold-device",
        "behaviour-policy",
        "legal-action",
    ];
    let rows: [Read; 9] = [
        ("distasteful", &[1, 2, 4]),
        ("safeguarding", &[3]),
        ("password", &[2]),
        ("victimises", &[1, 10]),
        ("outside school", &[1, 8, 10]),
        ("malicious", &[5]),
        ("particularly disturbing", &[5, 7]),
        ("support", &[6, 7]),
        ("phones", &[8, 9]),
    ];
    reads("victoria-park", "pupils", &pupils, &rows);
    let staff = [
        "e-safety-log",
        "e-safety-coordinator",
        "senior-leadership",
        "ict-service",
        "agencies",
        "police",
        "disciplinary-action",
        "legal-action",
    ];
    let rows: [Read; 7] = [
        ("Suspected misuse", &[2, 3]),
        ("colleague", &[3, 5]),
        ("Unlawful", &[7, 8]),
        ("distasteful", &[1, 2, 4]),
        ("password", &[2]),
        ("particularly disturbing", &[6]),
        ("support", &[5, 6]),
    ];
    reads("victoria-park", "staff", &staff, &rows);
    let pack = pack("victoria-park");
    assert!(pack.log().outside_school(), "the log has incidents outside school");
    assert!(pack.step("malicious-mail-kept").unwrap().instruction().contains("never delete"));
    for step in ["reported-to-ict-service", "filter-change-requested", "backup-checked"] {
        assert!(pack.step(step).is_some(), "{step}");
    }
    assert_eq!(pack.review().every(), Every::Year);
}

#[test]
fn the_cases_of_the_hertfordshire_pattern() {
    let pupils = [
        "incident-log",
        "e-safety-coordinator",
        "headteacher",
        "withdraw-access",
        "behaviour-policy",
        "pupil-support",
        "inform-parents",
        "hold-device",
        "second-form",
        "liaison-officer",
        "police",
        "outside-agencies",
    ];
    let rows: [Read; 7] = [
        ("conditions", &[1, 4, 5, 7, 12]),
        ("Breaking into", &[2, 3]),
        ("Cyberbullying", &[1, 9]),
        ("by accident", &[2]),
        ("on purpose", &[1, 3, 11]),
        ("harmed", &[6, 7, 8, 10]),
        ("member of staff", &[1, 5, 7, 11]),
    ];
    reads("beechfield-hertfordshire", "pupils", &pupils, &rows);
    let staff = [
        "incident-log",
        "e-safety-coordinator",
        "headteacher",
        "withdraw-access",
        "hr-advice",
        "disciplinary-action",
        "suspension",
        "dismissal",
        "lado",
        "police",
        "prosecution",
    ];
    let rows: [Read; 8] = [
        ("conditions", &[1, 4, 6, 8, 11]),
        ("Breaking into", &[2, 3]),
        ("by accident", &[2]),
        ("material on purpose", &[1, 3, 7, 8, 10]),
        ("social networking", &[6, 8]),
        ("harmed a child", &[9]),
        ("None of the criteria", &[5, 6]),
        ("colleague", &[1, 3, 5]),
    ];
    reads("beechfield-hertfordshire", "staff", &staff, &rows);
    let pack = pack("beechfield-hertfordshire");
    let columns = ids(pack.log().columns(), Column::id);
    assert_eq!(columns, ["date-and-time", "name", "sex", "room-and-device", "details", "actions-and-reasons"]);
    assert_eq!(pack.log().source_note(), None, "the columns are the source's");
    assert_eq!((pack.review().every(), pack.review().who().len()), (Every::Term, 3));
    let form = &pack.second_forms()[0];
    assert!(form.is_for("cyberbullying") && !form.is_for("gambling-or-gaming"));
    assert!(pack.step("concern-reported").unwrap().instruction().contains("Nobody explores the material further"));
}

#[test]
fn police_grounds_stand_in_the_order_of_the_sources() {
    let template = ["grooming", "obscene-to-child", "obscene-publication", "racist-material", "other-crime"];
    for id in ["swgfl-template", "durants"] {
        assert_eq!(ids(pack(id).police_grounds(), Ground::id), template, "{id}");
    }
    let six = ["grooming", "obscene-to-child", "obscene-publication", "racist-material", "extremism", "other-crime"];
    assert_eq!(ids(pack("st-joseph").police_grounds(), Ground::id), six);
    for id in ["st-laurence-birmingham", "victoria-park", "beechfield-hertfordshire"] {
        let pack = pack(id);
        let own = pack.police_grounds().iter().filter(|ground| ground.source_note().is_none()).count();
        let figure = if id == "victoria-park" { 3 } else { 1 };
        assert_eq!(own, figure, "{id}: grounds of the source itself");
        assert!(template[..4].iter().all(|ground| pack.police_grounds().iter().any(|own| own.id() == *ground)), "{id}");
    }
}

#[test]
fn agencies_are_those_of_the_sources() {
    for (id, agencies) in [
        ("durants", &["la-ict-manager", "la-safeguarding-officer", "police", "parents"][..]),
        ("st-joseph", &["parents", "governors", "police", "lado"]),
        ("st-laurence-birmingham", &["safeguarding-partnership", "advisers", "police", "local-authority"]),
        ("victoria-park", &["la-ict-service", "police", "relevant-authority", "parents"]),
    ] {
        assert_eq!(ids(pack(id).agencies(), Agency::id), agencies, "{id}");
    }
    let pack = pack("st-joseph");
    let police = pack.agencies().iter().find(|agency| agency.id() == "police").unwrap();
    assert!(police.how().contains("community support officer"));
}

#[test]
fn the_template_packs_have_its_seven_steps_and_its_rules_for_media() {
    for id in ["swgfl-template", "durants", "st-joseph"] {
        let pack = pack(id);
        for step in 1..=7 {
            let clause = format!("Other incidents, step {step}");
            assert!(pack.steps().iter().any(|entry| entry.clause().starts_with(&clause)), "{id}: no step has {clause}");
        }
        let media = ids(pack.removable_media(), MediaRule::id);
        assert_eq!(media, ["encrypted", "device-password", "virus-check", "wiped"], "{id}");
    }
}

#[test]
fn the_primary_pattern_reports_breaches_and_answers_requests() {
    let pack = pack("st-joseph");
    let clock = &pack.clocks()[0];
    assert_eq!((clock.id(), clock.limit(), clock.starts_on()), ("ico", Limit::Hours(72), StartsOn::DataBreach));
    assert!(pack.step("subject-access").is_some() && pack.step("data-breach-reported").is_some());
    assert_eq!(pack.review().every(), Every::Term);
    assert!(pack.review().urgent().unwrap().contains("at once"));
    assert!(pack.review().who().any(|who| who == "Governors"));
}

#[test]
fn every_pack_has_what_a_case_asks_of_it() {
    for pack in packs() {
        let id = pack.id();
        assert_eq!(pack.step_for(Stage::Group).unwrap().safeguard(), Some(Safeguard::TwoPeople), "{id}");
        assert!(pack.steps().iter().any(|step| step.id() == "harm-test" && !step.required()), "{id}");
        assert_eq!(pack.isolation().len(), 8, "{id}");
        let outcomes = ids(pack.outcomes(), Outcome::id);
        let staff = ["substantiated", "malicious", "false", "unsubstantiated", "unfounded"];
        assert_eq!(outcomes[..3], ["substance", "no-substance", "not-enough-to-tell"], "{id}");
        assert_eq!(outcomes[3..], staff, "{id}");
        assert_eq!(pack.retention().years(), 6, "{id}");
        assert_eq!(pack.version(), 1, "{id}");
        assert!(pack.based_on().is_none(), "{id}");
    }
}
