//! Installing what is missing: with consent, and only where it is known how.

use crate::cargo::{run, said};
use crate::needs::{self, Need, on_path};
use crate::stop::Stop;
use crate::system::System;
use std::io::{BufRead, IsTerminal, Write};
use std::process::Command;

/// As whom packages can be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Root,
    /// Not root, but sudo is there.
    Sudo,
    Neither,
}

/// What is done about missing packages.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Install,
    AskThenInstall,
    /// The person installs them; the command is named.
    NameTheCommand,
}

/// Sees to it that everything in `wanted` is there.
///
/// # Errors
/// - If something is missing and may not be installed, or cannot be installed here: the command is named.
/// - If the installation fails, or what was missing is still missing afterwards.
pub(crate) fn ensure<'a>(wanted: impl IntoIterator<Item = &'a Need>, yes: bool) -> Result<(), Stop> {
    let system = System::of_this_computer();
    let missing = needs::missing(wanted, system, needs::holds);
    if missing.is_empty() {
        println!("   Everything needed of the system is there.");
        return Ok(());
    }
    println!("   Not there yet:");
    for need in &missing {
        println!("   - {}", need.what);
    }
    let packages = needs::packages(&missing, system);
    let line = typed_line(system, standing(), &packages);
    let consent = yes || in_ci();
    let refused = || {
        Stop::new(
            "some things this needs are not installed.",
            format!("Install them, then call this again:\n\n    {line}\n"),
        )
    };
    match plan(system, standing(), consent, std::io::stdin().is_terminal()) {
        Plan::Install => println!("   Installing: {line}"),
        Plan::AskThenInstall if agreed(&line) => {}
        Plan::AskThenInstall | Plan::NameTheCommand => return Err(refused()),
    }
    install(&packages)?;
    let left = needs::missing(missing, system, needs::holds);
    match left.first() {
        None => Ok(()),
        Some(need) => Err(Stop::new(
            format!("after the installation this is still not there: {}.", need.what),
            "Look at what the installation printed above.",
        )),
    }
}

/// CI is set and does not say no.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

fn plan(system: System, standing: Standing, consent: bool, somebody_there: bool) -> Plan {
    if system != System::Debian || standing == Standing::Neither {
        return Plan::NameTheCommand;
    }
    if consent {
        Plan::Install
    } else if somebody_there {
        Plan::AskThenInstall
    } else {
        Plan::NameTheCommand
    }
}

fn typed_line(system: System, standing: Standing, packages: &[&str]) -> String {
    let line = system.install_line(packages);
    let needs_root = match system {
        System::Debian | System::Fedora | System::Arch | System::Suse => true,
        System::OtherLinux | System::MacOs | System::Windows => false,
    };
    match standing {
        Standing::Sudo if needs_root => format!("sudo {}", line.replace("&& ", "&& sudo ")),
        Standing::Neither if needs_root => format!("su -c '{line}'"),
        Standing::Root | Standing::Sudo | Standing::Neither => line,
    }
}

fn standing() -> Standing {
    let user = said(Command::new("id").arg("-u"));
    if user.is_some_and(|number| number.trim() == "0") {
        Standing::Root
    } else if on_path("sudo").is_some() {
        Standing::Sudo
    } else {
        Standing::Neither
    }
}

fn agreed(line: &str) -> bool {
    print!("   May I install them? This runs: {line}\n   Type y or n, then Enter: ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

fn install(packages: &[&str]) -> Result<(), Stop> {
    let next = "Look at what apt-get printed above; often the network or another installation is in the way.";
    run(apt_get().args(["-qq", "update"]), next)?;
    run(
        apt_get().args(["-qq", "-o", "Dpkg::Use-Pty=0", "install", "-y"]).arg("--no-install-recommends").args(packages),
        next,
    )
}

fn apt_get() -> Command {
    // `env` carries the setting through sudo, which drops most of the environment.
    let mut command = match standing() {
        Standing::Root | Standing::Neither => Command::new("env"),
        Standing::Sudo => {
            let mut sudo = Command::new("sudo");
            sudo.arg("env");
            sudo
        }
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

#[cfg(test)]
mod tests {
    use super::{Plan, Standing, plan, typed_line};
    use crate::system::System;

    #[test]
    fn nothing_is_installed_without_consent() {
        let asked = plan(System::Debian, Standing::Root, false, true);
        assert_eq!(asked, Plan::AskThenInstall);
        let alone = plan(System::Debian, Standing::Root, false, false);
        assert_eq!(alone, Plan::NameTheCommand);
    }

    #[test]
    fn with_consent_root_and_sudo_install() {
        for standing in [Standing::Root, Standing::Sudo] {
            assert_eq!(plan(System::Debian, standing, true, false), Plan::Install);
        }
    }

    #[test]
    fn without_root_or_on_another_system_the_command_is_named() {
        let neither = plan(System::Debian, Standing::Neither, true, true);
        assert_eq!(neither, Plan::NameTheCommand);
        for system in [System::Fedora, System::Arch, System::Suse, System::MacOs] {
            assert_eq!(plan(system, Standing::Root, true, true), Plan::NameTheCommand);
        }
    }

    #[test]
    fn the_named_command_fits_who_is_asking() {
        let rows = [
            (System::Debian, Standing::Root, "apt-get update && apt-get install -y --no-install-recommends qpdf"),
            (
                System::Debian,
                Standing::Sudo,
                "sudo apt-get update && sudo apt-get install -y --no-install-recommends qpdf",
            ),
            (System::Fedora, Standing::Neither, "su -c 'dnf install -y qpdf'"),
            (System::MacOs, Standing::Sudo, "brew install qpdf"),
        ];
        for (system, standing, expected) in rows {
            assert_eq!(typed_line(system, standing, &["qpdf"]), expected);
        }
    }
}
