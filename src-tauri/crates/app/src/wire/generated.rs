//! The TypeScript of the wire, generated.

use ts_rs::{Config, TS};

use super::{act, case, forms, handing, policy, report, review, store, verifying};

macro_rules! declarations {
    ($config:expr, $($wire:ty),+ $(,)?) => {
        [$(<$wire as TS>::decl($config)),+]
    };
}

/// The whole of `ui/src/generated/wire.ts`.
#[must_use]
pub fn typescript() -> String {
    let config = Config::default();
    let declarations = declarations!(
        &config,
        super::Phase,
        super::AppView,
        super::PersonLabel,
        super::SignedIn,
        super::LedgerLine,
        super::Trouble,
        super::HaltStands,
        super::Clause,
        super::Refused,
        super::Answer,
        super::Strength,
        super::SetUpDone,
        super::Saved,
        super::ReportChoices,
        super::Terms,
        case::CaseRow,
        case::CaseList,
        case::LogColumn,
        case::LogRow,
        case::LogView,
        case::ClockCard,
        case::StageState,
        case::StageView,
        case::CaseView,
        case::Fact,
        case::Choice,
        case::Chart,
        case::ChartNode,
        case::ChartEdge,
        case::ChartQuestion,
        case::PreservedView,
        case::SessionRow,
        case::ExhibitRow,
        case::PictureRef,
        case::ViewRow,
        case::ActionTable,
        case::ActionTableRow,
        case::ActionRow,
        case::IsolationRow,
        case::DocumentRow,
        case::SignerRow,
        case::HaltView,
        case::TimelineRow,
        case::TurnsView,
        case::MemberRow,
        case::HoldRow,
        forms::SetUp,
        forms::SetUpPerson,
        forms::ReportForm,
        forms::OtherForm,
        act::Act,
        forms::ExternalForm,
        forms::PoliceForm,
        forms::ActionLine,
        forms::IsolationForm,
        forms::SessionForm,
        forms::WordsExhibit,
        forms::CaptureForm,
        forms::ImportForm,
        forms::MarkForm,
        forms::ShapeForm,
        forms::Browse,
        handing::HandOverForm,
        handing::HandedOver,
        handing::HandOversView,
        handing::HandOverRow,
        verifying::VerifyForm,
        verifying::VerifyView,
        verifying::VerifyFact,
        report::ReportView,
        report::TermReport,
        report::ReportFigure,
        report::CountChart,
        report::CountRow,
        review::ReviewView,
        review::PageView,
        review::VisitRow,
        review::GateQuestion,
        store::PeopleView,
        store::RegisterComputer,
        store::PersonRow,
        store::AddPerson,
        store::RenewPerson,
        store::Place,
        store::BackupsView,
        store::BackupRow,
        store::MakeBackup,
        store::RestoreView,
        store::RestoreCase,
        store::Restore,
        store::ProgressView,
        store::CheckLine,
        store::CheckView,
        store::Head,
        store::HeadVerdict,
        store::DestructionRow,
        policy::PolicyView,
        policy::PolicySection,
        policy::PolicyRow,
        policy::PolicyTable,
        policy::PolicyTicks,
        policy::PolicyFile,
        policy::PolicyText,
        policy::PolicyCheck,
        policy::PolicyFault,
        policy::PolicyChange,
        policy::PolicyPart,
        policy::AdoptPolicy,
    );
    let mut text =
        String::from("// Generated from the Rust wire types by `cargo run -p trail-app --bin wire`. Do not edit.\n");
    for declaration in declarations {
        text.push_str("\nexport ");
        text.push_str(&declaration);
        text.push('\n');
    }
    text
}
