//! Which addresses the evidence browser opens.
//!
//! Only `http` and `https`; nothing on this computer or in the local network unless it is allowed
//! by host and port; and, in practice, nothing but what is allowed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// What one browser process may reach. Fixed when it is started.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Private addresses that are allowed all the same, each as `host:port`.
    pub allow_private: Vec<String>,
    /// Whether nothing else is allowed at all, as in practice.
    pub only_these: bool,
    /// The sites that pages may be of, see [`site`]; a page of another one is held. None: of any.
    #[serde(default)]
    pub sites: Option<Vec<String>>,
}

/// The site of an address: its host, with a port that is not the scheme's own. `www.` in front makes no difference.
#[must_use]
pub fn site(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let host = host.strip_suffix('.').unwrap_or(host);
    let host = host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host);
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Whether a page of this address is of none of these sites. Where there is no list, it never is.
#[must_use]
pub fn is_away(sites: Option<&[String]>, address: &str) -> bool {
    let of = site(address);
    sites.is_some_and(|sites| of.is_some_and(|of| !sites.contains(&of)))
}

/// A site as [`site`] writes it, from one that somebody else wrote; as it is where it cannot be read.
#[must_use]
pub fn site_named(name: &str) -> String {
    site(&format!("http://{name}/")).unwrap_or_else(|| name.to_owned())
}

/// Lets pages be of this site too. Where there is no list, they may be already.
pub fn let_in(sites: &mut Option<Vec<String>>, name: &str) {
    let name = site_named(name);
    if let Some(sites) = sites.as_mut().filter(|sites| !sites.contains(&name)) {
        sites.push(name);
    }
}

/// Whether a connection to this `host:port` is for none of these sites. Port 443 is taken for https.
#[must_use]
pub fn is_host_away(sites: Option<&[String]>, host_and_port: &str) -> bool {
    let scheme = if host_and_port.ends_with(":443") { "https" } else { "http" };
    let of = site(&format!("{scheme}://{host_and_port}/"));
    sites.is_some_and(|sites| of.is_none_or(|of| !sites.contains(&of)))
}

/// What is said of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may be opened.
    Allowed,
    /// It is neither http nor https.
    Scheme,
    /// It lies on this computer or in the local network.
    Private,
    /// It is not one of the few that are allowed.
    Outside,
    /// It cannot be read as an address.
    Unreadable,
}

impl Terms {
    /// The sites that pages may be of, as [`site`] writes them. None: of any.
    #[must_use]
    pub fn named_sites(&self) -> Option<Vec<String>> {
        let mut named = self.sites.as_ref().map(|_| Vec::new());
        self.sites.iter().flatten().for_each(|site| let_in(&mut named, site));
        named
    }

    /// Judges an address as it would be opened. What a *name* leads to shows only when it is
    /// looked up: that is judged again, by [`Terms::judge_connection`].
    #[must_use]
    pub fn judge(&self, address: &str) -> Verdict {
        let Ok(url) = Url::parse(address) else {
            return Verdict::Unreadable;
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Verdict::Scheme;
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Verdict::Unreadable;
        };
        self.judge_host(&host, port)
    }

    /// Judges a host and port by themselves.
    #[must_use]
    pub fn judge_host<S: AsRef<str>>(&self, host: &Host<S>, port: u16) -> Verdict {
        if self.names(&format!("{host}:{port}")) {
            return Verdict::Allowed;
        }
        if self.only_these {
            return Verdict::Outside;
        }
        let private = match host {
            Host::Domain(name) => is_private_name(name.as_ref()),
            Host::Ipv4(ip) => is_private_v4(*ip),
            Host::Ipv6(ip) => is_private_v6(*ip),
        };
        if private { Verdict::Private } else { Verdict::Allowed }
    }

    /// Judges where a name leads.
    #[must_use]
    pub fn judge_connection(&self, host_and_port: &str, ip: IpAddr) -> Verdict {
        if self.names(host_and_port) {
            return Verdict::Allowed;
        }
        if self.only_these {
            return Verdict::Outside;
        }
        let private = match ip {
            IpAddr::V4(ip) => is_private_v4(ip),
            IpAddr::V6(ip) => is_private_v6(ip),
        };
        if private { Verdict::Private } else { Verdict::Allowed }
    }

    fn names(&self, host_and_port: &str) -> bool {
        self.allow_private.iter().any(|allowed| allowed.eq_ignore_ascii_case(host_and_port))
    }
}

