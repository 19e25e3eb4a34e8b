//! One sample of each turn, each leading to the next: a new turn does not compile until it has its place.

use trail_domain::event::Turn;
use trail_domain::event::course::{ComputerChange, Decision, PausedBy};
use trail_domain::event::handing::{Delivery, HandOver, HandOverEnd, HandOverVariant};
use trail_domain::event::keeping::TimeAuthority;
use trail_domain::event::release::{CaseRelease, ComputerRelease, ComputerUse, PoliceSaid, Verdict};

use trail_domain::event::report::{
    ChildSafe, GroupMember, Involved, Logged, ParentsTold, Role, Subject, SubjectKind, TriageExit,
};
use trail_domain::event::review::held::{AccountUsed, Leave, LeaveGiven, Passed, Sending};
use trail_domain::event::review::{ActionState, ServerTime};
use trail_domain::ids::{Hash, Seq};

use super::{mark, person, session, words};

pub(super) fn first() -> Turn {
    Turn::ComputerReleased { release: computer() }
}

pub(super) fn after(turn: &Turn) -> Option<Turn> {
    let (text, with) = (|| words("It was learned later"), person(1));
    let member = GroupMember {
        person: person(2),
        managed_by_subject: true,
        despite: Some(words("Nobody else can")),
        external: Some(words("The trust")),
    };
    Some(match turn {
        Turn::ComputerReleased { .. } => Turn::CaseReleased { release: case() },
        Turn::CaseReleased { .. } => Turn::Rerouted { exit: TriageExit::LogOnly, reason: text() },
        Turn::Rerouted { .. } => Turn::SubjectChanged {
            subject: Subject {
                name: words("A teacher"),
                kind: SubjectKind::Staff,
                enrolled: Some(person(3)),
                works_with_children: true,
            },
            reason: text(),
        },
        Turn::SubjectChanged { .. } => Turn::InvolvedAdded {
            involved: Involved { name: words("Pupil B"), role: Role::ChildAtRisk },
            reason: text(),
        },
        Turn::InvolvedAdded { .. } => {
            Turn::ChildSafetyAnswered { child_safe: ChildSafe::NotSafe { done: words("999 was rung") }, reason: text() }
        }
        Turn::ChildSafetyAnswered { .. } => Turn::Logged {
            logged: Logged {
                table: "pupils".to_owned(),
                row: Some(3),
                actions: vec!["warning".to_owned()],
                words: text(),
                parents: ParentsTold::No { because: words("The police asked us to wait") },
            },
        },
        Turn::Logged { .. } => Turn::MemberReplaced { left: person(1), member, reason: text() },
        Turn::MemberReplaced { .. } => Turn::ComputerChanged {
            change: ComputerChange {
                computer: super::round_trip::computer(),
                filter: text(),
                reason: text(),
                custodian: words("The headteacher"),
                place: words("The safe"),
                with,
            },
        },
        Turn::ComputerChanged { .. } => Turn::ReviewPaused { session: session(0), because: PausedBy::Missed },
        Turn::ReviewPaused { .. } => {
            Turn::RolesChanged { session: session(0), operator: person(1), observer: person(0) }
        }
        Turn::RolesChanged { .. } => Turn::LetThrough { session: session(0), given: Box::new(leave()) },
        Turn::LetThrough { .. } => {
            Turn::DisagreementDecided { decision: Decision::ThirdMember { member }, reasons: text() }
        }
        Turn::DisagreementDecided { .. } => {
            Turn::ActionMoved { action: "warning".to_owned(), state: ActionState::InHand, outcome: text() }
        }
        Turn::ActionMoved { .. } => Turn::ActionReleased { action: "inform-parents".to_owned(), said: text() },
        Turn::ActionReleased { .. } => Turn::Reopened { reason: text(), with },
        Turn::Reopened { .. } => Turn::HoldPlaced { reason: text() },
        Turn::HoldPlaced { .. } => Turn::HoldLifted { hold: Seq(4), reason: text(), with },
        Turn::HoldLifted { .. } => Turn::ClockStarted { clock: "ico".to_owned(), words: text() },
        Turn::ClockStarted { .. } => Turn::ClockStopped { clock: "ico".to_owned(), words: text() },
        Turn::ClockStopped { .. } => Turn::ChartAnswered {
            chart: "lado-criteria".to_owned(),
            question: "harmed".to_owned(),
            answer: "offence".to_owned(),
            words: text(),
            harm_test_met: true,
        },
        Turn::ChartAnswered { .. } => Turn::HandedOver { hand_over: Box::new(hand_over()) },
        Turn::HandedOver { .. } => Turn::HandOverEnded { number: 1, how: HandOverEnd::Returned, words: text() },
        Turn::HandOverEnded { .. } => Turn::TimeAuthoritiesSet { authorities: vec![time_authority()], with },
        Turn::TimeAuthoritiesSet { .. } => {
            Turn::PaperSaved { name: "incident-log.csv".to_owned(), sha256: Hash::of(b"log"), place: text() }
        }
        Turn::PaperSaved { .. } => Turn::TimeServerSet { server: Some("time.example".to_owned()), with },
        Turn::TimeServerSet { .. } => Turn::SupportSet { contacts: vec![text()], with },
        Turn::SupportSet { .. } => {
            Turn::ExhibitViewed { mark: mark(1), sha256: Hash::of(b"view"), here: vec![person(0), person(1)] }
        }
        Turn::ExhibitViewed { .. } => Turn::ExhibitPrinted { mark: mark(1), copy: 1, holder: text() },
        Turn::ExhibitPrinted { .. } => return None,
    })
}

