//! Dice: one roll is one thing that somebody tries, sensible or not.

use proptest::prelude::*;

use trail_domain::case::Case;
use trail_domain::event::capture::thing::{DeviceFacts, ItemFacts, Stated, Thing};
use trail_domain::event::capture::{GateAnswer, GateAnswers, StoppedBy};
use trail_domain::event::document::{DocumentKind, SignatureField};
use trail_domain::event::handing::{Delivery, HandOver, HandOverEnd, HandOverVariant};
use trail_domain::event::report::{GroupMember, HarmTest, TriageExit};
use trail_domain::event::review::{Finding, SessionEnd, View, Visit, VisitKind};
use trail_domain::ids::{ExhibitMark, Hash, PersonId, Seq};
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::{Command, WordsOnly, handing};
use trail_domain::time::Moment;

use crate::walk::{
    Act, PAGE, actions, ask_destruction, case_release, computer, computer_release, document, forward, isolation, item,
    member, open, referral, reviewers_for, sign,
};
use crate::world::{School5, person, words};
use crate::{spoiled, turns};

/// One roll.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Roll {
    what: u8,
    salt: u8,
    who: u8,
    company: u8,
}

/// A case and what is tried in it.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    /// Which pack and which of its categories: the rest of a division by their number.
    pack: u8,
    category: u8,
    /// Which enrolled person is the subject, where one is.
    pub(crate) subject: Option<usize>,
    /// Whether each roll is looked at as closely as the last.
    pub(crate) closely: bool,
    /// What is tried.
    pub(crate) rolls: Vec<Roll>,
}

impl Sequence {
    /// The school that it happens in.
    pub(crate) fn school<'a>(&self, schools: &'a [School5]) -> &'a School5 {
        &schools[usize::from(self.pack) % schools.len()]
    }

    /// The category's id.
    pub(crate) fn category<'a>(&self, school: &'a School5) -> &'a str {
        let all = school.pack.categories();
        all[usize::from(self.category) % all.len()].id()
    }
}

/// Any sequence under any pack.
pub(crate) fn sequences() -> impl Strategy<Value = Sequence> {
    let roll = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>());
    let rolls =
        prop::collection::vec(roll.prop_map(|(what, salt, who, company)| Roll { what, salt, who, company }), 8..56);
    let subject = prop_oneof![2 => Just(None), 1 => (0_usize..4).prop_map(Some)];
    let closely = prop::bool::weighted(1.0 / 16.0);
    (any::<u8>(), any::<u8>(), subject, closely, rolls).prop_map(|(pack, category, subject, closely, rolls)| Sequence {
        pack,
        category,
        subject,
        closely,
        rolls,
    })
}

impl Roll {
    /// What is tried, by whom, and who is signed in.
    pub(crate) fn cast(self, case: &Case, pack: &PolicyPack) -> (Act, PersonId, Vec<PersonId>) {
        let (act, by) = if case.release().is_some() && self.salt.is_multiple_of(4) {
            // Few come here, so what is sealed is asked for often.
            let act = match self.salt % 12 {
                0 => Act::See,
                4 => view(case, self.what).into(),
                _ => print(case, self.what).into(),
            };
            (act, person(usize::from(self.who % 5)))
        } else if self.what < 200 {
            let (act, by) = forward(case, pack, self.salt);
            // Now and then somebody gets a part of it wrong.
            (if self.what < 8 { spoiled::act(act, self.who) } else { act }, by)
        } else {
            (self.anything(case, pack), person(usize::from(self.who % 5)))
        };
        let mut company: Vec<PersonId> = if self.company < 225 {
            let (first, second) = reviewers_for(case);
            vec![first, second]
        } else {
            (0..5).filter(|bit| self.company >> bit & 1 == 1).map(person).collect()
        };
        if !self.company.is_multiple_of(11) && !company.contains(&by) {
            company.push(by.clone());
        }
        (act, by, company)
    }

