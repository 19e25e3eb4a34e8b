//! Keeping what a permit allows: a page, a file that was given, or what was drawn over a picture.

use trail_domain::case::Case;
use trail_domain::event::Event;
use trail_domain::event::capture::mark::{Mark, Place};
use trail_domain::event::capture::screen::{GatedScreen, ScreenFacts, Surface};
use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, GatedFile, ImportFacts, PageFacts, Shows};
use trail_domain::ids::Hash;
use trail_domain::procedure::import::ImportDraft;
use trail_domain::procedure::marked::MarkedDraft;
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::procedure::review::Draft;
use trail_domain::procedure::screen::ScreenDraft;
use trail_domain::procedure::{Now, import, marked, review, screen};
use trail_domain::refusal::Refusal;
use trail_domain::time::Moment;
use trail_domain::words::Noted;

use crate::walk::PAGE;
use crate::world::words;

/// Another page than the one looked at.
const OTHER: &str = "https://board.example/topic/2";

/// The file that is given.
pub(crate) fn given() -> GatedFile {
    GatedFile { name: "photo.jpg".to_owned(), bytes: 7 }
}

/// A file of an exhibit.
pub(crate) fn file(bytes: u64, sha256: Hash, shows: Shows) -> ExhibitFile {
    ExhibitFile { name: "JS-1.png".to_owned(), media_type: "image/png".to_owned(), bytes, sha256, shows }
}

/// Derived from these.
pub(crate) fn derived(from: &[Hash]) -> Shows {
    Shows::Derived { size: (1, 1), from: from.to_vec(), how: "drawn".to_owned() }
}

/// What is kept of a file of this name, with the picture made from it.
pub(crate) fn import_draft(name: &str, files: Vec<ExhibitFile>) -> ImportDraft {
    let facts = ImportFacts {
        name: name.to_owned(),
        source: words("a parent brought it on a stick"),
        content: "A picture (JPEG)".to_owned(),
        size: Noted::Observed((1, 1)),
    };
    ImportDraft {
        title: words("A photo"),
        nature: words("A placeholder"),
        concern: words("It names a person"),
        files,
        facts,
    }
}

/// The window that is asked about.
pub(crate) fn window() -> GatedScreen {
    GatedScreen { surface: Surface::Window, number: 7, name: "Placeholder chat".to_owned() }
}

/// A picture of this window or screen.
pub(crate) fn screen_draft(of: GatedScreen, files: Vec<ExhibitFile>) -> ScreenDraft {
    let facts = ScreenFacts {
        of,
        program: Noted::Observed("Chat".to_owned()),
        display: Noted::NotRecorded("the system does not tell".to_owned()),
        overlaid: Noted::NotRecorded("the system does not tell".to_owned()),
        taken_by: "a double 1".to_owned(),
    };
    ScreenDraft {
        title: words("A chat"),
        nature: words("A placeholder"),
        concern: words("It names a person"),
        files,
        facts,
    }
}

/// A view from the top left corner, or from elsewhere.
pub(crate) fn view(offset: (u32, u32)) -> Shows {
    Shows::View { size: (1, 1), offset, taken: Moment::from_micros(0) }
}

/// The one pixel that each picture here has.
const PIXEL: Place = Place { left: 0, top: 0, right: 0, bottom: 0 };

/// A black box over it.
pub(crate) fn black() -> Vec<Mark> {
    vec![Mark::Box { place: PIXEL }]
}

/// Frames around it with these numbers.
pub(crate) fn numbered(numbers: &[u8]) -> Vec<Mark> {
    numbers.iter().map(|number| Mark::Numbered { place: PIXEL, number: *number, words: words("A name") }).collect()
}

/// What is drawn over a picture.
pub(crate) fn marked_draft(file: ExhibitFile, marks: Vec<Mark>) -> MarkedDraft {
    MarkedDraft { title: words("Covered"), nature: words("One name"), concern: words("A bystander"), file, marks }
}

/// A number that goes on from those that stand on this picture.
fn goes_on(case: &Case, from: &Hash) -> Vec<Mark> {
    let has_it = |exhibit: &&Exhibit| exhibit.files.iter().any(|file| file.sha256 == *from);
    let exhibit = case.exhibits().iter().map(|(_, _, exhibit)| exhibit).find(has_it);
    numbered(&[exhibit.map_or(1, |exhibit| marked::next(case, exhibit))])
}

/// Keeps what this permit allows, or something else by it.
pub(crate) fn kept(permit: &CapturePermit, case: &Case, as_allowed: bool, now: &Now<'_>) -> Result<Event, Refusal> {
    let fresh = Hash::of(&case.last().0.to_be_bytes());
    match permit.kind() {
        ExhibitKind::Import => {
            let name = if as_allowed { given().name } else { "another.jpg".to_owned() };
            let files =
                vec![file(given().bytes, fresh, Shows::Original), file(1, Hash::of(b"shown"), derived(&[fresh]))];
            import::exhibit(permit, case, import_draft(&name, files), now)
        }
        ExhibitKind::Marked | ExhibitKind::Annotated => {
            let source: Hash = permit.address().to_owned().try_into().unwrap();
            let marks = if permit.kind() == ExhibitKind::Marked { black() } else { goes_on(case, &source) };
            let from = if as_allowed { source } else { fresh };
            marked::exhibit(permit, case, marked_draft(file(1, fresh, derived(&[from])), marks), now)
        }
        ExhibitKind::Screen => {
            let number = window().number + u32::from(!as_allowed);
            let of = GatedScreen { number, ..window() };
            screen::exhibit(permit, case, screen_draft(of, vec![file(1, fresh, view((0, 0)))]), now)
        }
        ExhibitKind::Page
        | ExhibitKind::WholePage
        | ExhibitKind::AddressOnly
        | ExhibitKind::Device
        | ExhibitKind::PhysicalItem => {
            let mut page = draft(if as_allowed { PAGE } else { OTHER }, 1);
            page.files.iter_mut().for_each(|file| file.sha256 = fresh);
            review::exhibit(permit, case, page, now)
        }
    }
}

/// A capture of a page with this many views.
pub(crate) fn draft(shown: &str, views: u32) -> Draft {
    let unknown = || "the engine does not tell".to_owned();
    let at = Moment::from_micros(0);
    let file = |number: u32| ExhibitFile {
        name: format!("view-{number}.png"),
        media_type: "image/png".to_owned(),
        bytes: 1,
        sha256: Hash::of(&number.to_be_bytes()),
        shows: Shows::View { size: (1, 1), offset: (0, 0), taken: at },
    };
    Draft {
        title: words("A post"),
        nature: words("A placeholder for content of concern"),
        concern: words("It names a person"),
        files: (0..views).map(file).collect(),
        page: PageFacts {
            requested: shown.to_owned(),
            shown: Noted::Observed(shown.to_owned()),
            redirects: Noted::NotRecorded(unknown()),
            title: Noted::NotRecorded(unknown()),
            status: Noted::NotRecorded(unknown()),
            headers: Noted::NotRecorded(unknown()),
            tls: Noted::NotRecorded(unknown()),
            chain: None,
            remote: Noted::NotRecorded(unknown()),
            engine: "none".to_owned(),
            user_agent: Noted::NotRecorded(unknown()),
            viewport: (1, 1),
            scroll_height: Noted::NotRecorded(unknown()),
            times: (at, at),
            loading: Noted::NotRecorded(unknown()),
        },
    }
}
