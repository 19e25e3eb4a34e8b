//! The school's policy: reading it, editing a copy, and taking it into use.
//!
//! **Nobody signs a policy that they were not shown.** What is taken into use has the hash of what was checked. Open
//! cases keep the policy that they were opened under.

use trail_domain::ids::{CaseId, PersonId};
use trail_domain::pack::{Faults, PolicyPack};
use trail_domain::people::Person;
use trail_domain::procedure::policy;
use trail_domain::refusal::{Refusal, RefusalCode};

use crate::app::{App, State};
use crate::fault::Fault;
use crate::reading;
use crate::show;
use crate::wire::case::Choice;
use crate::wire::policy::{AdoptPolicy, PolicyCheck, PolicyText, PolicyView};

mod file;

/// The longest text of a policy, in bytes. The longest that ships has a twentieth of it.
const LONGEST: usize = 1 << 20;

impl App {
    /// A policy to read: that of a case with the case's position on its charts, one that ships, or else the one that
    /// new cases are opened under.
    ///
    /// # Errors
    /// - If nobody is signed in, except for one that ships.
    /// - If there is no such case for them, or no such policy.
    pub fn policy(&self, case: Option<&str>, ships: Option<&str>) -> Result<PolicyView, Fault> {
        if let Some(case) = case {
            let id = reading::case_id(case)?;
            let pack = self.pack_of(&id)?;
            let charts = self.on_scene(&id, show::chart::of_the_case)?;
            return self.shown(&pack, charts);
        }
        let pack = match ships {
            Some(id) => self.packs.iter().find(|pack| pack.id() == id).cloned(),
            None => Some(self.pack_for_new()?),
        };
        let pack = pack.ok_or_else(|| Fault::with("pack-missing", "id", ships.unwrap_or_default()))?;
        let charts = show::chart::plain(&pack);
        self.shown(&pack, charts)
    }

    /// The text to begin an edit from: the next version of the school's own policy, or a copy of one that ships under
    /// this id.
    ///
    /// # Errors
    /// - If nobody is signed in.
    /// - If the id is none, or is taken.
    pub fn policy_text(&self, id: &str) -> Result<PolicyText, Fault> {
        let pack = self.pack_for_new()?;
        if !self.ships(&pack) {
            return Ok(PolicyText { text: pack.next_text() });
        }
        let id = id.trim();
        let is_taken = |other: &PolicyPack| other.id() == id;
        if self.packs.iter().any(is_taken) || self.desk()?.packs.iter().any(is_taken) {
            return Err(Fault::with("policy-id-taken", "id", id).at("policyId"));
        }
        let text = pack.copied_as(id).map_err(|_| Fault::with("policy-id-form", "id", id).at("policyId"))?;
        Ok(PolicyText { text })
    }

    /// Checks an edited policy: every fault with its line, or else what it changes.
    ///
    /// # Errors
    /// - If nobody is signed in, or the text is too long to be a policy.
    pub fn check_policy(&mut self, text: &str) -> Result<PolicyCheck, Fault> {
        self.desk_mut()?;
        let present = self.pack_for_new()?;
        let read = self.read_policy(text)?;
        Ok(show::policy::check(text, &present, read, &self.phrases))
    }

    /// Takes a policy into use for new cases.
    ///
    /// # Errors
    /// - If the reason is missing, the passphrase is wrong, or who signs may not.
    /// - If the text is faulty, or is not the one that was checked.
    /// - If it cannot be written; then the policy before stays in use.
    pub fn adopt_policy(&mut self, form: &AdoptPolicy) -> Result<PolicyView, Fault> {
        let reason = reading::words("reason", &form.reason)?;
        let pack = self.read_policy(&form.text)?.map_err(|_| Fault::new("policy-faulty"))?;
        if pack.reference().hash.to_string() != form.sha256 {
            return Err(Fault::new("policy-not-checked"));
        }
        let person = reading::person_id("person", &form.person)?;
        self.asked_by(&person, policy::may_adopt)?;
        let by = self.acting_with(&form.person, &form.passphrase, "passphrase")?;
        let events = self.asked_by(&by, |now| policy::adopt(&pack, reason, now))?;
        self.append_store(&events, &by)?;
        self.learn_packs();
        self.policy(None, None)
    }

