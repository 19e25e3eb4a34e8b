//! Words for people, as data: `assets/words/en-GB.toml`. Refusals and troubles come in pairs, *what happened* and
//! *what to do*.

use toml::{Table, Value};

/// The bundled words.
const EN_GB: &str = include_str!("../../../../assets/words/en-GB.toml");

/// Words by dotted key.
#[derive(Debug, Clone)]
pub struct Phrases {
    table: Table,
}

impl Phrases {
    /// The bundled British English words.
    ///
    /// # Errors
    /// - If the bundled file is not TOML, which a test rules out.
    pub fn bundled() -> Result<Self, toml::de::Error> {
        Ok(Self { table: EN_GB.parse()? })
    }

    /// The text under a dotted key, with its `{places}` filled in; none where there is no such text.
    #[must_use]
    pub fn find(&self, key: &str, places: &[(&str, &str)]) -> Option<String> {
        let mut at = self.table.get(key.split('.').next()?)?;
        for part in key.split('.').skip(1) {
            at = match at {
                Value::Table(table) => table.get(part)?,
                Value::Array(list) => list.get(part.parse::<usize>().ok()?.checked_sub(1)?)?,
                Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
                    return None;
                }
            };
        }
        Some(fill(at.as_str()?, places))
    }

    /// The text under a dotted key; the key itself where there is none, so that a gap shows and is never blank.
    #[must_use]
    pub fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.find(key, places).unwrap_or_else(|| key.to_owned())
    }

    /// All texts of a numbered list.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<String> {
        (1..).map_while(|number| self.find(&format!("{key}.{number}"), &[])).collect()
    }
}

/// One pass over the template: a value that looks like a place stays as it is.
fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let place = from.find('}').and_then(|end| Some((end, from.get(1..end)?)));
        let value = place.and_then(|(end, name)| {
            let (_, value) = places.iter().find(|(place, _)| *place == name)?;
            Some((end, *value))
        });
        match value {
            Some((end, value)) => {
                filled.push_str(value);
                rest = from.get(end + 1..).unwrap_or_default();
            }
            None => {
                filled.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_is_never_filled_in_again() {
        assert_eq!(fill("{a} and {b} and {c}", &[("a", "{b}"), ("b", "two")]), "{b} and two and {c}");
    }
}
