//! The bundled packs, and what of the happy path depends on which of them a school is under.

use serde_json::{Map, Value, json};
use trail_domain::pack::{Category, PolicyPack, Rating, Route, Row};

use crate::outside::root;

/// The packs that a school can choose from, the default one first.
pub const ALL: [&str; 6] =
    ["swgfl-template", "durants", "st-joseph", "st-laurence-birmingham", "victoria-park", "beechfield-hertfordshire"];

/// A bundled pack, without the national rules above it.
///
/// # Panics
/// - If there is no such pack, or it has a fault.
#[must_use]
pub fn bundled(id: &str) -> PolicyPack {
    let name = format!("{id}.toml");
    let text = std::fs::read_to_string(root().join("assets/packs").join(&name)).expect("a bundled pack");
    PolicyPack::parse(&name, &text).unwrap_or_else(|fault| panic!("{fault}"))
}

/// The happy path's values of an act, where this pack lacks what they name; what the script says is left alone.
pub fn fit(pack: &PolicyPack, act: &str, values: &mut Map<String, Value>, script: &Map<String, Value>) {
    match act {
        "open-case" => {
            let category = values.get("category").and_then(Value::as_str).unwrap_or_default();
            let named = script.contains_key("category") || category != HAPPY_CATEGORY;
            if !named && pack.category(category).is_none() {
                values.insert("category".to_owned(), json!(reviewed(pack).map(Category::id)));
            }
        }
        "choose-actions" | "log-only" => {
            let field = |name: &str| script.get(name).or_else(|| values.get(name)).cloned();
            let table = field("table").and_then(|table| pack.sanctions(table.as_str().unwrap_or_default()));
            let Some(table) = table.filter(|_| !script.contains_key("row")) else { return };
            let row = field("row").and_then(|row| usize::try_from(row.as_u64()?).ok());
            let fits = row.and_then(|row| table.rows().get(row)).is_some_and(own);
            if !fits {
                values.insert("row".to_owned(), json!(table.rows().iter().position(own)));
            }
            let row = values.get("row").and_then(Value::as_u64).and_then(|row| usize::try_from(row).ok());
            let known = |action: &Value| table.action(action.as_str().unwrap_or_default()).is_some();
            let actions_fit = values.get("actions").and_then(Value::as_array).is_none_or(|all| all.iter().all(known));
            if !actions_fit {
                values.insert("actions".to_owned(), json!(row.map(|row| table.rows()[row].proposed())));
            }
        }
        _ => {}
    }
}

/// A row of a table that a script names by its incident, by its place.
pub fn rows_by_name(pack: &PolicyPack, values: &mut Map<String, Value>) {
    let table = values.get("table").and_then(Value::as_str).and_then(|table| pack.sanctions(table));
    let incident = values.get("row").and_then(Value::as_str);
    if incident == Some(NO_ROW) {
        values.insert("row".to_owned(), Value::Null);
    } else if let (Some(table), Some(incident)) = (table, incident) {
        let place = table.rows().iter().position(|row| row.incident() == incident);
        let place = place.unwrap_or_else(|| panic!("the table {} has no row {incident:?}", table.id()));
        values.insert("row".to_owned(), json!(place));
    }
}

/// Stands for no row of the table.
const NO_ROW: &str = "none";

/// The kind of incident of the happy path, where the pack has it.
const HAPPY_CATEGORY: &str = "bypassing-filters";

/// The first kind of incident that the school reviews by itself.
fn reviewed(pack: &PolicyPack) -> Option<&Category> {
    let own = |category: &&Category| category.route() == Route::School && category.rating() == Rating::Unacceptable;
    pack.categories().iter().find(own)
}

/// Whether a row proposes something, and leaves the police out.
fn own(row: &Row) -> bool {
    !row.proposed().is_empty() && !row.proposes("police")
}
