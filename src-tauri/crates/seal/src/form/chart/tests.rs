//! Each chart of each policy that ships: nothing overflows its page, lies on something else, or is cut.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use trail_domain::pack::PolicyPack;

use super::layout::{Laid, lay_out};
use super::{Chart, ChartBox, ChartWay, POINTS, segments};
use crate::form::grid::{BOTTOM, TOP, WIDTH};
use crate::form::line::Line;
use crate::form::structure::Place;
use crate::form::tests::made::{FONTS, OnDisk, record};

/// Every chart of every pack with a case on it: at its first box, and at each other.
fn charts() -> Vec<(String, Chart)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/packs");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "national.toml" || path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let pack = PolicyPack::parse(&name, &std::fs::read_to_string(&path).unwrap()).unwrap();
        for chart in pack.charts() {
            found.push((format!("{} {}", pack.id(), chart.id()), drawn(chart)));
        }
    }
    found
}

fn drawn(chart: &trail_domain::pack::Chart) -> Chart {
    let place = |id: &str| chart.nodes().iter().position(|node| node.id() == id).unwrap();
    Chart {
        title: chart.title().to_owned(),
        position: "What is recorded leads to this.".to_owned(),
        boxes: chart
            .nodes()
            .iter()
            .map(|node| ChartBox {
                label: node.label().to_owned(),
                column: node.column(),
                row: node.row(),
                here: false,
                taken: false,
            })
            .collect(),
        ways: chart
            .edges()
            .iter()
            .map(|edge| ChartWay {
                from: place(edge.from()),
                to: place(edge.to()),
                word: edge.label().to_owned(),
                taken: false,
            })
            .collect(),
    }
}

/// The words of a box as they stand in its lines, but for those that say that the case is there.
fn said(lines: &[Line]) -> Vec<String> {
    let text = |line: &Line| {
        line.runs.iter().flat_map(|run| run.glyphs.iter()).filter_map(|glyph| glyph.text.clone()).collect::<String>()
    };
    // A word may end a line at its own hyphen.
    let all = lines.iter().map(text).collect::<Vec<_>>().join(" ").replace("- ", "-");
    let own = all.trim_start_matches("The case is here:");
    own.split_whitespace().map(ToOwned::to_owned).collect()
}

/// What is wrong with a chart as it is laid out, as words.
fn wrong(chart: &Chart, laid: &Laid) -> Vec<String> {
    let mut wrong = Vec::new();
    let meet = |a: Place, b: Place| {
        a.x < b.x + b.w - 0.05 && b.x < a.x + a.w - 0.05 && a.y < b.y + b.h - 0.05 && b.y < a.y + a.h - 0.05
    };
    let mut places: Vec<(String, usize, Place)> = Vec::new();
    for ((place, lines), one) in laid.boxes.iter().zip(&chart.boxes) {
        places.push((one.label.clone(), usize::MAX, *place));
        if said(lines) != one.label.split_whitespace().collect::<Vec<_>>() {
            wrong.push(format!("a word of {:?} is broken", one.label));
        }
        let inside = lines.iter().all(|line| line.width <= place.w - 1.0);
        if !inside || crate::form::line::height(lines) > place.h {
            wrong.push(format!("the words of {:?} are cut", one.label));
        }
    }
    for (number, way) in laid.ways.iter().enumerate() {
        if way.points.len() < 2 {
            wrong.push(format!("way {number} is not drawn"));
        }
        if let Some((place, lines)) = &way.word {
            if said(lines) != chart.ways[number].word.split_whitespace().collect::<Vec<_>>() {
                wrong.push(format!("the word {:?} is broken", chart.ways[number].word));
            }
            places.push((format!("the word {:?} of way {number}", chart.ways[number].word), number, *place));
        }
    }
    for (at, (name, _, place)) in places.iter().enumerate() {
        if place.x < 0.0 || place.y < 0.0 || place.x + place.w > laid.width || place.y + place.h > laid.height {
            wrong.push(format!("{name:?} is outside"));
        }
        for (other, _, beside) in places.iter().skip(at + 1) {
            if meet(*place, *beside) {
                wrong.push(format!("{name:?} lies on {other:?}"));
            }
        }
    }
    for (number, way) in laid.ways.iter().enumerate() {
        for (from, to) in segments(way) {
            let part = Place {
                x: from.0.min(to.0) - 0.05,
                y: from.1.min(to.1) - 0.05,
                w: (from.0 - to.0).abs() + 0.1,
                h: (from.1 - to.1).abs() + 0.1,
            };
            for (name, _, place) in &places {
                let inner = Place { x: place.x + 0.1, y: place.y + 0.1, w: place.w - 0.2, h: place.h - 0.2 };
                if meet(part, inner) {
                    wrong.push(format!("way {number} runs through {name:?}"));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_chart_fits_a_page_and_no_line_runs_through_a_word() {
    let charts = charts();
    assert_eq!(charts.len(), 13);
    for (name, mut chart) in charts {
        for here in 0..chart.boxes.len() {
            for (at, one) in chart.boxes.iter_mut().enumerate() {
                one.here = at == here;
            }
            let fits = |laid: &Laid| laid.width <= WIDTH + 0.01 && laid.height <= BOTTOM - TOP - super::ABOVE;
            let laid = POINTS.into_iter().map(|points| lay_out(&FONTS, &chart, points, WIDTH)).find(fits);
            let laid = laid.unwrap_or_else(|| {
                let sizes =
                    POINTS.map(|points| lay_out(&FONTS, &chart, points, WIDTH)).map(|laid| (laid.width, laid.height));
                panic!("{name} does not fit a page: {sizes:?}")
            });
            assert_eq!(wrong(&chart, &laid), Vec::<String>::new(), "{name}, the case at {here}");
        }
    }
}

/// All of them bound in one record: each box's words are read in the file, and no page runs over.
#[test]
fn the_words_of_every_chart_are_read_in_the_file() {
    let mut model = record();
    model.charts = charts().into_iter().map(|(_, chart)| chart).collect();
    for chart in &mut model.charts {
        let last = chart.boxes.len() - 1;
        for (at, one) in chart.boxes.iter_mut().enumerate() {
            (one.here, one.taken) = (at == last, at == 0);
        }
    }
    let drawn = crate::form::record::lay_out(&model, &FONTS).unwrap();
    let file = OnDisk::new("charts", &drawn);
    let text = file.ask("pdftotext", &["-raw"], &["-"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("- ", "-");
    for one in model.charts.iter().flat_map(|chart| &chart.boxes) {
        let label = one.label.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.matches(&label).count() >= 2, "{label:?} is not read twice: drawn, and in words");
    }
    assert_eq!(text.matches("The case is here:").count(), 13, "each is drawn");
    assert_eq!(text.matches("The case is here.").count(), 13, "each stands in words");
    assert!(!text.contains("too large"));
}

#[test]
fn a_chart_that_fits_no_page_says_so_and_stands_in_words() {
    let mut model = record();
    let mut large = charts().remove(0).1;
    for one in &mut large.boxes {
        one.row *= 12;
    }
    model.charts = vec![large];
    let drawn = crate::form::record::lay_out(&model, &FONTS).unwrap();
    let text = OnDisk::new("large-chart", &drawn).text();
    assert!(text.contains("This chart is too large to be drawn on a page."));
    assert!(text.contains("The chart in words"));
}
