//! Every script holds; together they meet every refusal and walk every branch of every chart of every pack.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and tells what it ran"
)]

#[path = "scripts/charts.rs"]
mod charts;
#[path = "scripts/refusals.rs"]
mod refusals;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use acceptance::outside::{built, root, said};
use acceptance::packs;
use acceptance::script::{Script, Shown};

/// All scripts by their files, each with what it showed, or why it does not hold.
type Ran = BTreeMap<PathBuf, Result<Shown, String>>;

/// They are run once for all tests here.
static RAN: LazyLock<Ran> = LazyLock::new(run_all);

/// How many scripts each pack has at least.
const AT_LEAST: [(&str, usize); 6] = [
    ("swgfl-template", 139),
    ("durants", 20),
    ("st-joseph", 20),
    ("st-laurence-birmingham", 20),
    ("victoria-park", 20),
    ("beechfield-hertfordshire", 20),
];

#[test]
fn every_script_holds() {
    let failed: Vec<String> =
        RAN.iter().filter_map(|(file, ran)| Some(format!("{}\n    {}", file.display(), ran.as_ref().err()?))).collect();
    println!("{} scripts, {} do not hold", RAN.len(), failed.len());
    assert!(failed.is_empty(), "{} of {} scripts do not hold:\n{}", failed.len(), RAN.len(), failed.join("\n"));
}

#[test]
fn every_pack_has_its_scripts() {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for shown in RAN.values().flatten() {
        *counted.entry(&shown.pack).or_default() += 1;
    }
    assert_eq!(AT_LEAST.map(|(pack, _)| pack), packs::ALL);
    for (pack, least) in AT_LEAST {
        let found = counted.get(pack).copied().unwrap_or_default();
        println!("{pack}: {found} scripts");
        assert!(found >= least, "{pack} has {found} scripts and should have {least}");
    }
}

#[test]
fn every_branch_of_every_chart_is_walked_by_a_script() {
    let packs = packs::ALL.map(packs::bundled);
    let branches = charts::branches(&packs, &shown());
    let table = charts::table(&branches);
    println!("{table}");
    let kept = root().join("target/scripts-and-charts.txt");
    std::fs::write(&kept, table).unwrap();
    let lost = charts::walked_by_none(&branches);
    assert!(lost.is_empty(), "no script walks {} of {} branches:\n{}", lost.len(), branches.len(), lost.join("\n"));
}

#[test]
fn branches_that_no_script_walks_are_found() {
    let packs = packs::ALL.map(packs::bundled);
    let branches = charts::branches(&packs, &[]);
    assert_eq!(charts::walked_by_none(&branches).len(), branches.len());
    // Counted by hand: triage of each pack, Birmingham's three ways, and Hertfordshire's charts in the pack's order.
    assert_eq!(branches.len(), 6 * 10 + 11 + (5 + 8 + 8 + 2 + 13 + 2));
}

#[test]
fn every_refusal_is_met_by_a_script() {
    let wrong = refusals::wrong(&shown());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_script_that_expects_too_much_fails() {
    for (text, wrong) in [
        (
            "[given]\nupto = \"group\"\n[[do]]\nact = \"form-group\"\nmembers = [\"JS\"]\nexpect = \"group-formed\"\n",
            "group-too-small",
        ),
        ("[given]\nupto = \"group\"\n[finally]\ncharts = { triage = \"illegal-route\" }\n", "other-incidents"),
        ("[given]\nupto = \"group\"\n[finally]\ncharts = { triage = [\"lado\", \"other-incidents\"] }\n", "settled"),
        ("[given]\nupto = \"group\"\n[finally]\nexits = [\"log-only\"]\n", "illegal-route"),
        ("[given]\nupto = \"group\"\n[finally]\nactions = [\"warning\"]\n", "are []"),
        ("[given]\nupto = \"group\"\n[finally]\nclocks = [\"Ring the LADO\"]\n", "are []"),
        ("[given]\nupto = \"group\"\n[finally]\nshows = [\"Gambling\"]\n", "should show"),
        ("[given]\nupto = \"group\"\n[finally]\nhides = [\"SWGfL\"]\n", "should not show"),
        ("[given]\npack = \"another\"\n", "there is no pack another"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wrong.toml");
        std::fs::write(&file, format!("title = \"t\"\n{text}")).unwrap();
        let said = Script::read(&file).unwrap().run().unwrap_err();
        assert!(said.contains(wrong), "{text}\n{said}");
    }
}

/// What each script that holds showed, with its name.
fn shown() -> Vec<(String, Shown)> {
    let name = |file: &Path| file.file_stem().unwrap().to_string_lossy().into_owned();
    let holds = RAN.iter().filter_map(|(file, ran)| Some((name(file), ran.as_ref().ok()?.clone())));
    holds.collect()
}

fn run_all() -> Ran {
    let mut files = Vec::new();
    collect(&root().join("tests/scripts"), &mut files);
    let next = Mutex::new(files.iter());
    let ran = Mutex::new(Ran::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(file) = next.lock().unwrap().next() else { return };
                    // A script that panics is one that does not hold, not one that was not there.
                    let held = std::panic::catch_unwind(|| run(file)).unwrap_or_else(|_| Err("it panics".to_owned()));
                    ran.lock().unwrap().insert(file.clone(), held);
                }
            });
        }
    });
    ran.into_inner().unwrap()
}

fn run(file: &Path) -> Result<Shown, String> {
    let script = Script::read(file)?;
    if !script.lets_the_disk_fail() {
        return script.run();
    }
    // A disk that fails is a limit on the whole process, so this one runs in its own.
    let program = built("run-script");
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$1\""])
        .arg(program)
        .arg(file)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(said(&output));
    }
    Ok(Shown { pack: script.pack().to_owned(), refused: script.refusals(), ..Shown::default() })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}
