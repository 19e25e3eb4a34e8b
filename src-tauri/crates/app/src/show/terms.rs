//! School terms as the reports count them: three a year that leave no day out.

use chrono::{Datelike, NaiveDate};

/// A third of a school year. The days are ours, so that no day is counted twice or not at all: a school's own dates
/// fall within them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term {
    year: i32,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// 1 January to 31 March.
    Spring,
    /// 1 April to 31 August.
    Summer,
    /// 1 September to 31 December.
    Autumn,
}

impl Term {
    /// The term of a day.
    pub(crate) fn of(day: NaiveDate) -> Self {
        let part = match day.month() {
            1..=3 => Part::Spring,
            4..=8 => Part::Summer,
            _ => Part::Autumn,
        };
        Self { year: day.year(), part }
    }

    /// The term before.
    pub(crate) fn before(self) -> Self {
        match self.part {
            Part::Spring => Self { year: self.year - 1, part: Part::Autumn },
            Part::Summer => Self { part: Part::Spring, ..self },
            Part::Autumn => Self { part: Part::Summer, ..self },
        }
    }

    /// This term and those before it, this one first.
    pub(crate) fn back(self, terms: usize) -> Vec<Self> {
        std::iter::successors(Some(self), |term| Some(term.before())).take(terms).collect()
    }

    /// Whether the day is one of its days.
    pub(crate) fn holds(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }

    /// Its first and its last day.
    pub(crate) fn days(self) -> (NaiveDate, NaiveDate) {
        let (from, to) = match self.part {
            Part::Spring => ((1, 1), (3, 31)),
            Part::Summer => ((4, 1), (8, 31)),
            Part::Autumn => ((9, 1), (12, 31)),
        };
        let day = |(month, day)| NaiveDate::from_ymd_opt(self.year, month, day).unwrap_or_default();
        (day(from), day(to))
    }

    /// `2026-autumn`.
    pub(crate) fn id(self) -> String {
        format!("{}-{}", self.year, self.part.name().to_lowercase())
    }

    /// `Autumn 2026`.
    pub(crate) fn short(self) -> String {
        format!("{} {}", self.part.name(), self.year)
    }

    /// `Autumn term 2026`.
    pub(crate) fn title(self) -> String {
        format!("{} term {}", self.part.name(), self.year)
    }

    /// `1 September to 31 December 2026`.
    pub(crate) fn span(self) -> String {
        let days = match self.part {
            Part::Spring => "1 January to 31 March",
            Part::Summer => "1 April to 31 August",
            Part::Autumn => "1 September to 31 December",
        };
        format!("{days} {}", self.year)
    }
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Spring => "Spring",
            Self::Summer => "Summer",
            Self::Autumn => "Autumn",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::Term;
    use chrono::NaiveDate;

    #[test]
    fn every_day_belongs_to_one_term_and_terms_follow_one_another() {
        let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let mut terms: Vec<Term> = first.iter_days().take(3 * 366).map(Term::of).collect();
        terms.dedup();
        assert_eq!(terms.len(), 10);
        assert!(terms.windows(2).all(|pair| pair[1].before() == pair[0] && pair[0] < pair[1]));
        assert_eq!(terms[2].id(), "2024-autumn");
        assert_eq!(terms[2].span(), "1 September to 31 December 2024");
        assert_eq!(
            terms[2].back(3).iter().map(|term| term.short()).collect::<Vec<_>>(),
            ["Autumn 2024", "Summer 2024", "Spring 2024"]
        );
        for term in &terms {
            let (from, to) = term.days();
            assert!(term.holds(from) && term.holds(to), "{}", term.id());
            assert_eq!(Term::of(from.pred_opt().unwrap()), term.before());
            assert_ne!(Term::of(to.succ_opt().unwrap()), *term);
        }
        assert!(terms[2].holds(NaiveDate::from_ymd_opt(2024, 9, 1).unwrap()));
    }
}
