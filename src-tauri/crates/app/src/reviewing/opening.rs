//! Opening and closing a session, and starting the browser in it.

use trail_domain::event::Event;
use trail_domain::event::review::ServerTime;
use trail_domain::procedure::gate::same_site;
use trail_domain::words::Words;

use super::pin::Pin;
use super::{
    App, CaseId, Command, ComputerCheck, Fault, Moment, Noted, PersonId, Reach, Review, SessionEnd, SessionForm,
    SessionId, State, Stop, procedure, reading, sharing,
};
use crate::ports::TimeRead;
use crate::wire::act::Act;

impl App {
    pub(super) fn try_open_session(&mut self, id: &CaseId, form: &SessionForm) -> Result<(), Stop> {
        let at = self.ports.clock.now();
        let operator = reading::person_id("operator", &form.operator)?;
        let here = self.desk()?.people();
        let observer = here.iter().find(|person| **person != operator).cloned().unwrap_or_else(|| operator.clone());
        let check = self.check_computer(form, at)?;
        let pin = Pin::chosen(observer.clone(), &form.pin)?;
        let mut random = [0; 16];
        self.ports.entropy.fill(&mut random);
        let session = SessionId::from_bytes(random);
        let decide = |check: &ComputerCheck| -> Result<Vec<Event>, Stop> {
            let command = Command::OpenSession {
                session: session.clone(),
                operator: operator.clone(),
                observer: observer.clone(),
                check: check.clone(),
            };
            let desk = self.desk()?;
            let case = desk.case(id)?;
            let pack = self.pack(case.pack())?;
            Ok(procedure::decide(case, pack, command, &desk.now(at, &operator, &here))?)
        };
        // Where no session may be opened, nobody is asked.
        decide(&check)?;
        let check = ComputerCheck { time_server: self.server_says()?, ..check };
        let events = decide(&check)?;
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            desk.vault.begin_session(id, &session, &operator, &observer, at, entropy.as_ref())?;
            let signer = trail_store::Signer::Session(&session);
            let recorded = desk.vault.append(Some(id), &events, at, &signer, entropy.as_ref())?;
            desk.fold(id, &recorded)?;
            let now = self.ports.clock.steady_seconds();
            let page = crate::ports::PageNow::default();
            desk.review = Some(Review {
                case: id.clone(),
                opened: now,
                confirmed: now,
                page,
                halt_pressed: false,
                pin,
                held: None,
            });
        }
        Ok(())
    }

    /// The PIN of whoever observes after this act, where it changes that.
    ///
    /// # Errors
    /// - If there is no such case here, or the PIN does not fit.
    pub(crate) fn pin_after(&self, id: &CaseId, act: &Act) -> Result<Option<Pin>, Fault> {
        let Act::ChangeRoles { pin } = act else { return Ok(None) };
        let session = self.desk()?.case(id)?.open_session();
        session.map(|session| Pin::chosen(session.operator.clone(), pin)).transpose()
    }

    /// From here on the observer confirms with this PIN.
    pub(crate) fn take_pin(&mut self, pin: Pin) {
        if let Some(review) = self.review_mut() {
            review.pin = pin;
        }
    }

    /// Ends the open session of whichever case has one, because its people leave or the app locks.
    pub(crate) fn end_session_as(&mut self, how: SessionEnd) {
        let Some(id) = self.review_mut().map(|review| review.case.clone()) else { return };
        self.ports.browser.kill();
        if self.drain() {
            // Pressed in its window, and not answered yet: HALT ends the session too.
            if self.halt(Some(id.as_str())).is_err() {
                self.hold_in_memory(&id);
            }
            self.close_review();
            return;
        }
        let by = self.desk().and_then(crate::desk::Desk::first);
        if let Ok(by) = by
            && self.carry_out(&id, Command::EndSession(how), &by).is_err()
        {
            // Without an end entry the next start records the end as a crash, which is then the truth.
            self.flag_ledger("The end of the session could not be recorded");
        }
        self.close_review();
    }

    /// Ends the browser, and wipes the session's key.
    pub(super) fn close_review(&mut self) {
        self.ports.browser.kill();
        self.brake.release();
        if let State::Open(desk) = &mut self.state
            && let Some(review) = desk.review.take()
            && let Some(session) =
                desk.shelf.case(&desk.vault, &review.case).ok().and_then(|case| case.sessions().last())
        {
            desk.vault.end_session(&session.id);
        }
    }

    /// Ends the browser where an act ended the session, as when the case turned illegal.
    pub(crate) fn close_if_ended(&mut self, id: &CaseId) {
        let runs = self.desk().is_ok_and(|desk| desk.case(id).is_ok_and(|case| case.open_session().is_some()));
        if !runs && self.review_mut().is_some_and(|review| &review.case == id) {
            self.close_review();
        }
    }

    pub(super) fn start_browser(&mut self, sites: Vec<String>) -> Result<(), Fault> {
        let reach = Reach { private: self.settings.private_addresses.clone(), only_these: self.practice, sites };
        let kill = self.ports.browser.open(&reach)?;
        self.brake.hold(kill);
        // A press that came before there was anything to kill.
        self.not_halted().inspect_err(|_| self.ports.browser.kill())
    }

    pub(super) fn running_review(&mut self, id: &CaseId) -> Result<(), Fault> {
        self.desk_mut()?;
        match self.review_mut() {
            Some(review) if &review.case == id => Ok(()),
            Some(_) | None => Err(Fault::new("no-session-here")),
        }
    }

    /// Whether an address may be opened: a web address, and no site that Stop and refer closed.
    pub(super) fn may_visit(&self, id: &CaseId, address: &str) -> Result<(), Fault> {
        let web = ["http://", "https://"]
            .iter()
            .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        if !web {
            return Err(Fault::new("address-scheme").at("address"));
        }
        let stopped = self.desk()?.case(id)?.stopped().iter().any(|(_, closed)| same_site(closed, address));
        if stopped { Err(Fault::new("site-stopped").at("address")) } else { Ok(()) }
    }

    fn check_computer(&self, form: &SessionForm, at: Moment) -> Result<ComputerCheck, Fault> {
        let remote = form.remote_control.trim();
        let noted = |answer: Result<bool, String>| match answer {
            Ok(fact) => Noted::Observed(fact),
            Err(because) => Noted::NotRecorded(because),
        };
        let programs = match self.ports.computer.running() {
            Ok(running) => Noted::Observed(sharing::seen(&running)?),
            Err(because) => Noted::NotRecorded(because),
        };
        if let Noted::Observed(seen) = &programs
            && !seen.is_empty()
            && sharing::says_none(remote)
        {
            return Err(Fault::with("sharing-runs", "programs", seen.join(", ")).at("remoteControl"));
        }
        Ok(ComputerCheck {
            asset_tag: reading::words("assetTag", &form.asset_tag)?,
            reference: reference(&form.reference_time, at)?,
            shown: at,
            reference_is: reading::words("referenceIs", &form.reference_is)?,
            free_bytes: match self.ports.computer.free_bytes() {
                Ok(bytes) => Noted::Observed(bytes),
                Err(because) => Noted::NotRecorded(because),
            },
            disk_encrypted: noted(self.ports.computer.disk_encrypted()),
            remote_control: match Words::new(remote) {
                Ok(words) => Noted::Observed(words.to_string()),
                Err(_) => Noted::NotRecorded("nobody looked".to_owned()),
            },
            programs,
            synced_folder: noted(self.ports.computer.synced_folder()),
            time_server: Noted::NotRecorded("it was not asked yet".to_owned()),
            halt_key_tried: form.halt_key_tried,
        })
    }

    /// What the school's time server says of this computer's clock. HALT does not wait for it, and in practice nobody is
    /// asked.
    fn server_says(&self) -> Result<Noted<ServerTime>, Fault> {
        let unknown = |because: &str| Ok(Noted::NotRecorded(because.to_owned()));
        if self.practice {
            return unknown("in practice no time server is asked");
        }
        let Some(server) = self.desk()?.register.time_server() else {
            return unknown("the school chose no time server");
        };
        let said = self.ports.time_servers.ask(server, &self.brake.stops());
        self.not_halted()?;
        Ok(match said {
            Ok(TimeRead { fast_by_ms, round_trip_ms, stratum }) => {
                Noted::Observed(ServerTime { server: server.to_owned(), fast_by_ms, round_trip_ms, stratum })
            }
            Err(why) => Noted::NotRecorded(format!("{server} {why}")),
        })
    }

    pub(super) fn session_person(&self, id: &CaseId) -> Result<PersonId, Fault> {
        let desk = self.desk()?;
        desk.case(id)?.sessions().last().map_or_else(|| desk.first(), |session| Ok(session.operator.clone()))
    }
}

