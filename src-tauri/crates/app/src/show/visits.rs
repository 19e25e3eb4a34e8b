//! What the evidence browser did, in words.

use trail_domain::event::review::{SelfTest, Visit, VisitKind};
use trail_domain::words::Noted;

use super::addresses;
use crate::phrases::Phrases;

/// One thing that it did, without its address; where addresses are withheld, without any.
pub(crate) fn words(visit: &Visit, withheld: bool, phrases: &Phrases) -> String {
    let (key, detail) = match &visit.what {
        VisitKind::Asked => ("asked", String::new()),
        VisitKind::Followed => ("followed", String::new()),
        VisitKind::SentOn { status } => ("sent-on", status.to_string()),
        VisitKind::Loaded { .. } => ("loaded", String::new()),
        VisitKind::Failed { because } => ("failed", because.clone()),
        VisitKind::Refused { what } => ("refused", what.clone()),
        VisitKind::Began { engine, sandbox, private, self_test, program: _ } => {
            ("began", began(engine, sandbox, private, self_test, withheld))
        }
        VisitKind::Answered { status, .. } => ("answered", status.to_string()),
        VisitKind::Reached { remote } => ("reached", remote.clone()),
        VisitKind::NotReached { because } => ("not-reached", because.clone()),
        VisitKind::FormHeld => ("form-held", String::new()),
        VisitKind::AwayHeld => ("away-held", String::new()),
        VisitKind::PasswordFormHeld => ("password-form-held", String::new()),
        VisitKind::SignInHeld => ("sign-in-held", String::new()),
        VisitKind::SignInShown => ("sign-in-shown", String::new()),
        VisitKind::FormSent => ("form-sent", String::new()),
        VisitKind::Silent => ("silent", String::new()),
        VisitKind::LeftOut { count } => ("left-out", count.to_string()),
        VisitKind::FolderKept { folder } => ("folder-kept", folder.clone()),
        VisitKind::Revealed => ("revealed", String::new()),
        VisitKind::Crashed { because } => ("crashed", because.clone()),
    };
    // What the browser says of itself names no address; all else may be words of an engine, a server or a page.
    let is_ours = matches!(visit.what, VisitKind::Began { .. } | VisitKind::FolderKept { .. });
    let detail = if withheld && !is_ours { addresses::without(&detail, &visit.address) } else { detail };
    let detail = addresses::plain(&detail);
    phrases.say(&format!("visit.{key}"), &[("status", detail.as_str()), ("what", detail.as_str())])
}

fn began(
    engine: &str,
    sandbox: &Noted<String>,
    private: &[String],
    self_test: &Noted<SelfTest>,
    withheld: bool,
) -> String {
    let sandbox = match sandbox {
        Noted::Observed(sandbox) => sandbox.clone(),
        Noted::NotRecorded(because) => because.clone(),
    };
    let private = match private.len() {
        0 => "none".to_owned(),
        count if withheld => format!("{count}, withheld"),
        _ => private.join(", "),
    };
    format!("{engine}; sandbox {sandbox}; private addresses let in: {private}; self-test {}", tested(self_test))
}

/// What the browser's test of itself came to, as the end of a sentence.
pub(crate) fn tested(self_test: &Noted<SelfTest>) -> String {
    match self_test {
        Noted::Observed(SelfTest::Passed { .. }) => "passed".to_owned(),
        Noted::Observed(SelfTest::Failed { because }) => format!("failed: {because}"),
        Noted::NotRecorded(because) => format!("not recorded, because {because}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use trail_domain::time::Moment;

    #[test]
    fn the_words_of_a_visit_tell_no_address_where_addresses_are_withheld() {
        let phrases = Phrases::bundled().unwrap();
        let told = || "Could not connect to board.example (93.184.216.34:443)".to_owned();
        let kinds = [
            VisitKind::Reached { remote: "93.184.216.34:443".to_owned() },
            VisitKind::NotReached { because: told() },
            VisitKind::Failed { because: told() },
            VisitKind::Refused { what: told() },
            VisitKind::Crashed { because: told() },
            VisitKind::Began {
                engine: "WebKitGTK 2.50.6".to_owned(),
                sandbox: Noted::Observed("on".to_owned()),
                private: vec!["board.example:4000".to_owned()],
                program: Noted::NotRecorded("nobody looked".to_owned()),
                self_test: Noted::NotRecorded("nobody looked".to_owned()),
            },
        ];
        for what in kinds {
            let visit = Visit { at: Moment::from_micros(1), address: "https://board.example/x".to_owned(), what };
            let (open, withheld) = (words(&visit, false, &phrases), words(&visit, true, &phrases));
            let leaks = |said: &str| said.contains("board") || said.contains("93.184");
            assert!(leaks(&open), "else this proves nothing: {open}");
            assert!(!leaks(&withheld), "{withheld}");
        }
    }
}