/// The host of an address for our own chrome: ASCII only, so that letters of another script cannot
/// pose as the ones a reader knows (`xn--` instead).
#[must_use]
pub fn shown_host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn is_private_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    const PRIVATE_ENDS: [&str; 8] =
        ["localhost", "local", "internal", "lan", "home", "corp", "home.arpa", "localdomain"];
    !name.contains('.')
        || PRIVATE_ENDS
            .iter()
            .any(|end| name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let low_v4 = Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    let inner = match s {
        // IPv4-mapped, IPv4-compatible, and the two prefixes of NAT64.
        [0, 0, 0, 0, 0, 0xffff | 0, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] | [0x64, 0xff9b, 1, _, _, _, _, _] => {
            Some(low_v4)
        }
        // 6to4.
        [0x2002, high, low, ..] => Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        _ => None,
    };
    inner.is_some_and(is_private_v4)
        || ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || (s[0] & 0xfe00) == 0xfc00
        || (s[0] & 0xffc0) == 0xfe80
        || (s[0] & 0xffc0) == 0xfec0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn addresses_and_what_is_said_of_them() {
        let open = Terms::default();
        let cases = [
            ("https://club-board.example/topic/1", Verdict::Allowed),
            ("http://93.184.216.34/", Verdict::Allowed),
            ("http://[2606:2800:220:1::1]/", Verdict::Allowed),
            ("https://local.example/", Verdict::Allowed),
            ("https://notlocal.example/", Verdict::Allowed),
            ("file:///etc/passwd", Verdict::Scheme),
            ("data:text/html,x", Verdict::Scheme),
            ("javascript:void(0)", Verdict::Scheme),
            ("blob:https://club-board.example/1", Verdict::Scheme),
            ("ftp://club-board.example/", Verdict::Scheme),
            ("view-source:https://club-board.example/", Verdict::Scheme),
            ("http://127.0.0.1/", Verdict::Private),
            ("http://2130706433/", Verdict::Private),
            ("http://0x7f.1/", Verdict::Private),
            ("http://0/", Verdict::Private),
            ("http://localhost:8000/", Verdict::Private),
            ("http://LOCALHOST./", Verdict::Private),
            ("http://a.localhost/", Verdict::Private),
            ("http://printer.local/", Verdict::Private),
            ("http://intranet/", Verdict::Private),
            ("http://10.1.2.3/", Verdict::Private),
            ("http://172.31.0.1/", Verdict::Private),
            ("http://172.32.0.1/", Verdict::Allowed),
            ("http://192.168.0.1/", Verdict::Private),
            ("http://169.254.169.254/", Verdict::Private),
            ("http://100.64.0.1/", Verdict::Private),
            ("http://[::1]/", Verdict::Private),
            ("http://[::ffff:10.0.0.1]/", Verdict::Private),
            ("http://[64:ff9b::10.0.0.1]/", Verdict::Private),
            ("http://[2002:7f00:1::]/", Verdict::Private),
            ("http://[fe80::1]/", Verdict::Private),
            ("http://[fd00::1]/", Verdict::Private),
            ("http://", Verdict::Unreadable),
            ("not an address", Verdict::Unreadable),
        ];
        for (address, verdict) in cases {
            assert_eq!(open.judge(address), verdict, "{address}");
        }
    }

    #[test]
    fn practice_reaches_nothing_but_what_is_named() {
        let practice = Terms { allow_private: vec!["127.0.0.1:4000".into()], only_these: true, sites: None };
        assert_eq!(practice.judge("http://127.0.0.1:4000/board"), Verdict::Allowed);
        assert_eq!(practice.judge("http://127.0.0.1:4001/"), Verdict::Outside);
        assert_eq!(practice.judge("https://club-board.example/"), Verdict::Outside);
        assert_eq!(practice.judge("file:///etc/passwd"), Verdict::Scheme);
    }

    #[test]
    fn a_name_is_judged_again_by_where_it_leads() {
        let open = Terms::default();
        let inside = IpAddr::from([192, 168, 0, 9]);
        assert_eq!(open.judge_connection("innocent.example:80", inside), Verdict::Private);
        let outside = IpAddr::from([93, 184, 216, 34]);
        assert_eq!(open.judge_connection("innocent.example:80", outside), Verdict::Allowed);
        let allowed = Terms { allow_private: vec!["school.example:80".into()], only_these: false, sites: None };
        assert_eq!(allowed.judge_connection("school.example:80", inside), Verdict::Allowed);
        assert_eq!(allowed.judge_connection("school.example:81", inside), Verdict::Private);
    }

    #[test]
    fn a_site_is_the_host_and_www_makes_no_difference() {
        assert_eq!(site("https://www.Board.example:443/x").unwrap(), "board.example");
        assert_eq!(site("http://127.0.0.1:4000/").unwrap(), "127.0.0.1:4000");
        assert_eq!(site("https://а.example./").unwrap(), site_named("а.example"));
        assert_eq!(site("about:blank"), None);
    }

    #[test]
    fn a_site_is_let_in_once_and_its_connections_with_it() {
        let sites = Some(vec!["WWW.Board.example".to_owned(), "board.example".into(), "127.0.0.1:4000".into()]);
        let terms = Terms { sites, ..Terms::default() };
        let mut sites = terms.named_sites();
        assert_eq!(sites.as_deref().unwrap(), ["board.example", "127.0.0.1:4000"]);
        let away = |sites: &Option<Vec<String>>, host| is_host_away(sites.as_deref(), host);
        for host in ["board.example:443", "www.board.example:80", "127.0.0.1:4000"] {
            assert!(!away(&sites, host), "{host}");
        }
        for host in ["board.example:8080", "pictures.board.example:443", "127.0.0.1:4001", "other.example:80"] {
            assert!(away(&sites, host), "{host}");
        }
        let_in(&mut sites, "www.other.example");
        let_in(&mut sites, "other.example");
        assert!(!away(&sites, "other.example:80"));
        assert_eq!(sites.unwrap().len(), 3);
        assert!(!away(&None, "anything.example:80"), "without a list nothing is away");
        let mut none = Terms::default().named_sites();
        let_in(&mut none, "other.example");
        assert_eq!(none, None);
    }

    #[test]
    fn the_shown_host_is_ascii() {
        assert_eq!(shown_host("https://аpple.example/x").unwrap(), "xn--pple-43d.example");
        assert_eq!(shown_host("https://user@real.example:8443/").unwrap(), "real.example:8443");
        assert_eq!(shown_host("about:blank"), None);
    }
}