/// What the reference clock showed, `14:33` or `14:33:05` by the clocks of the United Kingdom: the moment of that
/// reading nearest to what this computer shows.
fn reference(typed: &str, shown: Moment) -> Result<Moment, Fault> {
    let bad = || Fault::with("time-bad", "field", "reference time").at("referenceTime");
    let typed = typed.trim();
    let time = chrono::NaiveTime::parse_from_str(typed, "%H:%M:%S")
        .or_else(|_| chrono::NaiveTime::parse_from_str(typed, "%H:%M"))
        .map_err(|_| bad())?;
    let local = shown.in_uk().0;
    let day = chrono::TimeDelta::days(1);
    let half = chrono::TimeDelta::hours(12);
    let mut difference = local.date().and_time(time) - local;
    if difference > half {
        difference -= day;
    } else if difference < -half {
        difference += day;
    }
    let micros = difference.num_microseconds().ok_or_else(bad)?;
    Ok(Moment::from_micros(shown.micros() + micros))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Moment, reference};

    fn at(text: &str) -> Moment {
        Moment::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_reading_is_the_one_nearest_to_the_clock() {
        assert_eq!(reference("14:33:05", at("2026-11-22T14:33:00Z")).unwrap(), at("2026-11-22T14:33:05Z"));
        assert_eq!(reference("00:01", at("2026-11-22T23:59:00Z")).unwrap(), at("2026-11-23T00:01:00Z"));
        assert_eq!(reference("10:00", at("2026-06-01T09:00:10Z")).unwrap(), at("2026-06-01T09:00:00Z"));
        assert_eq!(reference("25:00", at("2026-06-01T09:00:10Z")).unwrap_err().code(), "time-bad");
    }
}
