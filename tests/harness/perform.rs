//! Performing one act on the application as the windows would, with the happy path's own values for what is left out.

use serde_json::{Map, Value, json};
use trail_app::wire::case::{ActionRow, CaseView, TimelineRow};
use trail_app::wire::{Answer, Saved, Trouble};
use trail_app::{App, Fault, Stop};
use trail_domain::pack::PolicyPack;

use crate::doubles::coloured;
use crate::house::{self, House, PASSPHRASE};
use crate::{given, packs};

/// What came of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Done.
    Done,
    /// Refused by the procedure: its code, and the clause it names.
    Refused(String, Option<String>),
    /// Something around the procedure went wrong: its code, and what happened.
    Trouble(String, String),
}

/// A case on its way.
pub struct Walk {
    /// The school.
    pub house: House,
    /// The case, once opened.
    pub case: String,
    /// Values that this walk's case has instead of the happy path's.
    pub case_values: Map<String, Value>,
    /// Every picture that was ever kept, by SHA-256.
    pub pictures: Vec<(String, String)>,
    pack: PolicyPack,
}

impl Walk {
    /// A walk in this school, which is under the default pack.
    #[must_use]
    pub fn new(house: House) -> Self {
        Self::under(packs::bundled(house::DEFAULT), house)
    }

    /// A walk in this school, which is under this pack.
    #[must_use]
    pub fn under(pack: PolicyPack, house: House) -> Self {
        Self { house, case: String::new(), case_values: Map::new(), pictures: Vec::new(), pack }
    }

    /// Performs an act with the values given; people stand by their initials.
    pub fn perform(&mut self, act: &str, values: Map<String, Value>) -> Ended {
        let mut all = given::values(act).as_object().cloned().unwrap_or_default();
        if act == "open-case" {
            all.extend(self.case_values.clone());
        }
        packs::fit(&self.pack, act, &mut all, &values);
        all.extend(values);
        packs::rows_by_name(&self.pack, &mut all);
        self.choose_an_action(act, &mut all);
        self.fill_lists(act, &mut all);
        self.number_entries(act, &mut all);
        let who = all.remove("who");
        let ids = self.by_id(Value::Object(all));
        let fields = ids.as_object().cloned().unwrap_or_default();
        let ended = self.call(act, who.as_ref().and_then(Value::as_str), fields);
        self.remember_pictures();
        ended
    }

    /// Whether a picture that was kept can be read now.
    pub fn can_read(&mut self, sha256: &str) -> bool {
        self.house.app.picture(&self.case, sha256).is_ok()
    }

    /// Saves a document outside the store, by the first who is signed in, with their passphrase.
    ///
    /// # Errors
    /// - If the application refuses it, or it goes wrong.
    pub fn save(&mut self, sha256: &str) -> Result<Saved, Stop> {
        let who = self.house.app.view().signed_in.first().map(|signed| signed.person.id.clone()).unwrap_or_default();
        self.house.app.save_document(&self.case, sha256, &who, PASSPHRASE)
    }

    /// The case as its pages show it.
    #[must_use]
    pub fn view(&self) -> Option<CaseView> {
        self.house.app.case_view(&self.case).ok()
    }

    /// Kinds of the entries after this one, of the case and of the store, in order; and the last one's position.
    #[must_use]
    pub fn kinds_after(&self, seq: u64) -> (Vec<String>, u64) {
        let mut rows: Vec<TimelineRow> = self.house.app.store_timeline().unwrap_or_default();
        rows.extend(self.house.app.timeline(&self.case).unwrap_or_default());
        let mut rows: Vec<(u64, String)> =
            rows.into_iter().filter_map(|row| Some((row.seq.parse().ok()?, row.kind))).collect();
        rows.sort();
        let last = rows.last().map_or(seq, |(last, _)| *last);
        (rows.into_iter().filter(|(at, _)| *at > seq).map(|(_, kind)| kind).collect(), last)
    }

