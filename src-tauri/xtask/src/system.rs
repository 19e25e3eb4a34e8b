//! Which system this is, and how its packages are installed.

/// Systems that name their packages alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    /// Debian, Ubuntu and what is made of them.
    Debian,
    Fedora,
    Arch,
    Suse,
    /// A Linux whose packages are not known here.
    OtherLinux,
    MacOs,
    Windows,
}

impl System {
    pub(crate) fn of_this_computer() -> Self {
        if cfg!(target_os = "macos") {
            return Self::MacOs;
        }
        if cfg!(windows) {
            return Self::Windows;
        }
        let told = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        Self::from_os_release(&told)
    }

    pub(crate) fn is_linux(self) -> bool {
        match self {
            Self::Debian | Self::Fedora | Self::Arch | Self::Suse | Self::OtherLinux => true,
            Self::MacOs | Self::Windows => false,
        }
    }

    /// The command line that installs these packages, as a person would type it.
    pub(crate) fn install_line(self, packages: &[&str]) -> String {
        let packages = packages.join(" ");
        match self {
            Self::Debian => {
                format!("apt-get update && apt-get install -y --no-install-recommends {packages}")
            }
            Self::Fedora => format!("dnf install -y {packages}"),
            Self::Arch => format!("pacman -S --needed {packages}"),
            Self::Suse => format!("zypper install -y {packages}"),
            Self::OtherLinux => format!("your system's packages that match Debian's: {packages}"),
            Self::MacOs => format!("brew install {packages}"),
            Self::Windows => format!("winget install {packages}"),
        }
    }

    /// `ID` and `ID_LIKE` as in os-release(5).
    fn from_os_release(told: &str) -> Self {
        let names: Vec<&str> = told
            .lines()
            .filter_map(|line| line.split_once('='))
            .filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"))
            .flat_map(|(_, value)| value.trim_matches(['"', '\'']).split_whitespace())
            .collect();
        let families = [
            (&["debian", "ubuntu"][..], Self::Debian),
            (&["fedora", "rhel"][..], Self::Fedora),
            (&["arch"][..], Self::Arch),
            (&["suse", "opensuse"][..], Self::Suse),
        ];
        families
            .into_iter()
            .find(|(family, _)| names.iter().any(|name| family.contains(name)))
            .map_or(Self::OtherLinux, |(_, system)| system)
    }
}

#[cfg(test)]
mod tests {
    use super::System;

    #[test]
    fn systems_are_told_apart_by_what_they_say_of_themselves() {
        let rows = [
            ("NAME=\"Debian GNU/Linux\"\nID=debian\n", System::Debian),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Debian),
            ("ID=fedora\n", System::Fedora),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", System::Fedora),
            ("ID=manjaro\nID_LIKE=arch\n", System::Arch),
            ("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", System::Suse),
            ("ID=nixos\nVERSION_ID=debian\n", System::OtherLinux),
            ("", System::OtherLinux),
        ];
        for (told, expected) in rows {
            assert_eq!(System::from_os_release(told), expected, "{told:?}");
        }
    }

    #[test]
    fn each_system_is_told_its_own_command() {
        assert_eq!(System::Fedora.install_line(&["qpdf", "nodejs"]), "dnf install -y qpdf nodejs");
        assert!(System::Debian.install_line(&["qpdf"]).starts_with("apt-get update && "));
    }
}