    fn anything(self, case: &Case, pack: &PolicyPack) -> Act {
        let Self { salt, who, .. } = self;
        let (a, b) = (person(usize::from(salt % 5)), person(usize::from(salt / 5 % 5)));
        let edition = u32::from(salt % 3) + 1;
        let kind = [DocumentKind::Record, DocumentKind::Volume, DocumentKind::Referral][usize::from(salt % 3)];
        let command = match self.what % 56 {
            0 => Command::Preserve(item()),
            1 => Command::FinishPreserve(None),
            2 => Command::Triage(TriageExit::OtherIncidents, words("it seems harmless")),
            3 => Command::Triage(TriageExit::IllegalRoute, words("it seems illegal")),
            4 => Command::AnswerHarmTest(harm_test(salt)),
            5 => {
                let managed_by_subject = salt >= 200;
                let members = [a, b].map(|person| GroupMember { managed_by_subject, ..member(&person) });
                Command::FormGroup(members.to_vec(), words("none"))
            }
            6 => computer(salt.is_multiple_of(2), salt.is_multiple_of(3)),
            7 => open(&a, &b, salt),
            8 => Command::Confirm,
            9 => Command::Record(vec![Visit {
                at: Moment::from_micros(i64::from(salt)),
                address: PAGE.to_owned(),
                what: VisitKind::Asked,
            }]),
            10 => Command::KeepWords(words_only(salt)),
            11 => Command::RecordFault("nothing came".to_owned()),
            12 => Command::EndSession(SessionEnd::Left),
            13 => Command::SealView(View { person: a, substance: salt.is_multiple_of(2), reasons: words("mine") }),
            14 => {
                let finding = [Finding::Substance, Finding::NoSubstance, Finding::Disagreed][usize::from(salt % 3)];
                Command::Find(finding, words("ours"), vec![ground(pack, salt)])
            }
            15 => actions(pack, usize::from(salt)),
            16 => Command::Isolate(isolation(case, pack)),
            17 | 18 => Command::MakeDocument(document(kind, edition)),
            19 => {
                let fields =
                    [SignatureField::First, SignatureField::Second, SignatureField::Head, SignatureField::Maker];
                sign(case, fields[usize::from(salt % 4)], &person(usize::from(who % 5)))
            }
            24 if salt.is_multiple_of(3) => view(case, salt),
            21 if salt.is_multiple_of(3) => print(case, salt),
            20 => Command::ReturnForm(words("a line is missing")),
            21 => Command::Retain("2032-11-22".to_owned(), words("six years")),
            22 => Command::Halt(StoppedBy::Pressed, Some(PAGE.to_owned())),
            23 => Command::Refer(referral()),
            24 => Command::Correct(Seq(u64::from(salt)), words("it was Tuesday")),
            25 => return Act::Gate(answers(salt)),
            26 => return Act::Keep,
            54 if salt.is_multiple_of(4) => return Act::GateFile(answers(salt)),
            54 if salt % 4 == 2 => return Act::GateScreen(answers(salt)),
            55 if salt.is_multiple_of(4) => return Act::Mark,
            54 if !salt.is_multiple_of(2) => Command::LetThrough(Box::new(turns::leave(salt / 2))),
            27 if salt.is_multiple_of(2) => save(case, salt),
            27 => hand_over(case, salt / 2),
            28 => return ask_destruction(case, salt),
            29 => agree_destruction(case, salt),
            30 => return Act::Destroy,
            31 => Command::ReleaseComputer(computer_release(&a)),
            32 => Command::ReleaseCase(case_release(case, salt, &a)),
            33 => return Act::Elsewhere(salt.is_multiple_of(4)),
            53 => Command::Log(words("a small thing"), turns::logged(pack, salt)),
            34..=52 => turns::anything(self.what % 56, salt, case, pack, (&a, &b)),
            _ => return Act::See,
        };
        command.into()
    }
}

/// Saves a copy of one of the case's documents, as it stands, or now and then a paper that is not kept.
fn save(case: &Case, salt: u8) -> Command {
    if salt.is_multiple_of(5) {
        return Command::NoteCopy("a summary".to_owned(), Hash::of(b"a summary"), words("a stick"));
    }
    let document = case.documents().get(usize::from(salt) % case.documents().len().max(1));
    let sha256 = document.map_or_else(|| Hash::of(b"none"), trail_domain::case::Document::stands);
    Command::SaveCopy(sha256, words("a stick"))
}

/// Hands a package over with all that it may hold and now and then more, or says what became of one.
fn hand_over(case: &Case, salt: u8) -> Command {
    let variant = HandOverVariant::ALL[usize::from(salt % 5)];
    if salt.is_multiple_of(4) {
        let how = [HandOverEnd::Returned, HandOverEnd::Wiped, HandOverEnd::NotWritten][usize::from(salt / 4 % 3)];
        return Command::EndHandOver(u32::from(salt / 16), how, words("it was seen"));
    }
    let mut given = handed(case, variant);
    if salt.is_multiple_of(5) {
        let files = case.exhibits().iter().flat_map(|(_, _, exhibit)| &exhibit.files);
        given.pictures = files.map(|file| file.sha256).collect();
    }
    Command::HandOver(Box::new(given))
}

