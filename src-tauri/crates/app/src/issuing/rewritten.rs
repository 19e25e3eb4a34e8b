//! A model of a document with every text in it written anew.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::Fault;

/// The model with `anew` of each text in it.
///
/// # Errors
/// - If a text is a word of the model itself, and is another now.
pub(super) fn rewritten<T: Serialize + DeserializeOwned>(
    model: &T,
    anew: &impl Fn(&str) -> String,
) -> Result<T, Fault> {
    let fault = |error: serde_json::Error| Fault::with("internal", "detail", error.to_string());
    let mut value = serde_json::to_value(model).map_err(fault)?;
    walk(&mut value, anew);
    serde_json::from_value(value).map_err(fault)
}

fn walk(value: &mut Value, anew: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = anew(text),
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, anew)),
        Value::Object(members) => members.values_mut().for_each(|member| walk(member, anew)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
