//! The pages' types are the core's: `ui/src/generated/wire.ts` is what the Rust wire types make.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use acceptance::outside::root;

/// What rewrites the file.
const REWRITE: &str = "cargo run -p trail-app --bin wire > ui/src/generated/wire.ts";

#[test]
fn the_pages_have_the_types_of_the_core() {
    let kept = std::fs::read_to_string(root().join("ui/src/generated/wire.ts")).unwrap();
    if let Some(drift) = drift(&trail_app::wire::generated::typescript(), &kept) {
        panic!("ui/src/generated/wire.ts is not what the Rust types make: {drift}\nRewrite it: {REWRITE}");
    }
}

#[test]
fn a_changed_lost_or_added_line_is_drift() {
    let made = "a\nb\n";
    assert_eq!(drift(made, "a\nb\n"), None);
    assert_eq!(drift(made, "a\nc\n").unwrap(), "line 2 is \"c\", and should be \"b\"");
    assert_eq!(drift(made, "a\n").unwrap(), "line 2 is missing: \"b\"");
    assert_eq!(drift(made, "a\nb\nc\n").unwrap(), "line 3 is too much: \"c\"");
    assert!(drift(made, "a\nb").is_some());
}

/// The first difference, where there is one.
fn drift(made: &str, kept: &str) -> Option<String> {
    if made == kept {
        return None;
    }
    let (mut made, mut kept) = (made.lines(), kept.lines());
    for number in 1.. {
        match (made.next(), kept.next()) {
            (Some(wanted), Some(found)) if wanted == found => {}
            (Some(wanted), Some(found)) => {
                return Some(format!("line {number} is {found:?}, and should be {wanted:?}"));
            }
            (Some(wanted), None) => return Some(format!("line {number} is missing: {wanted:?}")),
            (None, Some(found)) => return Some(format!("line {number} is too much: {found:?}")),
            (None, None) => return Some("the lines are the same, and their ends differ".to_owned()),
        }
    }
    None
}
