//! A school to try the procedure in: five people, one computer, one pack, one case.

use trail_domain::case::Case;
use trail_domain::event::Recorded;
use trail_domain::event::report::{ChildSafe, Report, Subject, SubjectKind};
use trail_domain::event::{Event, PackRef};
use trail_domain::ids::{CaseId, Hash, Initials, PersonId, Seq, StoreId};
use trail_domain::pack::{National, PolicyPack};
use trail_domain::people::{Computer, Person, School, Standing};
use trail_domain::procedure::{Command, Now, decide, intake};
use trail_domain::refusal::Refusal;
use trail_domain::register::Register;
use trail_domain::time::Moment;
use trail_domain::words::Words;

/// The bundled pack.
pub(crate) const PACK: &str = include_str!("../../../../../assets/packs/swgfl-template.toml");

/// Every bundled pack: its id and its text.
const PACKS: [(&str, &str); 6] = [
    ("swgfl-template", PACK),
    ("durants", include_str!("../../../../../assets/packs/durants.toml")),
    ("st-joseph", include_str!("../../../../../assets/packs/st-joseph.toml")),
    ("st-laurence-birmingham", include_str!("../../../../../assets/packs/st-laurence-birmingham.toml")),
    ("victoria-park", include_str!("../../../../../assets/packs/victoria-park.toml")),
    ("beechfield-hertfordshire", include_str!("../../../../../assets/packs/beechfield-hertfordshire.toml")),
];

/// What stands above every pack.
const NATIONAL: &str = include_str!("../../../../../assets/packs/national.toml");

/// 2026-11-22T09:00:00Z.
const START: i64 = 1_795_338_000_000_000;

/// 2033-01-10T09:00:00Z: past the day of review.
const LATER: i64 = 1_988_960_400_000_000;

/// Who stands where: two senior people, the headteacher, a third senior person, the deputy for sign-off.
const PEOPLE: [(&str, &str, Standing); 5] = [
    ("JS", "Jo Stirling", Standing::Senior),
    ("PA", "Priya Anand", Standing::Senior),
    ("AO", "Amara Okonkwo-Pryce", Standing::Head),
    ("TO", "Tom Oakes", Standing::Senior),
    ("CG", "Carys Griffith", Standing::Deputy),
];

/// The tag of the designated computer.
pub(crate) const TAG: &str = "HB-0417";

/// The tag of a second registered computer.
pub(crate) const SPARE: &str = "HB-0418";

/// Words, for tests.
pub(crate) fn words(text: &str) -> Words {
    Words::new(text).unwrap()
}

/// The person with this number, from 0.
pub(crate) fn person(number: usize) -> PersonId {
    PersonId::from_bytes([u8::try_from(number).unwrap(); 16])
}

/// The bundled pack, read.
pub(crate) fn pack() -> PolicyPack {
    PolicyPack::parse("swgfl-template", PACK).unwrap()
}

/// A school for every bundled pack, each as the application uses it: under what stands above every pack.
pub(crate) fn schools() -> Vec<School5> {
    let national = National::parse("national.toml", NATIONAL).unwrap();
    let school = |(id, text): (&str, &str)| School5::with(national.over(PolicyPack::parse(id, text).unwrap()));
    PACKS.map(school).into()
}

/// What is the same for every case of a school.
pub(crate) struct School5 {
    /// Its pack.
    pub(crate) pack: PolicyPack,
    register: Register,
    frozen: Register,
}

impl School5 {
    /// A school with this pack.
    pub(crate) fn with(pack: PolicyPack) -> Self {
        let register = Register::replay(&registered(&pack.reference()));
        let frozen = register.clone().told_frozen(true);
        Self { pack, register, frozen }
    }

    /// What the core is told.
    pub(crate) fn now<'a>(&'a self, at: Moment, by: &'a PersonId, signed_in: &'a [PersonId]) -> Now<'a> {
        Now { at, by, signed_in, register: &self.register }
    }

    /// The same on a frozen computer.
    pub(crate) fn frozen<'a>(&'a self, at: Moment, by: &'a PersonId, signed_in: &'a [PersonId]) -> Now<'a> {
        Now { at, by, signed_in, register: &self.frozen }
    }
}

/// A case in the school, with its entries.
pub(crate) struct World<'a> {
    /// The school.
    pub(crate) school: &'a School5,
    /// The state, entry by entry.
    pub(crate) case: Case,
    /// The entries.
    pub(crate) log: Vec<Recorded>,
    waited: bool,
    frozen: bool,
}

