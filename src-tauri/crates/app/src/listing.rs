//! The cases together: their list, the search in it, and the incident log.

use trail_domain::pack::Column;

use crate::app::App;
use crate::fault::Fault;
use crate::show::{Scene, list, log};
use crate::wire::case::{CaseList, LogColumn, LogView};

/// Rows on a page.
const PAGE: usize = 60;
/// How many cases one look may read afresh: whoever presses HALT then waits for no more than these.
const FRESH: usize = 200;

impl App {
    /// A page of the list of cases, newest first: from this place in it, and only those in which each of these words
    /// stands, where some are given. A page may hold few rows and yet not be the last.
    ///
    /// # Errors
    /// - If nobody is signed in, or a case cannot be read.
    pub fn cases(&self, from: Option<u32>, find: Option<&str>) -> Result<CaseList, Fault> {
        let sought: Vec<String> = find.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
        let (rows, next) = self.page(from, |scene| {
            let row = list::row(scene);
            let fits = sought.is_empty() || {
                let text = list::text(scene, &row);
                sought.iter().all(|word| text.contains(word))
            };
            fits.then_some(row)
        })?;
        Ok(CaseList { rows, next })
    }

    /// A page of the incident log, newest first, in the columns of the school's policy.
    ///
    /// # Errors
    /// - If nobody is signed in, or a case cannot be read.
    pub fn incident_log(&self, from: Option<u32>) -> Result<LogView, Fault> {
        let pack = self.pack_for_new()?;
        let columns = pack.log().columns();
        let (rows, next) = self.page(from, |scene| Some(log::row(scene, columns)))?;
        let column = |column: &Column| LogColumn { id: column.id().to_owned(), label: column.label().to_owned() };
        Ok(LogView {
            columns: columns.iter().map(column).collect(),
            rows,
            next,
            outside_school: pack.log().outside_school(),
        })
    }

    /// Reads some of the cases that were not read yet; says how many were, and how many there are.
    pub(crate) fn read_on(&self) -> Result<(usize, usize), Fault> {
        let desk = self.desk()?;
        let ids: Vec<_> = desk.shelf.newest_first().collect();
        for id in ids.iter().filter(|id| !desk.shelf.is_folded(id)).take(FRESH) {
            desk.case(id)?;
        }
        Ok((ids.iter().filter(|id| desk.shelf.is_folded(id)).count(), ids.len()))
    }

    /// What `make` makes of every case.
    pub(crate) fn all<T>(&self, make: impl Fn(&Scene<'_>) -> T) -> Result<Vec<T>, Fault> {
        self.desk()?.shelf.newest_first().map(|id| self.on_scene(id, &make)).collect()
    }

    /// What `make` makes of the cases from a place in the list on, and where the next page begins.
    fn page<T>(
        &self,
        from: Option<u32>,
        make: impl Fn(&Scene<'_>) -> Option<T>,
    ) -> Result<(Vec<T>, Option<u32>), Fault> {
        let desk = self.desk()?;
        let from = usize::try_from(from.unwrap_or(0)).unwrap_or(usize::MAX);
        let (mut rows, mut fresh) = (Vec::new(), 0);
        for (place, id) in desk.shelf.newest_first().enumerate().skip(from) {
            if rows.len() == PAGE || fresh == FRESH {
                return Ok((rows, u32::try_from(place).ok()));
            }
            fresh += usize::from(!desk.shelf.is_folded(id));
            rows.extend(self.on_scene(id, &make)?);
        }
        Ok((rows, None))
    }
}
