//! Going about in the evidence browser, and what waits there until two people give a reason.

use trail_domain::case::Case;
use trail_domain::event::review::held::{AccountUsed, Leave, Passed, Sending};
use trail_domain::event::review::{Visit, VisitKind};
use trail_domain::ids::{CaseId, PersonId};
use trail_domain::procedure::{Command, leave};

use crate::app::App;
use crate::fault::{Fault, Stop};
use crate::ports::{Go, Pass};
use crate::reading;
use crate::wire::forms::{Browse, HeldReason};
use crate::wire::review::ReviewView;

/// Seconds that a page stays revealed.
const REVEAL_SECONDS: u32 = 30;

/// Something that waits for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The address, exactly.
    pub(crate) address: String,
    /// What is sent there; nothing where a page of another site is opened.
    pub(crate) sends: Option<Sending>,
}

impl Held {
    /// What this visit holds, if it holds something.
    fn by(visit: &Visit) -> Option<Self> {
        Some(Self { address: visit.address.clone(), sends: visit.what.holds()? })
    }

    /// By what the pages know it.
    pub(crate) fn id(&self) -> &'static str {
        match self.sends {
            None => "other-site",
            Some(Sending::Form) => "form",
            Some(Sending::PasswordForm) => "password-form",
            Some(Sending::SignIn) => "sign-in",
        }
    }
}

impl App {
    /// Does something in the evidence browser.
    ///
    /// # Errors
    /// - If no session is open in this case, or the browser does not do it.
    /// - If a reason is given and nothing waits for one, or something else does by now, an answer is missing, or the PIN is
    ///   not the observer's.
    /// - If the procedure refuses to let through what is held.
    pub fn browse(&mut self, case: &str, browse: Browse) -> Result<ReviewView, Stop> {
        let id = reading::case_id(case)?;
        self.running_review(&id)?;
        if self.is_paused(&id) {
            return Err(Fault::new("review-paused").into());
        }
        let stood = self.held();
        // What a page wanted meanwhile is known before anything is answered; HALT in the window comes first.
        if self.drain() {
            return Ok(self.review(case)?);
        }
        match browse {
            // A reason is for what both people saw held.
            Browse::GiveReason(_) if stood.is_some() && self.held() != stood => {
                return Err(Fault::new("held-changed").into());
            }
            Browse::Open { address } => self.open_address(&id, address.trim())?,
            Browse::GiveReason(reason) => self.give_reason(&id, &reason)?,
            Browse::LeaveHeld => self.hold(None),
            Browse::Back => self.go(&Go::Back)?,
            Browse::Forward => self.go(&Go::Forward)?,
            Browse::Reload => self.go(&Go::Reload)?,
            Browse::StopLoading => self.go(&Go::StopLoading)?,
            Browse::Reveal => self.go(&Go::Reveal(REVEAL_SECONDS))?,
            // Where nothing is shown there is nothing to cover.
            Browse::Cover if !self.ports.browser.is_running() => {}
            Browse::Cover => self.go(&Go::Cover)?,
            Browse::ScrollThrough => self.go(&Go::ScrollThrough)?,
            Browse::Show => self.go(&Go::Show)?,
        }
        Ok(self.review(case)?)
    }

    fn held(&mut self) -> Option<Held> {
        self.review_mut().and_then(|review| review.held.clone())
    }

    /// What the visits that were recorded hold; a page that was asked for since is what people chose instead.
    pub(super) fn note_held(&mut self, visits: &[Visit]) {
        for visit in visits {
            if visit.what == VisitKind::Asked {
                self.hold(None);
            } else if let Some(held) = Held::by(visit) {
                self.hold(Some(held));
            }
        }
    }

    pub(super) fn hold(&mut self, held: Option<Held>) {
        if let Some(review) = self.review_mut() {
            review.held = held;
        }
    }

    fn go(&mut self, go: &Go) -> Result<(), Fault> {
        Ok(self.ports.browser.go(go)?)
    }

    /// Opens an address that was typed, or holds it where its site is none of the case's.
    fn open_address(&mut self, id: &CaseId, address: &str) -> Result<(), Stop> {
        self.may_visit(id, address)?;
        if leave::is_of_the_case(self.desk()?.case(id)?, address) {
            return Ok(self.open_page(id, address)?);
        }
        let at = self.ports.clock.now();
        let visit = Visit { at, address: address.to_owned(), what: VisitKind::AwayHeld };
        let by = self.session_person(id)?;
        self.carry_out(id, Command::Record(vec![visit.clone()]), &by)?;
        self.note_held(&[visit]);
        Ok(())
    }

    fn open_page(&mut self, id: &CaseId, address: &str) -> Result<(), Fault> {
        if !self.ports.browser.is_running() {
            let sites = leave::sites(self.desk()?.case(id)?);
            self.start_browser(sites)?;
        }
        self.go(&Go::LetThrough(Pass::Site(leave::site(address))))?;
        self.go(&Go::Open(address.to_owned()))
    }

    /// The reason is in the record before anything passes.
    fn give_reason(&mut self, id: &CaseId, given: &HeldReason) -> Result<(), Stop> {
        let held = self.held().ok_or_else(|| Fault::new("nothing-held"))?;
        let address = held.address.clone();
        let passed = match held.sends {
            None => Passed::OtherSite,
            Some(what) => Passed::Sent { what, account: account(given)? },
        };
        let leave = Leave { address: address.clone(), passed, reason: reading::words("heldReason", &given.reason)? };
        let (by, observer) = self.both_of(id)?;
        if let Some(review) = self.review_mut() {
            if *review.pin.of() != observer {
                return Err(Fault::new("no-session-here").into());
            }
            review.pin.check(&given.pin)?;
        }
        self.carry_out(id, Command::LetThrough(Box::new(leave)), &by)?;
        self.hold(None);
        match held.sends {
            None => self.open_page(id, &address)?,
            Some(Sending::Form | Sending::PasswordForm) => {
                self.go(&Go::LetThrough(Pass::Site(leave::site(&address))))?;
                self.go(&Go::LetThrough(Pass::Form(address)))?;
            }
            Some(Sending::SignIn) => {
                self.go(&Go::LetThrough(Pass::SignIn(address)))?;
                // The page asks for the name and password again when it is opened again.
                let page = self.review_mut().map(|review| review.page.address.clone()).unwrap_or_default();
                self.go(&Go::Open(page))?;
            }
        }
        Ok(())
    }

    fn both_of(&self, id: &CaseId) -> Result<(PersonId, PersonId), Fault> {
        let case: &Case = self.desk()?.case(id)?;
        let session = case.open_session().ok_or_else(|| Fault::new("no-session-here"))?;
        Ok((session.operator.clone(), session.observer.clone()))
    }
}

fn account(given: &HeldReason) -> Result<AccountUsed, Fault> {
    Ok(AccountUsed {
        whose: reading::words("accountWhose", &given.whose)?,
        authority: reading::words("accountAuthority", &given.authority)?,
    })
}
