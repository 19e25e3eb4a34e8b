//! The one shape that is written to disk: what happened. Every event becomes the body of one ledger entry, as canonical
//! JSON (RFC 8785). Nothing is edited or deleted: a correction is an event that names the entry it corrects.

use crate::ids::{CaseId, CaseReference, ExhibitMark, Hash, PersonId, Seq, SessionId, StoreId};
use crate::people::{Computer, Person, School};
use crate::{time::Moment, words::Words};
use serde::{Deserialize, Serialize};

pub mod capture;
pub mod course;
pub mod document;
pub mod handing;
pub mod keeping;
mod kind;
mod recorded;
pub mod release;
pub mod report;
pub mod review;
mod turn;

use capture::{Exhibit, GateAnswers, GatedFile, StoppedBy, screen::GatedScreen};
use document::{DocumentMade, Returned, Signed};
use keeping::{AnchorBroken, Backup, DestructionTarget, PolicyAdopted, Renewed, Restored};
use report::{GroupMember, HarmTest, PreservedItem, Report, TriageExit};
use review::{ActionChosen, ComputerCheck, Finding, IsolationLine, Referral, Response, SessionEnd, View, Visit};
pub use {recorded::PackRef, recorded::Recorded, turn::Turn};

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Event {
    /// The store was made: the first entry of every ledger.
    StoreMade {
        /// The store.
        store: StoreId,
        /// The school.
        school: School,
        /// The pack that new cases are opened under.
        pack: PackRef,
        /// Practice stores make no evidence.
        practice: bool,
        /// SHA-256 of the certificate of the school's authority.
        authority: Hash,
        /// That certificate, DER as base64.
        authority_certificate: String,
        /// Whether the computer's keychain holds a second secret; without one, it was chosen knowingly.
        keychain: bool,
    },
    /// The text of a policy pack was kept: cases opened under it are read with it, whatever comes later.
    PackKept {
        /// Which; its hash is that of the text.
        pack: PackRef,
        /// The text, TOML.
        text: String,
    },
    /// A policy is in use for new cases from here on.
    PolicyAdopted {
        /// Which, in place of which, why.
        adopted: PolicyAdopted,
    },
    /// A person was enrolled.
    PersonEnrolled {
        /// Who.
        person: Person,
        /// Their certificate, DER as base64: the verifier takes none that the ledger lacks.
        certificate: String,
    },
    /// A computer was registered as designated.
    ComputerRegistered {
        /// Which.
        computer: Computer,
        /// The second person, where two registered a further one; the first signs the entry. None at set-up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
    },
    /// A person changed their passphrase.
    PassphraseChanged {
        /// Who.
        person: PersonId,
    },
    /// A person who forgot their passphrase has new keys; the old ones sign nothing from here on.
    PersonRenewed {
        /// Who, with which certificate, why.
        renewed: Renewed,
    },
    /// A person was removed, and the store re-keyed: they cannot sign in again.
    PersonRemoved {
        /// Who.
        person: PersonId,
        /// Why.
        reason: Words,
    },
    /// A backup was made.
    BackedUp {
        /// Which, on what, with whom.
        backup: Backup,
    },
    /// A backup is no more, or is not where it was.
    BackupGone {
        /// Its number.
        serial: u32,
        /// What became of it.
        how: Words,
    },
    /// This store was restored from a backup.
    Restored {
        /// From which, onto what, why.
        restored: Restored,
    },
    /// The record does not agree with a head that it had before.
    AnchorBroken {
        /// Which head, and what was found.
        broken: AnchorBroken,
    },
    /// Two people looked into a broken anchor and go on.
    AnchorAccepted {
        /// The entry that tells of it.
        broken: Seq,
        /// The second person; the first signs the entry.
        with: PersonId,
        /// What they found out.
        reason: Words,
    },
    /// The store was brought to a newer shape.
    Migrated {
        /// From this version.
        from: u32,
        /// To this one.
        to: u32,
    },
    /// A person signed in.
    SignedIn {
        /// Who.
        person: PersonId,
    },
    /// A person left.
    SignedOut {
        /// Who.
        person: PersonId,
    },
    /// Wrong passphrases were tried since the last sign-in.
    WrongPassphrases {
        /// How many times.
        times: u32,
    },
    /// The clock was found set back: it showed `shown` after an entry made at `before`.
    ClockSetBack {
        /// When the entry before was made.
        before: Moment,
        /// What the clock showed.
        shown: Moment,
    },

    /// A case was opened with its report.
    CaseOpened {
        /// The case.
        case: CaseId,
        /// Its reference.
        reference: CaseReference,
        /// The pack it runs under, for good.
        pack: PackRef,
        /// Who reported what.
        report: Report,
    },
    /// An item that may hold evidence was preserved.
    ItemPreserved {
        /// The item.
        item: PreservedItem,
    },
    /// Preserving is complete; with no item, the reason why.
    PreserveFinished {
        /// Why there was nothing to preserve, where there was nothing.
        nothing_because: Option<Words>,
    },
    /// The way out of triage was chosen.
    Triaged {
        /// The way.
        exit: TriageExit,
        /// Why.
        reason: Words,
    },
    /// The harm test for a subject who works with children was answered.
    HarmTested {
        /// The answer.
        test: HarmTest,
    },
    /// The group was formed.
    GroupFormed {
        /// Its members; the first two review.
        members: Vec<GroupMember>,
        /// Relation or line management to the subject, as declared.
        declared: Words,
    },
    /// The designated computer was chosen for the case.
    ComputerChosen {
        /// Which.
        computer: Computer,
        /// Which filter categories were opened for it, by whom and until when.
        filter: Words,
    },
    /// A review session was opened by two people.
    SessionOpened {
        /// The session.
        session: SessionId,
        /// Who produces the exhibits.
        operator: PersonId,
        /// Who watches.
        observer: PersonId,
        /// The check of the computer.
        check: ComputerCheck,
    },
    /// The observer confirmed.
    ObserverConfirmed {
        /// The session.
        session: SessionId,
    },
    /// The evidence browser did something.
    Visited {
        /// The session.
        session: SessionId,
        /// What.
        visit: Visit,
    },
    /// The gate was answered before a capture.
    GateAnswered {
        /// The session.
        session: SessionId,
        /// The address before them, exactly; nothing before an import, a screen or a window.
        address: String,
        /// The answers.
        answers: GateAnswers,
        /// Who answered.
        by: PersonId,
        /// The file before them, before an import.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<GatedFile>,
        /// The screen or window before them, before it is shot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        screen: Option<GatedScreen>,
    },
    /// An exhibit was kept.
    ExhibitKept {
        /// The session.
        session: SessionId,
        /// The exhibit.
        exhibit: Box<Exhibit>,
    },
    /// A capture was begun and nothing was kept.
    CaptureFailed {
        /// The session.
        session: SessionId,
        /// What went wrong.
        because: String,
    },
    /// A session ended.
    SessionEnded {
        /// The session.
        session: SessionId,
        /// How.
        how: SessionEnd,
    },
    /// A reviewer sealed their own view.
    ViewSealed {
        /// The view.
        view: View,
    },
    /// The group recorded its finding, after all views were opened together.
    FindingRecorded {
        /// The finding.
        finding: Finding,
        /// Why.
        reasons: Words,
        /// Police grounds of the pack that were found to apply, by id.
        police_grounds: Vec<String>,
    },
    /// The group chose its actions.
    ActionsChosen {
        /// The table of the pack that was used: `pupils` or `staff`.
        table: String,
        /// The row's number in it, from 0; none where no row fits.
        row: Option<usize>,
        /// One line for each action of the table.
        actions: Vec<ActionChosen>,
        /// Who else responds.
        response: Response,
    },
    /// The isolation checklist was recorded.
    Isolated {
        /// Its lines.
        lines: Vec<IsolationLine>,
    },
    /// A document was made.
    DocumentMade {
        /// Which.
        document: DocumentMade,
    },
    /// A document was signed by one person.
    DocumentSigned {
        /// By whom, and the file that came of it.
        signed: Signed,
    },
    /// The head returned the form with reasons.
    FormReturned {
        /// Why, and which.
        returned: Returned,
    },
    /// A copy of a document was saved outside the store.
    CopySaved {
        /// The file's name.
        name: String,
        /// SHA-256 of the file.
        sha256: Hash,
        /// Whether it shows pictures of exhibits.
        pictures: bool,
        /// Where it was saved, on this computer or a medium.
        place: Words,
    },
    /// The case is retained.
    Retained {
        /// Review date, as a day (`2032-11-22`).
        review_on: String,
        /// The rule of the pack it rests on.
        rule: Words,
    },

    /// HALT. Cannot be undone in the app.
    Halted {
        /// Who pressed.
        by: PersonId,
        /// What made them.
        because: StoppedBy,
        /// The address open at that moment, exactly, where one was.
        address: Option<String>,
        /// Exhibits kept before, now sealed.
        sealed: Vec<ExhibitMark>,
    },
    /// Stop and refer: one site is closed to review.
    StoppedAndReferred {
        /// Who answered.
        by: PersonId,
        /// The address, exactly; in place of one *File given:*, *Screen:* or *Window:* and its name.
        address: String,
    },
    /// A referral was recorded.
    Referred {
        /// To whom, when, with what advice.
        referral: Referral,
    },
    /// Who holds an item, or the computer, now.
    CustodyRecorded {
        /// The item or computer.
        item: Words,
        /// Its custodian.
        custodian: Words,
        /// Where it is.
        place: Words,
    },
    /// Words added to the record under HALT, that describe without depicting.
    NoteAdded {
        /// The words.
        words: Words,
    },
    /// An earlier entry was corrected.
    Corrected {
        /// Which.
        corrects: Seq,
        /// What is right.
        words: Words,
    },
    /// A restored store came without this case's pictures, because the case was halted after the backup was made.
    ExhibitsLeftOut {
        /// What is known of it.
        because: Words,
    },
    /// One person asked for destruction: of the case after its date, or early of one entry.
    DestructionAsked {
        /// What.
        target: DestructionTarget,
        /// On what ground.
        ground: Words,
        /// The mark of the exhibit, where it is one: never used again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mark: Option<ExhibitMark>,
    },
    /// A second person agreed.
    DestructionAgreed {
        /// The entry that asked.
        asked: Seq,
    },
    /// The body of an entry, and the files it names, were erased before their time.
    Erased {
        /// The entry that asked.
        asked: Seq,
        /// The entry that was erased.
        entry: Seq,
    },
    /// A turn that a case takes beside the ten stages.
    #[serde(untagged)]
    Turn(Turn),
}
