//! Charts hang together: every way leads to a box, every box is reached, every chart ends, and every way can be taken.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// A chart: its id, and how many boxes and ways it has.
type Counted = (&'static str, usize, usize);

/// The charts of each pack, in order.
const CHARTS: [(&str, &[Counted]); 6] = [
    ("swgfl-template", &[("triage", 10, 12)]),
    ("durants", &[("triage", 10, 12)]),
    ("st-joseph", &[("triage", 10, 12)]),
    ("st-laurence-birmingham", &[("triage", 10, 12), ("three-way-routing", 17, 16)]),
    ("victoria-park", &[("triage", 10, 12)]),
    (
        "beechfield-hertfordshire",
        &[
            ("triage", 10, 12),
            ("illegal-incident", 9, 8),
            ("managing-an-incident", 14, 15),
            ("lado-criteria", 7, 9),
            ("accidental-or-deliberate", 4, 3),
            ("staff-as-victims", 24, 26),
            ("cross-recording", 4, 3),
        ],
    ),
];

#[test]
fn each_pack_has_its_charts() {
    for (id, charts) in CHARTS {
        let pack = pack(id);
        let found: Vec<_> =
            pack.charts().iter().map(|chart| (chart.id(), chart.nodes().len(), chart.edges().len())).collect();
        assert_eq!(found, charts, "{id}");
    }
}

#[test]
fn every_way_leads_to_a_box_every_box_is_reached_and_every_chart_ends() {
    for pack in packs() {
        for chart in pack.charts() {
            let name = format!("{} {}", pack.id(), chart.id());
            let ids: BTreeSet<&str> = chart.nodes().iter().map(Node::id).collect();
            for edge in chart.edges() {
                assert!(ids.contains(edge.from()) && ids.contains(edge.to()), "{name}: {} {}", edge.from(), edge.to());
            }
            let mut reached = BTreeSet::from([chart.nodes()[0].id()]);
            let mut ended = BTreeSet::new();
            for _ in &ids {
                for edge in chart.edges() {
                    if reached.contains(edge.from()) {
                        reached.insert(edge.to());
                    }
                }
                for id in &ids {
                    let mut ways = chart.ways_from(id).peekable();
                    if ways.peek().is_none() || ways.any(|way| ended.contains(way.to())) {
                        ended.insert(*id);
                    }
                }
            }
            assert_eq!(reached, ids, "{name}: not reached");
            assert_eq!(ended, ids, "{name}: never ends");
        }
    }
}

#[test]
fn triage_has_its_three_exits_in_every_pack() {
    for pack in packs() {
        let exits: BTreeMap<&str, &str> = pack
            .chart(TRIAGE)
            .unwrap()
            .nodes()
            .iter()
            .filter_map(|node| node.exit().map(|exit| (exit.id(), node.id())))
            .collect();
        let expected = ["illegal-route", "log-only", "other-incidents"].map(|exit| (exit, exit));
        assert_eq!(exits, BTreeMap::from(expected), "{}", pack.id());
    }
}

/// The facts that the record holds lead to the box where the case stands; what it does not hold stops the way.
#[test]
fn a_case_stands_where_its_facts_lead() {
    let pack = pack("swgfl-template");
    let chart = pack.chart(TRIAGE).unwrap();
    let stands = |facts: &[(Fact, bool)]| {
        let known = |fact| facts.iter().find(|(known, _)| *known == fact).map(|(_, holds)| *holds);
        chart.walk(|from| chart.next(from, known)).last().map(|node| node.id())
    };
    let (safe, legal) = ((Fact::ChildNotSafe, false), (Fact::Illegal, false));
    let (pupil, settled) = ((Fact::WorksWithChildren, false), (Fact::LogOnly, true));
    for (facts, node) in [
        (&[][..], "immediate-risk"),
        (&[(Fact::ChildNotSafe, true)], "illegal"),
        (&[safe, (Fact::Illegal, true)], "illegal-route"),
        (&[safe, legal], "works-with-children"),
        (&[safe, legal, (Fact::WorksWithChildren, true)], "lado"),
        (&[safe, legal, (Fact::WorksWithChildren, true), (Fact::HarmTestNotMet, false)], "other-incidents"),
        (&[safe, legal, (Fact::WorksWithChildren, true), (Fact::HarmTestNotMet, true), settled], "log-only"),
        (&[safe, legal, pupil], "settled"),
        (&[safe, legal, pupil, settled], "log-only"),
        (&[safe, legal, pupil, (Fact::LogOnly, false)], "other-incidents"),
    ] {
        assert_eq!(stands(facts), Some(node), "{facts:?}");
    }
    let known = |fact| Some(fact == Fact::ChildNotSafe || fact == Fact::Illegal);
    let past = chart.walk(|from| chart.next(from, known));
    let past: Vec<_> = past.iter().map(|node| node.id()).collect();
    assert_eq!(past, ["reported", "immediate-risk", "ring-999", "illegal", "illegal-route"]);
}

/// Every way that depends on facts is taken by some combination of them: no branch of a chart is dead. Ways that
/// somebody has to answer are followed from the box they lead to.
#[test]
fn every_way_of_every_chart_can_be_taken() {
    for pack in packs() {
        for chart in pack.charts() {
            let mut taken = BTreeSet::new();
            let mut open = vec![chart.nodes()[0].id()];
            let mut seen = BTreeSet::new();
            while let Some(id) = open.pop() {
                if !seen.insert(id) {
                    continue;
                }
                let facts: BTreeSet<Fact> = chart.ways_from(id).filter_map(Edge::when).collect();
                let asks = facts.is_empty() && chart.ways_from(id).count() > 1;
                for bits in 0..1_u32 << facts.len() {
                    let holds = |fact| facts.iter().position(|known| *known == fact).map(|at| bits >> at & 1 == 1);
                    match chart.next(id, holds) {
                        Some(next) => {
                            taken.insert((id, next.id()));
                            open.push(next.id());
                        }
                        None => {
                            assert!(
                                asks || chart.ways_from(id).count() == 0,
                                "{} {}: stuck at {id}",
                                pack.id(),
                                chart.id()
                            );
                        }
                    }
                }
                if asks {
                    taken.extend(chart.ways_from(id).map(|way| (id, way.to())));
                    open.extend(chart.ways_from(id).map(Edge::to));
                }
            }
            let all: BTreeSet<_> = chart.edges().iter().map(|edge| (edge.from(), edge.to())).collect();
            assert_eq!(taken, all, "{} {}", pack.id(), chart.id());
        }
    }
}

#[test]
fn every_fact_is_asked_by_some_chart_or_is_not_one() {
    let asked: BTreeSet<Fact> = packs()
        .iter()
        .flat_map(|pack| {
            pack.charts().iter().flat_map(|chart| chart.edges().iter().filter_map(Edge::when)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(asked, BTreeSet::from(Fact::ALL));
}

#[test]
fn charts_that_were_pictures_say_so() {
    for (id, chart, said) in [
        ("swgfl-template", "triage", "picture that could not be read"),
        ("durants", "triage", "picture that could not be read"),
        ("st-joseph", "triage", "picture that could not be read"),
        ("beechfield-hertfordshire", "illegal-incident", "picture"),
        ("beechfield-hertfordshire", "managing-an-incident", "picture"),
        ("beechfield-hertfordshire", "staff-as-victims", "picture"),
        ("beechfield-hertfordshire", "lado-criteria", "It is added"),
        ("st-laurence-birmingham", "three-way-routing", "has no chart"),
    ] {
        let pack = pack(id);
        assert!(pack.chart(chart).unwrap().source_note().unwrap().contains(said), "{id} {chart}");
    }
    let pack = pack("beechfield-hertfordshire");
    let inferred = |chart: &str| {
        let nodes = pack.chart(chart).unwrap().nodes();
        (nodes.iter().filter(|node| node.source_note().is_some()).count(), nodes.len())
    };
    assert_eq!(inferred("illegal-incident"), (6, 9));
    assert_eq!(inferred("managing-an-incident"), (5, 14));
}

/// Charts that go round for ever, have nothing in them, or leave triage from elsewhere.
#[test]
fn a_second_chart_is_held_to_the_same() {
    let node = |id: &str, row: u8, more: &str| {
        format!("    {{ id = \"{id}\", label = \"Box\", column = 0, row = {row}{more} }},\n")
    };
    let round = "    { from = \"a\", to = \"b\" },\n    { from = \"b\", to = \"a\" },\n";
    for (nodes, edges, marked, what, instead) in [
        (
            node("a", 0, "") + &node("b", 1, ""),
            round,
            "id = \"a\"",
            "from the node \"a\" the chart never ends",
            "leads out",
        ),
        (String::new(), "", "id = \"loop\"", "has no nodes", "where it begins"),
        (
            node("a", 0, ", exit = \"log-only\""),
            "",
            "id = \"a\"",
            "a way out of triage in the chart \"loop\"",
            "take exit out",
        ),
    ] {
        let chart =
            format!("[[charts]]\nid = \"loop\"\ntitle = \"Loop\"\nnodes = [\n{nodes}]\nedges = [\n{edges}]\n\n");
        let text = changed("# Clocks.\n", &format!("{chart}# Clocks.\n"));
        let fault = fault(&text);
        assert_eq!(fault.line(), line(&text, marked), "{fault}");
        assert!(fault.what().contains(what) && fault.instead().contains(instead), "{fault}");
    }
}

/// What an answer says of the case is said where people answer, and nowhere else.
#[test]
fn only_what_people_answer_says_something() {
    let pack = pack("beechfield-hertfordshire");
    for chart in pack.charts() {
        for way in chart.edges() {
            let says = (chart.id() == "lado-criteria" && way.to() == "lado").then_some(Says::HarmTestMet);
            assert_eq!(way.says(), says, "{}: {} {}", chart.id(), way.from(), way.to());
        }
    }
    let (name, text) = PACKS[5];
    for (from, to) in [
        (
            "to = \"staff-as-victims\", label = \"Yes\",",
            "to = \"staff-as-victims\", label = \"Yes\", says = \"harm-test-met\",",
        ),
        ("from = \"concern\", to = \"harmed\" }", "from = \"concern\", to = \"harmed\", says = \"harm-test-met\" }"),
    ] {
        assert!(text.contains(from));
        let fault = PolicyPack::parse(name, &text.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(fault.contains("no person answers there"), "{fault}");
    }
}