pub(super) fn server_time() -> ServerTime {
    ServerTime { server: "time.example".to_owned(), fast_by_ms: -120, round_trip_ms: 8, stratum: 2 }
}

fn time_authority() -> TimeAuthority {
    TimeAuthority {
        address: "http://time.example/stamp".to_owned(),
        name: "Time root".to_owned(),
        root: Hash::of(b"root"),
        root_certificate: "cm9vdA==".to_owned(),
    }
}

fn leave() -> LeaveGiven {
    let account = AccountUsed { whose: words("The school's own"), authority: words("The head agreed") };
    LeaveGiven {
        leave: Leave {
            address: "https://other.example/sign-in".to_owned(),
            passed: Passed::Sent { what: Sending::PasswordForm, account },
            reason: words("The board leads there"),
        },
        operator: person(0),
        observer: person(1),
    }
}

fn hand_over() -> HandOver {
    let text = || words("It was agreed on the telephone");
    HandOver {
        number: 1,
        variant: HandOverVariant::Police,
        to: text(),
        organisation: text(),
        reference: text(),
        medium: text(),
        serial: text(),
        name: "HB-2026-0014-police-1".to_owned(),
        statement: Hash::of(b"statement"),
        files: 12,
        bytes: 4096,
        documents: vec![Hash::of(b"form")],
        pictures: vec![Hash::of(b"view")],
        head: (Seq(9), Hash::of(b"head")),
        place: text(),
        delivery: Delivery::Zip { sha256: Hash::of(b"zip"), bytes: 4_000 },
        named: vec![text()],
    }
}

fn said() -> PoliceSaid {
    PoliceSaid {
        force: words("County police"),
        officer: words("PC 4471"),
        reference: words("CP/2026/118"),
        on: "2026-11-25".to_owned(),
        channel: words("A letter"),
    }
}

pub(super) fn computer() -> ComputerRelease {
    ComputerRelease { said: said(), what: ComputerUse::Taken, with: person(1) }
}

pub(super) fn case() -> CaseRelease {
    CaseRelease { said: said(), verdict: Verdict::NotIllegal, exhibits: vec![mark(1)], with: person(1) }
}
