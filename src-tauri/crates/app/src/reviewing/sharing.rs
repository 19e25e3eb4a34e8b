//! Programs that show or steer this computer from elsewhere, by the names of processes that run.

use serde::Deserialize;

use crate::fault::Fault;

const LIST: &str = include_str!("../../../../../assets/computer/sharing.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    programs: Vec<Program>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Program {
    name: String,
    processes: Vec<String>,
}

/// The programs of the list that are among these processes, in the list's order.
///
/// # Errors
/// - If the list that is built in cannot be read, which is a fault of the program.
pub(super) fn seen(running: &[String]) -> Result<Vec<String>, Fault> {
    let list: List = toml::from_str(LIST).map_err(|error| Fault::with("internal", "detail", error.to_string()))?;
    let running: Vec<String> = running.iter().map(|name| plain(name)).collect();
    let runs = |program: &Program| program.processes.iter().any(|process| running.contains(process));
    Ok(list.programs.into_iter().filter(runs).map(|program| program.name).collect())
}

/// Whether somebody who typed this says that nothing runs.
pub(super) fn says_none(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    typed.is_empty() || typed.starts_with("none") || typed == "no" || typed == "nothing"
}

/// `/usr/bin/AnyDesk.exe` as the list has it: `anydesk`.
fn plain(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    file.strip_suffix(".exe").map(ToOwned::to_owned).unwrap_or(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{LIST, List, plain, says_none, seen};

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_runs_is_found_by_the_name_of_its_process() {
        let running = named(&["systemd", "/opt/AnyDesk/AnyDesk.exe", "x11vnc", "zoomed-in"]);
        assert_eq!(seen(&running).unwrap(), ["AnyDesk", "A VNC server"]);
        assert!(seen(&named(&["systemd", "bash"])).unwrap().is_empty());
    }

    #[test]
    fn every_process_of_the_list_is_written_as_it_is_compared() {
        let list: List = toml::from_str(LIST).unwrap();
        assert!(list.programs.len() > 15);
        for process in list.programs.iter().flat_map(|program| &program.processes) {
            assert_eq!(&plain(process), process);
        }
    }

    #[test]
    fn none_is_none_however_it_is_typed() {
        assert!(["", " none seen", "None", "no", "nothing"].into_iter().all(says_none));
        assert!(!says_none("TeamViewer, closed before"));
    }
}
