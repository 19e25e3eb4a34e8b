//! What can be read off a case.

use super::{
    Actions, Case, CaseId, CaseReference, Computer, Copy, Destruction, Document, Exhibit, Finding, Group, HandedOver,
    HarmTest, IsolationLine, PackRef, PreservedItem, Referral, Report, Seq, Session, SessionId, Stamp, TriageExit,
    View, Words,
};

impl Case {
    /// Id.
    #[must_use]
    pub fn id(&self) -> &CaseId {
        &self.id
    }

    /// Reference.
    #[must_use]
    pub fn reference(&self) -> &CaseReference {
        &self.reference
    }

    /// The pack it runs under.
    #[must_use]
    pub fn pack(&self) -> &PackRef {
        &self.pack
    }

    /// The report.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// When it was opened, and by whom.
    #[must_use]
    pub fn opening(&self) -> &Stamp {
        &self.opened
    }

    /// What was preserved.
    #[must_use]
    pub fn preserved(&self) -> &[(Stamp, PreservedItem)] {
        &self.preserved
    }

    /// Whether preserving is complete, and why nothing was preserved.
    #[must_use]
    pub fn preserve_finished(&self) -> Option<&(Stamp, Option<Words>)> {
        self.preserve_finished.as_ref()
    }

    /// The way out of triage.
    #[must_use]
    pub fn triage(&self) -> Option<&(Stamp, TriageExit, Words)> {
        self.triage.as_ref()
    }

    /// The harm test.
    #[must_use]
    pub fn harm_test(&self) -> Option<&(Stamp, HarmTest)> {
        self.harm.as_ref()
    }

    /// The entry by which a criterion of the policy says that the harm test is met, where one does. It stands as long as
    /// the person concerned is the same.
    #[must_use]
    pub fn harm_test_met(&self) -> Option<&Stamp> {
        self.harm_met.as_ref()
    }

    /// Whether the case needs the harm test: the person concerned works or volunteers with children, or a criterion says
    /// that it is met.
    #[must_use]
    pub fn needs_harm_test(&self) -> bool {
        self.report.subject.works_with_children || self.harm_met.is_some()
    }

    /// Whether the harm test is needed and waits for its answer; where a criterion holds, for the LADO's.
    #[must_use]
    pub fn harm_test_open(&self) -> bool {
        self.needs_harm_test() && self.harm.is_none()
    }

    /// Since when the harm test waits for its answer: the report, another person concerned or more that is known of them,
    /// or a criterion that holds.
    #[must_use]
    pub fn harm_asked_since(&self) -> &Stamp {
        &self.harm_asked_since
    }

    /// The answer of the harm test that names the LADO, where it was given.
    #[must_use]
    pub fn lado(&self) -> Option<&HarmTest> {
        self.harm.as_ref().map(|(_, test)| test).filter(|test| matches!(test, HarmTest::YesOrUnsure { .. }))
    }

    /// The group.
    #[must_use]
    pub fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    /// The designated computer, and the filter that was opened for it.
    #[must_use]
    pub fn computer(&self) -> Option<&(Stamp, Computer, Words)> {
        self.computer.as_ref()
    }

    /// Sessions, oldest first.
    #[must_use]
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Exhibits, oldest first.
    #[must_use]
    pub fn exhibits(&self) -> &[(Stamp, SessionId, Exhibit)] {
        &self.exhibits
    }

    /// Who sealed a view, and when. Says nothing of its content.
    pub fn sealed_views(&self) -> impl Iterator<Item = (&Stamp, &crate::ids::PersonId)> {
        self.views.iter().map(|(stamp, view)| (stamp, &view.person))
    }

    /// The views, once everybody who judges has sealed theirs: they open together or not at all.
    #[must_use]
    pub fn opened_views(&self) -> Option<&[(Stamp, View)]> {
        let judges = self.judges();
        let sealed = |person: &&crate::ids::PersonId| self.views.iter().any(|(_, view)| &view.person == *person);
        (!judges.is_empty() && judges.iter().all(sealed)).then_some(self.views.as_slice())
    }

    /// The finding, its reasons and the police grounds.
    #[must_use]
    pub fn finding(&self) -> Option<&(Stamp, Finding, Words, Vec<String>)> {
        self.finding.as_ref()
    }

    /// The actions.
    #[must_use]
    pub fn actions(&self) -> Option<&Actions> {
        self.actions.as_ref()
    }

    /// The isolation checklist.
    #[must_use]
    pub fn isolation(&self) -> Option<&(Stamp, Vec<IsolationLine>)> {
        self.isolation.as_ref()
    }

    /// Documents, oldest first.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Copies of documents that were saved outside the store.
    #[must_use]
    pub fn copies(&self) -> &[(Stamp, Copy)] {
        &self.copies
    }

    /// Packages that were handed over, oldest first.
    #[must_use]
    pub fn hand_overs(&self) -> &[HandedOver] {
        &self.hand_overs
    }

    /// Retention: review day and rule.
    #[must_use]
    pub fn retained(&self) -> Option<&(Stamp, String, Words)> {
        self.retained.as_ref()
    }

    /// Addresses closed by Stop and refer.
    #[must_use]
    pub fn stopped(&self) -> &[(Stamp, String)] {
        &self.stopped
    }

    /// Referrals.
    #[must_use]
    pub fn referrals(&self) -> &[(Stamp, Referral)] {
        &self.referrals
    }

    /// Custody: item, custodian, place.
    #[must_use]
    pub fn custody(&self) -> &[(Stamp, Words, Words, Words)] {
        &self.custody
    }

    /// Notes under HALT.
    #[must_use]
    pub fn notes(&self) -> &[(Stamp, Words)] {
        &self.notes
    }

    /// Corrections: which entry, and what is right.
    #[must_use]
    pub fn corrections(&self) -> &[(Stamp, Seq, Words)] {
        &self.corrections
    }

    /// Why a restored store came without this case's pictures, where it did.
    #[must_use]
    pub fn left_out(&self) -> Option<&(Stamp, Words)> {
        self.left_out.as_ref()
    }

    /// Requests to destroy the case, or early one entry of it.
    #[must_use]
    pub fn destructions(&self) -> &[Destruction] {
        &self.destructions
    }

    /// Entries that were erased early: when, and which.
    #[must_use]
    pub fn erased(&self) -> &[(Stamp, Seq)] {
        &self.erased
    }

    /// The case's entries.
    #[must_use]
    pub fn entries(&self) -> &[Seq] {
        &self.entries
    }

    /// Its last entry.
    #[must_use]
    pub fn last(&self) -> Seq {
        self.last
    }
}
