//! What must hold at the end of a script.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};
use trail_app::wire::case::CaseView;

use crate::perform::Walk;

/// A way of a chart: chart, from, to.
type Way = (String, String, String);

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Finally {
    pictures: Option<usize>,
    #[serde(default)]
    stage: BTreeMap<String, String>,
    halted: Option<bool>,
    browser: Option<Vec<String>>,
    #[serde(default)]
    charts: BTreeMap<String, Boxes>,
    exits: Option<Vec<String>>,
    actions: Option<Vec<String>>,
    clocks: Option<Vec<String>>,
    #[serde(default)]
    shows: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
}

/// Where a case stands on a chart, or by which boxes it came there.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Boxes {
    Stands(String),
    By(Vec<String>),
}

impl Boxes {
    fn named(&self) -> Vec<&str> {
        match self {
            Self::Stands(node) => vec![node],
            Self::By(nodes) => nodes.iter().map(String::as_str).collect(),
        }
    }
}

/// Stands for a chart that the case has not come to.
const NOT_COME_TO: &str = "not-come-to";

impl Finally {
    /// Checks all of it, and gives the ways of charts that it names the far end of.
    pub(super) fn check(&self, walk: &mut Walk) -> Result<BTreeSet<Way>, String> {
        self.check_pictures(walk)?;
        self.check_halt(walk)?;
        self.check_browser(walk)?;
        if self.asks_for_the_case() {
            let view = walk.view().ok_or("finally: the case cannot be seen")?;
            self.check_stages(&view)?;
            self.check_lists(&view)?;
            self.check_words(&view)?;
        }
        self.check_charts(walk)
    }

    fn asks_for_the_case(&self) -> bool {
        let lists = [&self.exits, &self.actions, &self.clocks];
        !self.stage.is_empty()
            || !self.shows.is_empty()
            || !self.hides.is_empty()
            || lists.iter().any(|list| list.is_some())
    }

    fn check_pictures(&self, walk: &mut Walk) -> Result<(), String> {
        let Some(wanted) = self.pictures else { return Ok(()) };
        let kept = walk.pictures.clone();
        let marks: BTreeSet<String> =
            kept.into_iter().filter(|(_, sha256)| walk.can_read(sha256)).map(|(mark, _)| mark).collect();
        if marks.len() == wanted {
            return Ok(());
        }
        Err(format!("finally: {wanted} exhibits with pictures should be readable, and are: {marks:?}"))
    }

    fn check_halt(&self, walk: &mut Walk) -> Result<(), String> {
        let stands = walk.house.app.view().halt_stands.is_some();
        match self.halted {
            Some(wanted) if stands != wanted => Err(format!("finally: halted should be {wanted}, and is {stands}")),
            Some(_) | None => Ok(()),
        }
    }

    fn check_browser(&self, walk: &Walk) -> Result<(), String> {
        let Some(wanted) = &self.browser else { return Ok(()) };
        let told = walk.house.browser.lock().unwrap();
        let mut rest = told.asked.iter();
        for want in wanted {
            if !rest.any(|asked| asked == want) {
                return Err(format!("finally: the browser should have seen {wanted:?}, and saw {:?}", told.asked));
            }
        }
        Ok(())
    }

    fn check_stages(&self, view: &CaseView) -> Result<(), String> {
        for (stage, wanted) in &self.stage {
            let found = view.stages.iter().find(|found| &found.id == stage).ok_or(format!("no stage {stage}"))?;
            let state = serde_json::to_value(found.state).unwrap();
            if state != json!(wanted) {
                return Err(format!("finally: stage {stage} should be {wanted}, and is {state}"));
            }
        }
        Ok(())
    }

    fn check_lists(&self, view: &CaseView) -> Result<(), String> {
        let exits = view.exits.iter().filter(|exit| exit.refused.is_none()).map(|exit| exit.id.clone());
        same("the ways out of triage", self.exits.as_ref(), exits.collect())?;
        let chosen = view.actions.iter().filter(|row| row.chosen).map(|row| row.action.clone());
        same("the actions", self.actions.as_ref(), chosen.collect())?;
        same("the clocks", self.clocks.as_ref(), view.clocks.iter().map(|card| card.duty.clone()).collect())
    }

    /// What stands on the case's pages, or must not.
    fn check_words(&self, view: &CaseView) -> Result<(), String> {
        let page = texts(&serde_json::to_value(view).unwrap());
        let stands = |text: &String| page.iter().any(|found| found.contains(text.as_str()));
        if let Some(text) = self.shows.iter().find(|text| !stands(text)) {
            return Err(format!("finally: the case's pages should show {text:?}, and do not"));
        }
        match self.hides.iter().find(|text| stands(text)) {
            Some(text) => Err(format!("finally: the case's pages should not show {text:?}, and do")),
            None => Ok(()),
        }
    }

    fn check_charts(&self, walk: &Walk) -> Result<BTreeSet<Way>, String> {
        let mut ways = BTreeSet::new();
        if self.charts.is_empty() {
            return Ok(ways);
        }
        let positions = walk.house.app.chart_positions(&walk.case).map_err(|fault| fault.to_string())?;
        for (chart, wanted) in &self.charts {
            let named = wanted.named();
            let path = positions.iter().find(|(id, _)| id == chart).map(|(_, path)| path.as_slice());
            let stands = match path {
                None => named == [NOT_COME_TO],
                Some(path) => path.last().map(String::as_str) == named.last().copied() && in_order(path, &named),
            };
            if !stands {
                return Err(format!(
                    "finally: on the chart {chart} the case should be at {named:?}, and came {path:?}"
                ));
            }
            let pairs = path.unwrap_or_default().windows(2).filter(|pair| named.contains(&pair[1].as_str()));
            ways.extend(pairs.map(|pair| (chart.clone(), pair[0].clone(), pair[1].clone())));
        }
        Ok(ways)
    }
}

fn same(what: &str, wanted: Option<&Vec<String>>, found: Vec<String>) -> Result<(), String> {
    match wanted {
        Some(wanted) if *wanted != found => Err(format!("finally: {what} should be {wanted:?}, and are {found:?}")),
        Some(_) | None => Ok(()),
    }
}

/// Whether these boxes stand on the path in this order, with anything in between.
fn in_order(path: &[String], named: &[&str]) -> bool {
    let mut rest = path.iter();
    named.iter().all(|node| rest.any(|found| found == node))
}

/// Every text in it, however deep.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}