    fn call(&mut self, act: &str, who: Option<&str>, mut fields: Map<String, Value>) -> Ended {
        let person = who.map(|who| self.house.id(who));
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let first = self.house.app.view().signed_in.first().map(|signed| signed.person.id.clone()).unwrap_or_default();
        let actor = person.clone().unwrap_or(first);
        let passphrase = if text("passphrase").is_empty() { PASSPHRASE.to_owned() } else { text("passphrase") };
        let case = self.case.clone();
        let app = &mut self.house.app;
        match act {
            "sign-in" => done(app.sign_in(&actor, &passphrase), app),
            "sign-out" => done(app.sign_out(&actor), app),
            "lock" => {
                app.lock();
                Ended::Done
            }
            "open-case" => match form(fields).map(|form| app.open_case(&form)) {
                Ok(answer) => self.opened(answer),
                Err(wrong) => wrong,
            },
            "open-session" => {
                form(fields).map_or_else(|wrong| wrong, |form| answer(app.open_session(&case, &form), app))
            }
            "end-session" => answer(app.end_session(&case), app),
            "confirm-observer" => match person {
                Some(person) => answer(app.confirm_observer_by(&case, &person, &text("pin")), app),
                None => answer(app.confirm_observer(&case, &text("pin")), app),
            },
            "visit" => {
                let mut go = Map::from_iter([("go".to_owned(), json!("open"))]);
                go.insert("address".to_owned(), json!(text("address")));
                match form(go).map(|go| app.browse(&case, go).map(drop)) {
                    Ok(seen) => self.stopped(seen),
                    Err(wrong) => wrong,
                }
            }
            "give-reason" | "leave-held" => {
                let mut go = fields;
                go.insert("go".to_owned(), json!(act));
                match form(go).map(|go| app.browse(&case, go).map(drop)) {
                    Ok(seen) => self.stopped(seen),
                    Err(wrong) => wrong,
                }
            }
            "capture" => form(fields).map_or_else(|wrong| wrong, |form| answer(app.capture(&case, &form), app)),
            "import" => import(app, &case, fields),
            "mark" => {
                let mark = fields.remove("mark").and_then(|mark| mark.as_str().map(ToOwned::to_owned));
                let of = self.pictures.iter().find(|(of, _)| Some(of) == mark.as_ref());
                let sha256 = of.map_or_else(|| "0".repeat(64), |(_, sha256)| sha256.clone());
                fields.insert("sha256".to_owned(), json!(sha256));
                form(fields).map_or_else(|wrong| wrong, |form| answer(app.mark_picture(&case, &form), app))
            }
            "words" => form(fields).map_or_else(|wrong| wrong, |form| answer(app.record_words(&case, &form), app)),
            "view-picture" => {
                let mark = text("mark");
                let sha256 = self.pictures.iter().find(|(of, _)| *of == mark).map(|(_, sha256)| sha256.clone());
                let sha256 = sha256.unwrap_or_else(|| "0".repeat(64));
                let read = self.house.app.picture(&case, &sha256).map(|_| ());
                self.stopped(read)
            }
            "seal-view" => {
                let substance = fields.get("substance").and_then(Value::as_bool).unwrap_or(true);
                answer(app.seal_view(&case, &actor, &passphrase, substance, &text("reasons")), app)
            }
            "halt" => match app.halt_by(Some(&case), &actor) {
                Ok(Some(given)) => answer(Ok(given), app),
                Ok(None) => Ended::Done,
                Err(fault) => trouble(&fault.in_words(app.phrases())),
            },
            "make-form" => answer(app.make_form(&case, &actor, &passphrase), app),
            "make-referral" => answer(app.make_referral(&case, &actor, &passphrase), app),
            "sign-form" => {
                let shown = self.form_now();
                let app = &mut self.house.app;
                answer(app.sign_form(&case, &shown, &text("field"), &actor, &passphrase), app)
            }
            "return-form" => answer(app.return_form(&case, &actor, &passphrase, &text("reasons")), app),
            "read-document" => {
                let sha256 = self.document(&text("kind"));
                let read = self.house.app.document(&case, &sha256);
                self.stopped(read.map(|_| ()))
            }
            "save-document" => {
                let sha256 = self.document(&text("kind"));
                let saved = self.house.app.save_document(&case, &sha256, &actor, &passphrase);
                self.stopped(saved.map(|_| ()))
            }
            "hand-over" => {
                let folder = self.house.folder().join("stick");
                drop(std::fs::create_dir_all(&folder));
                let own = [("folder", folder.display().to_string()), ("person", actor), ("passphrase", passphrase)];
                let mut fields = fields;
                fields.extend(own.map(|(name, value)| (name.to_owned(), json!(value))));
                let handed = form(fields).map(|form| self.house.app.hand_over(&case, &form));
                handed.map_or_else(|wrong| wrong, |handed| self.stopped(handed.map(drop)))
            }
            "destroy" => answer(app.destroy(&case, &text("asked"), &actor, &passphrase), app),
            "browser-crashes" => {
                self.house.browser.lock().unwrap().crash = true;
                Ended::Done
            }
            "disk-fails" => {
                crate::outside::let_the_disk_fail(self.house.folder());
                Ended::Done
            }
            _ => {
                let mut fields = fields;
                fields.insert("act".to_owned(), json!(act));
                match form(fields) {
                    Ok(wire) => answer(app.act_by_text(&case, &actor, wire), app),
                    Err(wrong) => wrong,
                }
            }
        }
    }

