//! One row of the table: a page, and what must be seen.

use std::time::Duration;

use trail_browser::protocol::observation::{Observation, Refused};

/// What is served at the page's address.
#[derive(Debug, Clone)]
pub(crate) enum Serve {
    /// A page, with the probe before it.
    Page(String),
    /// Bytes as they are, head and all. `{site}` and the like are filled in.
    Raw(String),
    /// Nothing of the site: this address is opened itself.
    At(String),
}

/// What must be seen.
#[derive(Debug, Clone)]
pub(crate) enum Must {
    /// The page told this itself.
    Say(&'static str),
    /// Something was refused that concerns this.
    Refuse(Refused, &'static str),
    /// A page is loaded whose address has this in it.
    Load(&'static str),
    /// The load failed.
    Fail,
    /// The certificate was refused, with this fault.
    BadCertificate(&'static str),
    /// A title with this in it.
    Title(&'static str),
    /// So many redirects.
    Redirects(usize),
    /// A form was held back.
    Form,
    /// Nobody could be reached at this host.
    NotReached(&'static str),
    /// More happened than is told.
    Counted,
    /// The page's process hangs, or ended.
    EndOrSilence,
    /// One of these.
    Either(Vec<Must>),
}

impl Must {
    /// Whether it was seen among these.
    pub(crate) fn is_in(&self, seen: &[Observation], said: &[String]) -> bool {
        let any = |fits: &dyn Fn(&Observation) -> bool| seen.iter().any(fits);
        match self {
            Self::Say(words) => said.iter().any(|said| said.contains(words)),
            Self::Refuse(what, part) => any(&|seen| {
                matches!(seen, Observation::Refused { what: which, concerning }
                    if which == what && concerning.as_str().contains(part))
            }),
            Self::Load(part) => {
                any(&|seen| matches!(seen, Observation::NavigationFinished(at) if at.as_str().contains(part)))
            }
            Self::Fail => any(&|seen| matches!(seen, Observation::NavigationFailed { .. })),
            Self::BadCertificate(fault) => any(&|seen| {
                matches!(seen, Observation::CertificateRefused { certificate, .. }
                    if certificate.faults.as_str().contains(fault))
            }),
            Self::Title(part) => {
                any(&|seen| matches!(seen, Observation::Title(title) if title.as_str().contains(part)))
            }
            Self::Redirects(least) => {
                seen.iter().filter(|seen| matches!(seen, Observation::Redirected(_))).count() >= *least
            }
            Self::Form => any(&|seen| {
                matches!(
                    seen,
                    Observation::FormPost { let_through: false, .. }
                        | Observation::PasswordForm { let_through: false, .. }
                )
            }),
            Self::NotReached(part) => {
                any(&|seen| matches!(seen, Observation::NotConnected { host, .. } if host.as_str().contains(part)))
            }
            Self::Counted => any(&|seen| matches!(seen, Observation::NotTold { .. })),
            Self::EndOrSilence => {
                any(&|seen| matches!(seen, Observation::Unresponsive | Observation::PageProcessEnded(_)))
            }
            Self::Either(ways) => ways.iter().any(|way| way.is_in(seen, said)),
        }
    }

    /// In a few words, for the table.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Say(words) => format!("said {words}"),
            Self::Refuse(what, part) => format!("refused {what:?} {part}"),
            Self::Load(part) => format!("loaded {part}"),
            Self::Fail => "load failed".to_owned(),
            Self::BadCertificate(fault) => format!("certificate {fault}"),
            Self::Title(part) => format!("title {}", part.escape_default()),
            Self::Redirects(least) => format!("{least} redirects"),
            Self::Form => "form held back".to_owned(),
            Self::NotReached(part) => format!("not reached {part}"),
            Self::Counted => "counted, not told".to_owned(),
            Self::EndOrSilence => "hang or end told".to_owned(),
            Self::Either(ways) => ways.iter().map(Self::words).collect::<Vec<_>>().join(" or "),
        }
    }
}

/// A page and what must be seen.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) family: &'static str,
    pub(crate) name: &'static str,
    pub(crate) serve: Serve,
    pub(crate) must: Vec<Must>,
    /// The page is revealed and somebody clicks into it.
    pub(crate) click: bool,
    /// The page has no script that could tell what it found.
    pub(crate) silent: bool,
    pub(crate) patience: Duration,
    /// How long it is left alone after all was seen.
    pub(crate) settle: Duration,
}

impl Case {
    pub(crate) fn new(family: &'static str, name: &'static str, serve: Serve) -> Self {
        let silent = !matches!(serve, Serve::Page(_));
        let (patience, settle) = (Duration::from_secs(12), Duration::from_millis(120));
        Self { family, name, serve, must: Vec::new(), click: false, silent, patience, settle }
    }

    pub(crate) fn must(mut self, must: Must) -> Self {
        self.must.push(must);
        self
    }

    pub(crate) fn click(mut self) -> Self {
        self.click = true;
        self
    }

    pub(crate) fn left_for(mut self, millis: u64) -> Self {
        self.settle = Duration::from_millis(millis);
        self
    }

    /// The name in addresses.
    pub(crate) fn slug(&self) -> String {
        let name: String = self.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        format!("{}-{name}", self.family)
    }
}

/// A page of this family.
pub(crate) fn page(family: &'static str, name: &'static str, html: &str) -> Case {
    Case::new(family, name, Serve::Page(html.to_owned()))
}

/// A page that does something once somebody clicks into it. A click of its own making does nothing.
pub(crate) fn clicked(family: &'static str, name: &'static str, script: &str) -> Case {
    let script = format!("onclick=e=>{{if(e.isTrusted){{{script};say('clicked')}}}}");
    page(family, name, &format!("<body style='height:3000px'><script>{script}</script>"))
        .must(Must::Say("clicked"))
        .click()
}

/// An answer as it is.
pub(crate) fn raw(family: &'static str, name: &'static str, answer: &str) -> Case {
    Case::new(family, name, Serve::Raw(answer.to_owned()))
}

/// An address that is opened itself.
pub(crate) fn at(family: &'static str, name: &'static str, address: &str) -> Case {
    Case::new(family, name, Serve::At(address.to_owned()))
}
