//! The happy path's own values, act by act.

use serde_json::{Value, json};

/// The address that the happy path visits.
pub const ADDRESS: &str = "https://board.example/topic/88214";

/// What the observer confirms with.
pub const PIN: &str = "4417";

/// What the happy path fills in for an act. People stand by their initials.
#[must_use]
pub fn values(act: &str) -> Value {
    match act {
        "open-case" => json!({
            "title": "Getting round the filter", "what": "A pupil opened pages that get round the school's filter.",
            "when": "During lesson 3", "reporter": "A class teacher", "reportedTo": "Jo Stirling",
            "subject": "Pupil A, Year 9", "subjectKind": "pupil", "subjectEnrolled": null,
            "worksWithChildren": false, "others": [], "place": "Room 12, laptop HB-0101",
            "category": "bypassing-filters", "childSafe": "safe", "childSafeWords": "In class, seen by the teacher",
        }),
        "preserve" => json!({
            "what": "Laptop used in the lesson", "identity": "HB-0101, serial 5CG999", "place": "Office safe",
            "custodian": "Jo Stirling", "seal": "S-1042",
        }),
        "finish-preserve" => json!({ "nothingBecause": null }),
        "triage" => json!({ "exit": "other-incidents", "reason": "Nothing reported suggests anything illegal." }),
        "harm-test" => json!({ "met": "no", "words": "No child was or could have been harmed.", "lado": null }),
        "form-group" => json!({
            "members": ["JS", "PA"], "managed": [], "declared": "No relation to, and no line management by, the person concerned.",
        }),
        "choose-computer" => json!({
            "assetTag": "HB-0417", "notForPupils": true, "canLeave": true,
            "filter": "Forums opened by the network manager until 18:00 today",
        }),
        "open-session" => json!({
            "operator": "JS", "assetTag": "HB-0417", "referenceTime": "09:01:00",
            "referenceIs": "Speaking clock, read by Priya Anand", "remoteControl": "none seen", "haltKeyTried": true,
            "pin": PIN,
        }),
        "confirm-observer" | "change-roles" => json!({ "pin": PIN }),
        "give-reason" => json!({
            "reason": "The board leads to it, and the pupil was seen there", "whose": "", "authority": "", "pin": PIN,
        }),
        "visit" => json!({ "address": ADDRESS }),
        "capture" => json!({
            "kind": "page", "child": "no", "extreme": "no", "title": "Topic page",
            "nature": "Placeholder for content of concern", "concern": "It offers a way round the filter",
        }),
        "import" => json!({
            "child": "no", "extreme": "no", "name": "photo.png", "source": "Brought on a stick by a parent",
            "title": "A photo of a screen", "nature": "Placeholder for content of concern",
            "concern": "It names a pupil", "content": "picture",
        }),
        "screen" => json!({
            "child": "no", "extreme": "no", "what": "window", "number": 7, "name": "Placeholder chat",
            "title": "A chat", "nature": "Placeholder for content of concern", "concern": "It names a pupil",
        }),
        "mark" => json!({
            "mark": "JS/1", "title": "The same with a name covered", "nature": "One name is covered",
            "concern": "Somebody who is not concerned",
            "shapes": [{ "kind": "black", "left": 10, "top": 10, "right": 60, "bottom": 30 }],
        }),
        "words" => json!({
            "kind": "address-only", "title": "Address of a second board", "nature": "Not opened",
            "concern": "Named on the first page", "address": "https://second.example/",
            "device": {
                "make": { "said": "Acme" }, "model": { "said": "Slate 4" }, "serial": { "said": "SL4-0099" },
                "owner": { "said": "The school" }, "location": { "said": "Locked office" },
                "handedOverBy": { "said": "A class teacher" },
                "handedOverAt": { "because": "nobody wrote down the time" },
                "lookedAt": { "said": "The messages of the day" },
            },
            "item": {
                "mark": { "because": "it has no mark" }, "description": { "said": "A printout of two pages" },
                "seal": { "said": "S-1043" }, "custodian": { "said": "Jo Stirling" },
                "place": { "said": "Office safe" },
            },
        }),
        "print-exhibit" => json!({ "mark": "JS/1", "holder": "Jo Stirling, in the file in the safe" }),
        "seal-view" => {
            json!({ "who": "JS", "substance": true, "reasons": "The page was opened with the pupil's account." })
        }
        "find" => json!({
            "finding": "substance", "reasons": "Both saw the same pages and agree.", "policeGrounds": [],
        }),
        "choose-actions" => json!({
            "table": "pupils", "row": 11, "internal": true, "authority": false, "police": false,
        }),
        "isolate" => json!({}),
        "retain" => json!({ "reviewOn": "2032-11-22", "rule": "Six years after the last action" }),
        "refer" => json!({
            "to": "County police", "person": "PC 4471", "reference": "CP/2026/118", "advice": "Leave the computer as it is.",
        }),
        "custody" => json!({ "item": "Designated computer", "custodian": "Jo Stirling", "place": "Locked office" }),
        "log-only" => json!({
            "reason": "A first, small thing", "table": "pupils", "row": 1, "actions": ["class-teacher", "warning"],
            "words": "The class teacher spoke to them", "parentsTold": true, "parents": "A call the same day",
        }),
        "reroute" => json!({ "exit": "illegal-route", "reason": "More was learned" }),
        "change-subject" => json!({
            "name": "A teacher", "kind": "staff", "enrolled": null, "worksWithChildren": true,
            "reason": "The account was theirs",
        }),
        "involve" => json!({ "name": "Pupil B, Year 7", "role": "child-at-risk", "reason": "A parent rang" }),
        "answer-child-safe" => json!({ "childSafe": "not-safe", "words": "999 was rung at once" }),
        "replace-member" => json!({
            "left": "PA", "came": "TO", "external": "", "managed": false, "despite": "", "reason": "Priya is away",
        }),
        "change-computer" => json!({
            "assetTag": "HB-0418", "filter": "Forums until 18:00", "reason": "It failed", "custodian": "Jo Stirling",
            "place": "Office safe", "with": "PA",
        }),
        "decide-disagreement" => json!({ "decision": "substance", "member": null, "reasons": "The pages show it" }),
        "move-action" => json!({ "state": "done", "outcome": "They were warned" }),
        "release-action" => json!({ "said": "PC 4471 rang at 10:00" }),
        "reopen" => json!({ "reason": "More was learned", "with": "PA" }),
        "place-hold" => json!({ "reason": "A solicitor wrote" }),
        "lift-hold" => json!({ "hold": "1", "reason": "The claim ended", "with": "PA" }),
        "answer-chart" => json!({ "words": "Both looked at what is known and agree." }),
        "start-clock" => json!({ "clock": "ico", "words": "A list of names was sent out" }),
        "stop-clock" => json!({ "clock": "ico", "words": "Reported to the ICO" }),
        "release-computer" => json!({ "what": "may-be-used", "said": police(), "with": "PA" }),
        "release-case" => json!({ "verdict": "not-illegal", "exhibits": [], "said": police(), "with": "PA" }),
        "note" => json!({ "words": "The room was locked at once." }),
        "ask-destruction" => json!({ "entry": null, "ground": "The review date of the record has come." }),
        "hand-over" => json!({
            "variant": "police", "delivery": "bag", "named": [], "pictures": [], "to": "DC Rowan Ellery", "organisation": "Example Constabulary",
            "reference": "EX/4711/26", "medium": "USB stick, blue label", "serial": "0930-AA41",
        }),
        "end-hand-over" => json!({ "number": 1, "how": "returned", "words": "Jo Stirling had it back by hand" }),
        "save-document" => json!({ "kind": "record" }),
        "correct" => json!({ "seq": "1", "words": "The room was 14." }),
        "return-form" => json!({ "who": "AO", "reasons": "Name the owner of the second action." }),
        "sign-form" => json!({ "field": "first" }),
        _ => json!({}),
    }
}

fn police() -> Value {
    json!({
        "force": "County police", "officer": "PC 4471", "reference": "CP/2026/118", "on": "2026-11-22",
        "channel": "A call to the number on their website",
    })
}

/// The points to which a case can be walked, in order, with the acts that lead from each to the next.
pub const PATH: &[(&str, &[&str])] = &[
    ("reported", &["open-case"]),
    ("triage", &["preserve", "finish-preserve"]),
    ("group", &["triage"]),
    ("computer", &["form-group"]),
    ("review", &["choose-computer"]),
    ("session", &["open-session"]),
    ("captured", &["visit", "capture"]),
    ("judgement", &["end-session"]),
    ("action", &["seal-view", "seal-view:PA", "find"]),
    ("isolation", &["choose-actions"]),
    ("sign-off", &["isolate"]),
    ("form", &["make-form"]),
    ("signed-1", &["sign-form:first"]),
    ("signed-2", &["sign-form:second"]),
    ("retained", &["sign-form:head"]),
    ("closed", &["retain"]),
];