    /// The first document of this kind by its SHA-256; one that nothing has where there is none.
    fn document(&self, kind: &str) -> String {
        let documents = self.view().map(|view| view.documents).unwrap_or_default();
        let found = documents.into_iter().find(|document| document.kind == kind);
        found.map_or_else(|| "0".repeat(64), |document| document.sha256)
    }

    /// The form as it stands, by its SHA-256; one that nothing has where there is none.
    #[must_use]
    pub fn form_now(&self) -> String {
        let documents = self.view().map(|view| view.documents).unwrap_or_default();
        let found = documents.into_iter().rfind(|document| document.kind == "record" && document.current);
        found.map_or_else(|| "0".repeat(64), |document| document.sha256)
    }

    /// What is named by an entry's number: the last entry of the kind that is named, and the last destruction that was
    /// asked for.
    fn number_entries(&self, act: &str, values: &mut Map<String, Value>) {
        if matches!(act, "agree-destruction" | "destroy") && !values.contains_key("asked") {
            let asked = self.view().and_then(|view| view.destructions.last().map(|row| row.asked.clone()));
            values.insert("asked".to_owned(), json!(asked.unwrap_or_else(|| "0".to_owned())));
        }
        let kind = values.get("entry").and_then(Value::as_str).map(ToOwned::to_owned);
        let rows = self.house.app.timeline(&self.case).unwrap_or_default();
        let newest = |kind: String| {
            let of_kind = rows.iter().filter(|row| row.kind == kind).filter_map(|row| row.seq.parse::<u64>().ok());
            of_kind.max().map(|seq| seq.to_string())
        };
        if let Some(seq) = kind.and_then(newest) {
            values.insert("entry".to_owned(), json!(seq));
        }
    }

    fn opened(&mut self, given: Result<Answer, Fault>) -> Ended {
        if let Ok(Answer::Done { case, .. }) = &given {
            self.case.clone_from(&case.id);
        }
        answer(given, &self.house.app)
    }

    fn stopped(&self, given: Result<(), Stop>) -> Ended {
        match given {
            Ok(()) => Ended::Done,
            Err(Stop::Refused(refusal)) => {
                let stages = self.view().map(|view| view.stages).unwrap_or_default();
                let stage = stages.into_iter().find(|stage| stage.id == refusal.stage().id());
                let clause = stage.and_then(|stage| stage.clause).map(|clause| clause.clause);
                Ended::Refused(refusal.code().as_str().to_owned(), clause)
            }
            Err(Stop::Fault(fault)) => trouble(&fault.in_words(self.house.app.phrases())),
        }
    }

    /// An action that goes on, or that may go ahead, is one that was chosen, or that is held.
    fn choose_an_action(&self, act: &str, values: &mut Map<String, Value>) {
        let wanted = match act {
            "move-action" => |row: &ActionRow| row.chosen && row.held.is_none(),
            "release-action" => |row: &ActionRow| row.held.is_some(),
            _ => return,
        };
        if values.contains_key("action") {
            return;
        }
        let rows = self.view().map(|view| view.actions).unwrap_or_default();
        let first = rows.iter().find(|row| wanted(row)).or_else(|| rows.iter().find(|row| row.chosen));
        let first = first.map(|row| row.action.clone());
        values.insert("action".to_owned(), json!(first.unwrap_or_default()));
    }