/// A package with all that it may hold.
pub(crate) fn handed(case: &Case, variant: HandOverVariant) -> HandOver {
    HandOver {
        number: handing::next_number(case),
        variant,
        to: words("DC Ellery"),
        organisation: words("County police"),
        reference: words("CP/2026/118"),
        medium: words("a stick"),
        serial: words("none is printed on it"),
        name: "hand-over-1".to_owned(),
        statement: Hash::of(b"statement"),
        files: 9,
        bytes: 4096,
        documents: handing::documents(case, variant).iter().map(|document| document.stands()).collect(),
        pictures: handing::pictures(case, variant),
        head: (case.last(), Hash::of(b"head")),
        place: words("a folder"),
        delivery: Delivery::Bag,
        named: handing::people(case).into_iter().take(usize::from(handing::is_redacted(variant))).collect(),
    }
}

/// Looks at a picture of the case, or at what is none.
fn view(case: &Case, salt: u8) -> Command {
    let files: Vec<Hash> =
        case.exhibits().iter().flat_map(|(_, _, exhibit)| &exhibit.files).map(|file| file.sha256).collect();
    let picked = files.get(usize::from(salt) % (files.len() + 1));
    Command::ViewPicture(picked.copied().unwrap_or_else(|| Hash::of(b"none")))
}

/// Puts an exhibit on paper, or one that is not there.
fn print(case: &Case, salt: u8) -> Command {
    let exhibits = case.exhibits();
    let picked = exhibits.get(usize::from(salt) % (exhibits.len() + 1));
    let mark = picked
        .map_or_else(|| ExhibitMark::try_from("ZZ/9".to_owned()).unwrap(), |(_, _, exhibit)| exhibit.mark.clone());
    Command::PrintExhibit(mark, words("the file in the safe"))
}

/// Agrees to the newest request, or to an entry that may be anything.
fn agree_destruction(case: &Case, salt: u8) -> Command {
    let newest = case.destructions().last().filter(|_| !salt.is_multiple_of(5));
    Command::AgreeDestruction(newest.map_or(Seq(u64::from(salt)), |request| request.asked.seq))
}

fn harm_test(salt: u8) -> HarmTest {
    if salt.is_multiple_of(2) {
        return HarmTest::No { reason: words("no") };
    }
    HarmTest::YesOrUnsure { lado: words("Lee Marsh"), at: Moment::from_micros(0), advice: words("wait for a meeting") }
}

/// One of the pack's grounds for the police, or none that it has.
fn ground(pack: &PolicyPack, salt: u8) -> String {
    let known = pack.police_grounds().get(usize::from(salt) % (pack.police_grounds().len() + 1));
    known.map_or("no-such-ground", |ground| ground.id()).to_owned()
}

/// A device, half of whose fields are not recorded.
pub(crate) fn device() -> Thing {
    let (known, unknown) = (Stated::Recorded(words("a label")), Stated::NotRecorded(words("it has no label")));
    Thing::Device(Box::new(DeviceFacts {
        make: known.clone(),
        model: unknown.clone(),
        serial: known.clone(),
        owner: unknown.clone(),
        location: known.clone(),
        handed_over_by: unknown.clone(),
        handed_over_at: known,
        looked_at: unknown,
    }))
}

fn item_in_words() -> Thing {
    let known = Stated::Recorded(words("a printout"));
    Thing::Item(Box::new(ItemFacts {
        mark: known.clone(),
        description: known.clone(),
        seal: Stated::NotRecorded(words("it is in no bag")),
        custodian: known.clone(),
        place: known,
    }))
}

pub(crate) fn words_only(salt: u8) -> WordsOnly {
    let things = [None, Some(device()), Some(item_in_words()), Some(device())];
    WordsOnly {
        thing: things[usize::from(salt % 4)].clone(),
        title: words("An address"),
        nature: words("A placeholder for content of concern"),
        concern: words("It names a person"),
        address: Some(PAGE.to_owned()),
    }
}

fn answers(salt: u8) -> GateAnswers {
    let each = [GateAnswer::No, GateAnswer::NotSure, GateAnswer::Yes];
    let extreme = each.get(usize::from(salt / 3 % 4)).copied();
    GateAnswers { child: each[usize::from(salt % 3)], extreme }
}
