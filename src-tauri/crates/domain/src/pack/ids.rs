//! The rule for ids in a pack: small letters, digits and hyphens, each once in its list.

use std::collections::BTreeSet;

use toml::Spanned;

use super::fault::Flaw;

/// Checks the ids of one list.
pub(super) fn check<'a>(ids: impl Iterator<Item = &'a Spanned<String>>, of: &str) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for id in ids {
        let text = id.get_ref().as_str();
        if !is_id(text) {
            return Err(Flaw::at(
                id.span().start,
                format!("\"{text}\" is no id for a {of}"),
                "use small letters, digits and hyphens".to_owned(),
            ));
        }
        if !seen.insert(text) {
            return Err(Flaw::at(
                id.span().start,
                format!("a second {of} has the id \"{text}\""),
                "give each its own id".to_owned(),
            ));
        }
    }
    Ok(())
}

/// Whether this is an id: small letters, digits and hyphens.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