    /// Lists that depend on the case's pack: a line for each action, as the table proposes; a line for each step.
    fn fill_lists(&self, act: &str, values: &mut Map<String, Value>) {
        let mut named = |key: &str| -> Vec<String> {
            let list = values.remove(key).and_then(|list| serde_json::from_value(list).ok());
            list.unwrap_or_default()
        };
        let (without, also) = (named("without"), named("also"));
        let holds = values.remove("holds").and_then(|holds| holds.as_bool()).unwrap_or(true);
        let because = values.remove("because").and_then(|text| text.as_str().map(ToOwned::to_owned));
        let because = because.unwrap_or_default();
        if values.contains_key("lines") {
            return;
        }
        let Some(view) = self.view() else { return };
        if act == "choose-actions" {
            let table = values.get("table").and_then(Value::as_str).unwrap_or_default();
            let row = values.get("row").and_then(Value::as_u64).and_then(|row| usize::try_from(row).ok());
            let Some(table) = view.tables.iter().find(|found| found.id == table).or(view.tables.first()) else {
                return;
            };
            let police = values.get("police").and_then(Value::as_bool).unwrap_or_default() || view.turns.must_wait;
            let none = Vec::new();
            let proposed = row.and_then(|row| table.rows.get(row)).map_or(&none, |row| &row.proposed);
            let line = |action: &trail_app::wire::case::Choice| {
                let chosen =
                    (proposed.contains(&action.id) && !without.contains(&action.id)) || also.contains(&action.id);
                let departs = chosen != proposed.contains(&action.id);
                let waits = chosen && holds && police && view.turns.alerting.contains(&action.id);
                let held = if waits { "Until the police say so" } else { "" };
                let owner = if chosen { "Priya Anand" } else { "" };
                let due = if chosen { "2026-12-04" } else { "" };
                json!({
                    "action": action.id, "chosen": chosen, "departure": if departs { because.as_str() } else { "" }, "owner": owner, "due": due,
                    "state": if waits { "proposed" } else { "in-hand" }, "outcome": "", "held": held,
                })
            };
            values.insert("lines".to_owned(), table.actions.iter().map(line).collect());
        } else if act == "isolate" {
            let line = |step: &trail_app::wire::case::IsolationRow| json!({ "step": step.id, "done": true, "words": "Done by Jo Stirling at once" });
            values.insert("lines".to_owned(), view.isolation.iter().map(line).collect());
        }
    }

    /// Initials become ids, wherever a whole text is somebody's initials.
    fn by_id(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.house.id(&text)),
            Value::Array(list) => list.into_iter().map(|item| self.by_id(item)).collect(),
            Value::Object(map) => map.into_iter().map(|(key, item)| (key, self.by_id(item))).collect(),
            other @ (Value::Null | Value::Bool(_) | Value::Number(_)) => other,
        }
    }

    fn remember_pictures(&mut self) {
        let Some(view) = self.view() else { return };
        for exhibit in view.exhibits {
            for picture in exhibit.pictures {
                let kept = (exhibit.mark.clone(), picture.sha256);
                if !self.pictures.contains(&kept) {
                    self.pictures.push(kept);
                }
            }
        }
    }
}

/// Imports a file that holds a picture, or text. `size` may say something else than the bytes have.
fn import(app: &mut App, case: &str, mut fields: Map<String, Value>) -> Ended {
    let bytes = match fields.remove("content").as_ref().and_then(Value::as_str) {
        Some("picture") => coloured(40, 30, [90, 160, 20]),
        Some("nothing") => Vec::new(),
        Some(_) | None => b"From: a@school.example\nSubject: placeholder\n\nText".to_vec(),
    };
    fields.entry("size").or_insert(json!(bytes.len()));
    form(fields).map_or_else(|wrong| wrong, |form| answer(app.import_file(case, &form, bytes.into()), app))
}

fn form<T: serde::de::DeserializeOwned>(fields: Map<String, Value>) -> Result<T, Ended> {
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| Ended::Trouble("form".to_owned(), format!("the act's fields do not fit: {error}")))
}

fn answer(given: Result<Answer, Fault>, app: &App) -> Ended {
    match given {
        Ok(Answer::Done { .. } | Answer::Halted { .. } | Answer::Stopped { .. } | Answer::Destroyed { .. }) => {
            Ended::Done
        }
        Ok(Answer::Refused { refused }) => Ended::Refused(refused.code, refused.clause.map(|clause| clause.clause)),
        Ok(Answer::Trouble { trouble: words }) => trouble(&words),
        Err(fault) => trouble(&fault.in_words(app.phrases())),
    }
}

fn done<T>(given: Result<T, Fault>, app: &App) -> Ended {
    given.map_or_else(|fault| trouble(&fault.in_words(app.phrases())), |_| Ended::Done)
}

fn trouble(words: &Trouble) -> Ended {
    Ended::Trouble(words.code.clone(), words.happened.clone())
}
