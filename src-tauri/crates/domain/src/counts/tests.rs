//! The property of small numbers, by trying all values.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use super::{Printed, Total, printed, to_the_nearest_five};

/// Every chart of so many rows with counts to `most`, by what it adds up to.
fn charts(rows: usize, most: u32) -> BTreeMap<u32, Vec<Vec<u32>>> {
    let mut all = vec![Vec::new()];
    for _ in 0..rows {
        all =
            all.iter().flat_map(|row: &Vec<u32>| (0..=most).map(|count| [row.as_slice(), &[count]].concat())).collect();
    }
    let mut by_sum: BTreeMap<u32, Vec<Vec<u32>>> = BTreeMap::new();
    for chart in all {
        by_sum.entry(chart.iter().sum()).or_default().push(chart);
    }
    by_sum
}

fn together(shapes: &[usize], most: u32) -> Vec<Vec<Vec<u32>>> {
    let sums: Vec<_> = shapes.iter().map(|rows| charts(*rows, most)).collect();
    let mut out = Vec::new();
    for sum in sums[0].keys() {
        let mut pages: Vec<Vec<Vec<u32>>> = vec![Vec::new()];
        for chart in &sums {
            let Some(with) = chart.get(sum) else {
                pages.clear();
                break;
            };
            pages = pages
                .iter()
                .flat_map(|page| with.iter().map(move |chart| [page.as_slice(), std::slice::from_ref(chart)].concat()))
                .collect();
        }
        out.extend(pages);
    }
    out
}

/// How many pages were tried, and those on which a hidden count can be only one number.
fn given_away(shapes: &[usize], most: u32) -> (usize, Vec<String>) {
    type Alike = (BTreeSet<Vec<Vec<u32>>>, Option<Vec<Vec<Printed>>>);
    let pages = together(shapes, most);
    let tried = pages.len();
    let mut alike: BTreeMap<String, Alike> = BTreeMap::new();
    for page in pages {
        let counted = printed(&page, false);
        let entry = alike.entry(format!("{counted:?}")).or_insert_with(|| (BTreeSet::new(), None));
        entry.1 = counted.charts().map(<[_]>::to_vec);
        entry.0.insert(page);
    }
    let mut wrong = Vec::new();
    for (page, (counts, charts)) in alike {
        // What could stand there with larger counts than were tried is not missed.
        let at_the_edge = counts.iter().any(|counts| counts.iter().flatten().any(|count| *count + 2 > most));
        for (chart, rows) in shapes.iter().enumerate() {
            for row in 0..*rows {
                let hidden = charts
                    .as_ref()
                    .is_none_or(|charts| !matches!(charts[chart][row], Printed::Nothing | Printed::Shown(_)));
                let values: BTreeSet<u32> = counts.iter().map(|counts| counts[chart][row]).collect();
                if hidden && values.len() < 2 && !at_the_edge {
                    wrong.push(format!("{page}: {values:?}"));
                }
            }
        }
    }
    (tried, wrong)
}

#[test]
fn no_hidden_count_can_be_worked_out() {
    let shapes: [(&[usize], u32); 5] = [(&[1], 40), (&[3], 13), (&[4], 9), (&[2, 3], 9), (&[3, 3], 8)];
    for (shape, most) in shapes {
        let (tried, wrong) = given_away(shape, most);
        assert!(tried > 40, "{shape:?}");
        assert_eq!(wrong, Vec::<String>::new(), "{shape:?}");
    }
}

#[test]
fn large_counts_stand_as_they_are() {
    let counted = printed(&[vec![11, 9, 0], vec![20]], false);
    assert_eq!(counted.total(), Total::Exact(20));
    assert!(counted.hides_nothing());
    assert_eq!(counted.charts().unwrap()[0], [Printed::Shown(11), Printed::Shown(9), Printed::Nothing]);
}

#[test]
fn one_small_count_hides_the_next_and_rounds_the_total() {
    let counted = printed(&[vec![18, 7, 6, 3]], false);
    assert_eq!(counted.total(), Total::About(35));
    assert_eq!(counted.charts().unwrap()[0], [Printed::Shown(18), Printed::Shown(7), Printed::NotShown, Printed::Few]);
    assert!(!counted.hides_nothing());
}

#[test]
fn charts_that_would_give_a_count_away_are_left_out() {
    // Four cases of four kinds that all went one way: each kind had one.
    let counted = printed(&[vec![1, 1, 1, 1], vec![4, 0, 0]], false);
    assert_eq!((counted.total(), counted.charts()), (Total::NotShown, None));
}

#[test]
fn totals_are_to_the_nearest_five() {
    let said: Vec<_> = [0, 1, 4, 5, 7, 8, 12, 13].map(to_the_nearest_five).into_iter().collect();
    let about = Total::About;
    assert_eq!(said, [Total::Nothing, Total::Few, Total::Few, about(5), about(5), about(10), about(10), about(15)]);
}
