//! What the evidence browser did, in words.

use trail_domain::event::review::{Visit, VisitKind};
use trail_domain::words::Noted;

use crate::phrases::Phrases;

/// One thing that it did, without the address.
pub(crate) fn words(visit: &Visit, phrases: &Phrases) -> String {
    let (key, detail) = match &visit.what {
        VisitKind::Asked => ("asked", String::new()),
        VisitKind::Followed => ("followed", String::new()),
        VisitKind::SentOn { status } => ("sent-on", status.to_string()),
        VisitKind::Loaded { .. } => ("loaded", String::new()),
        VisitKind::Failed { because } => ("failed", because.clone()),
        VisitKind::Refused { what } => ("refused", what.clone()),
        VisitKind::Began { engine, sandbox, private } => ("began", began(engine, sandbox, private)),
        VisitKind::Answered { status, .. } => ("answered", status.to_string()),
        VisitKind::Reached { remote } => ("reached", remote.clone()),
        VisitKind::NotReached { because } => ("not-reached", because.clone()),
        VisitKind::FormHeld => ("form-held", String::new()),
        VisitKind::FormSent => ("form-sent", String::new()),
        VisitKind::Silent => ("silent", String::new()),
        VisitKind::LeftOut { count } => ("left-out", count.to_string()),
        VisitKind::FolderKept { folder } => ("folder-kept", folder.clone()),
        VisitKind::Revealed => ("revealed", String::new()),
        VisitKind::Crashed { because } => ("crashed", because.clone()),
    };
    let detail = super::addresses::plain(&detail);
    phrases.say(&format!("visit.{key}"), &[("status", detail.as_str()), ("what", detail.as_str())])
}

fn began(engine: &str, sandbox: &Noted<String>, private: &[String]) -> String {
    let sandbox = match sandbox {
        Noted::Observed(sandbox) => sandbox.clone(),
        Noted::NotRecorded(because) => because.clone(),
    };
    let private = if private.is_empty() { "none".to_owned() } else { private.join(", ") };
    format!("{engine}; sandbox {sandbox}; private addresses let in: {private}")
}