impl<'a> World<'a> {
    /// A case that was opened with a report of this category; the subject is this enrolled person, or a pupil.
    pub(crate) fn opened(school: &'a School5, category: &str, subject: Option<usize>) -> Self {
        let company = if subject == Some(1) { [person(3)] } else { [person(1)] };
        let now = school.now(Moment::from_micros(START), &company[0], &company);
        let reference = "HB-2026-0001".to_owned().try_into().unwrap();
        let opened =
            intake::open(CaseId::from_bytes([9; 16]), reference, &school.pack, report(category, subject), &now)
                .unwrap();
        let entry = |(place, event)| Recorded {
            seq: Seq(10 + place as u64),
            at: now.at,
            by: now.by.clone(),
            session: None,
            event,
        };
        let log: Vec<Recorded> = opened.into_iter().enumerate().map(entry).collect();
        Self { school, case: Case::replay(&log).unwrap(), log, waited: false, frozen: false }
    }

    /// The next second.
    pub(crate) fn at(&self) -> Moment {
        let start = if self.waited { LATER } else { START };
        Moment::from_micros(start + i64::try_from(self.log.len()).unwrap() * 1_000_000)
    }

    /// Lets the years pass.
    pub(crate) fn wait(&mut self) {
        self.waited = true;
    }

    /// Whether the years have passed.
    pub(crate) fn has_waited(&self) -> bool {
        self.waited
    }

    /// What the core is told now.
    pub(crate) fn now<'b>(&'b self, by: &'b PersonId, company: &'b [PersonId]) -> Now<'b> {
        let told = if self.frozen { School5::frozen } else { School5::now };
        told(self.school, self.at(), by, company)
    }

    /// Whether the computer is frozen.
    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// HALT in another case of the store, or the release of the computer after it.
    pub(crate) fn freeze(&mut self, frozen: bool) {
        self.frozen = frozen;
    }

    /// Records events. Each goes into the log as it is read back from disk.
    pub(crate) fn take(&mut self, events: &[Event], by: &PersonId) {
        for event in events {
            match event.kind() {
                "halted" => self.frozen = true,
                "computer-released" => self.frozen = false,
                _ => {}
            }
            let seq = Seq(self.case.last().0 + 1);
            let entry = Recorded { seq, at: self.at(), by: by.clone(), session: None, event: event.clone() };
            self.case.evolve(&entry).unwrap();
            let body = serde_json::to_vec(event).unwrap();
            self.log.push(Recorded { event: serde_json::from_slice(&body).unwrap(), ..entry });
        }
    }

    /// Decides, and records what comes of it.
    pub(crate) fn act(&mut self, command: Command, by: &PersonId, company: &[PersonId]) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.case, &self.school.pack, command, &self.now(by, company))?;
        self.take(&events, by);
        Ok(events)
    }
}

fn report(category: &str, subject: Option<usize>) -> Report {
    Report {
        title: words("Posts on a message board"),
        what: words("Posts about a member of staff"),
        when: words("last week"),
        reporter: words("a teacher"),
        reported_to: words("Jo Stirling"),
        subject: Subject {
            name: words("Person A"),
            kind: if subject.is_some() { SubjectKind::Staff } else { SubjectKind::Pupil },
            enrolled: subject.map(person),
            works_with_children: subject.is_some(),
        },
        others: Vec::new(),
        place: words("Room 4"),
        category: category.to_owned(),
        child_safe: ChildSafe::NoChild,
    }
}

/// The first entries of the school's store.
pub(crate) fn registered(pack: &PackRef) -> Vec<Recorded> {
    let school = School {
        name: words("Hollybrook School"),
        address: words("1 Example Lane"),
        prefix: Initials::try_from("HB".to_owned()).unwrap(),
    };
    let computer = Computer {
        name: words("Review laptop"),
        asset_tag: words(TAG),
        serial: words("SN-1"),
        location: words("Office"),
    };
    let mut events = vec![Event::StoreMade {
        store: StoreId::from_bytes([1; 16]),
        school,
        pack: pack.clone(),
        practice: false,
        authority: Hash::of(b"authority"),
        authority_certificate: String::new(),
        keychain: true,
    }];
    events.extend(PEOPLE.iter().enumerate().map(|(number, (initials, name, standing))| Event::PersonEnrolled {
        person: Person {
            id: person(number),
            name: words(name),
            position: words("Member of staff"),
            initials: Initials::try_from((*initials).to_owned()).unwrap(),
            standing: *standing,
            certificate: Hash::of(initials.as_bytes()),
        },
        certificate: String::new(),
    }));
    let spare = Computer { name: words("Spare laptop"), asset_tag: words(SPARE), ..computer.clone() };
    events.push(Event::ComputerRegistered { computer, with: None });
    events.push(Event::ComputerRegistered { computer: spare, with: Some(person(1)) });
    let entry = |(place, event)| Recorded {
        seq: Seq(1 + place as u64),
        at: Moment::from_micros(START),
        by: person(0),
        session: None,
        event,
    };
    events.into_iter().enumerate().map(entry).collect()
}