    /// What the core answers where this person asks.
    fn asked_by<T>(
        &self,
        by: &PersonId,
        ask: impl FnOnce(&trail_domain::procedure::Now<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Fault> {
        let desk = self.desk()?;
        let here = desk.people();
        ask(&desk.now(self.ports.clock.now(), by, &here)).map_err(|refusal| refused(&refusal))
    }

    fn read_policy(&self, text: &str) -> Result<Result<PolicyPack, Faults>, Fault> {
        if text.len() > LONGEST {
            return Err(Fault::new("policy-too-long").at("policyText"));
        }
        let shipped: Vec<&PolicyPack> = self.packs.iter().collect();
        let kept: Vec<&PolicyPack> = self.desk()?.packs.iter().collect();
        Ok(PolicyPack::read_edited(text, &shipped, &kept))
    }

    /// Whether it comes with the product.
    fn ships(&self, pack: &PolicyPack) -> bool {
        self.packs.iter().any(|other| other.reference() == pack.reference())
    }

    fn shown(&self, pack: &PolicyPack, charts: Vec<crate::wire::case::Chart>) -> Result<PolicyView, Fault> {
        let desk = self.desk().ok();
        let signers: Vec<Choice> = desk.map_or_else(Vec::new, |desk| {
            let enrolled = desk.here.iter().filter_map(|(person, _)| desk.register.person(person));
            let may = |person: &&Person| self.asked_by(&person.id, policy::may_adopt).is_ok();
            enrolled.filter(may).map(show::policy::signer).collect()
        });
        let present = self.pack_for_new().ok();
        let copy_id = present.as_ref().filter(|pack| self.ships(pack)).and_then(|_| self.free_id());
        let refused =
            (desk.is_some() && signers.is_empty()).then(|| Fault::new("policy-head-only").in_words(&self.phrases));
        Ok(PolicyView {
            id: pack.id().to_owned(),
            title: pack.title().to_owned(),
            summary: pack.summary().to_owned(),
            about: show::policy::about(pack, desk.map(|desk| &desk.register), &self.phrases),
            note: pack.source_note().map(ToOwned::to_owned),
            sections: show::policy::sections(pack, &self.national, &self.phrases),
            tables: show::policy::tables(pack),
            charts,
            history: desk.map_or_else(Vec::new, |desk| show::policy::history(&desk.register)),
            in_use: present.is_some_and(|present| present.reference() == pack.reference()),
            copy_id,
            signers,
            refused,
        })
    }

    /// An id that no policy has yet.
    fn free_id(&self) -> Option<String> {
        let desk = self.desk().ok()?;
        let taken = |id: &String| desk.packs.iter().chain(&self.packs).any(|pack| pack.id() == id);
        (1_u32..)
            .map(|number| if number == 1 { "our-school".to_owned() } else { format!("our-school-{number}") })
            .find(|id| !taken(id))
    }

    /// The policy that a case about this person is opened under.
    pub(crate) fn pack_about(&self, person: Option<&PersonId>) -> Result<PolicyPack, Fault> {
        let register = &self.desk()?.register;
        let reference = register.pack_about(person).ok_or_else(|| Fault::new("no-store"))?;
        if register.adopted().iter().any(|adopted| adopted.policy.pack == *reference) {
            return self.pack(reference).cloned();
        }
        // What set-up chose is known by its name: the product may come with a newer text of it.
        let known = self.packs.iter().find(|pack| pack.id() == reference.id).cloned();
        known.ok_or_else(|| Fault::with("pack-missing", "id", reference.id.clone()))
    }

    /// The policy of a case, where there is one open to those here.
    pub(crate) fn pack_of(&self, id: &CaseId) -> Result<PolicyPack, Fault> {
        self.pack(self.desk()?.case(id)?.pack()).cloned()
    }

    /// Reads the packs that only this store has: a case keeps the one that it was opened under. One that this version
    /// cannot read is missed where a case is opened under it, and that is said there.
    pub(crate) fn learn_packs(&mut self) {
        let State::Open(desk) = &mut self.state else { return };
        for (kept, text) in desk.register.kept_packs() {
            let is_known = self.packs.iter().chain(&desk.packs).any(|pack| pack.reference().hash == kept.hash);
            if let Some(pack) =
                (!is_known).then(|| PolicyPack::parse(&format!("{}.toml", kept.id), text).ok()).flatten()
            {
                desk.packs.push(self.national.over(pack));
            }
        }
    }
}

/// A refusal of the core as a trouble of this page.
fn refused(refusal: &Refusal) -> Fault {
    let code = refusal.code();
    if code == RefusalCode::HeadOnly {
        Fault::new("policy-head-only").at("person")
    } else if code == RefusalCode::AlreadyDone {
        Fault::new("policy-in-use")
    } else if code == RefusalCode::Frozen {
        Fault::new("frozen")
    } else {
        Fault::new("not-signed-in").at("person")
    }
}
