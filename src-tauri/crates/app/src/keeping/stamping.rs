//! The time-stamp authorities of the school: which are asked, and two people choosing them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use trail_domain::event::keeping::TimeAuthority;
use trail_domain::ids::Hash;
use trail_domain::procedure::stamping;
use trail_seal::stamp::{Root, RootFault};

use crate::app::App;
use crate::fault::Fault;
use crate::keeping::groups;
use crate::wire::time::{SetTimeAuthorities, TimeAuthoritiesView, TimeAuthorityRow};

/// The longest address, in characters.
const LONGEST_ADDRESS: usize = 300;

impl App {
    /// Which authorities are asked for a time-stamp of each signature.
    ///
    /// # Errors
    /// - If nobody is signed in, or a root certificate in the record cannot be read.
    pub fn time_authorities(&self) -> Result<TimeAuthoritiesView, Fault> {
        let row = |authority: &TimeAuthority| {
            Ok(TimeAuthorityRow {
                address: authority.address.clone(),
                name: authority.name.clone(),
                fingerprint: groups(&authority.root.to_string()),
                root: root_of(authority)?.certificate().pem(),
            })
        };
        let authorities = self.desk()?.register.time_authorities().iter().map(row).collect::<Result<_, Fault>>()?;
        Ok(TimeAuthoritiesView { authorities })
    }

    /// Two people choose which authorities are asked from here on, or that nobody is. The one who is named does it, with
    /// their passphrase; another who is signed in stands behind it.
    ///
    /// # Errors
    /// - If an address or a root certificate is missing, or cannot be used.
    /// - If the passphrase is wrong.
    /// - If fewer than two people are signed in, or this computer is frozen.
    /// - If those are asked already.
    pub fn set_time_authorities(&mut self, form: &SetTimeAuthorities) -> Result<TimeAuthoritiesView, Fault> {
        let first = authority(&form.first_address, &form.first_root, ["firstAddress", "firstRoot"])?;
        let second = authority(&form.second_address, &form.second_root, ["secondAddress", "secondRoot"])?;
        if first.is_none() && second.is_some() {
            return Err(Fault::with("field-missing", "field", "first_address").at("firstAddress"));
        }
        let authorities: Vec<TimeAuthority> = first.into_iter().chain(second).collect();
        if matches!(authorities.as_slice(), [first, second] if first.address == second.address) {
            return Err(Fault::new("time-address-twice").at("secondAddress"));
        }
        let known = Fault::new("time-unchanged").at("firstAddress");
        self.by_two(&form.person, &form.passphrase, known, |with, now| stamping::set(authorities, with, now))?;
        self.time_authorities()
    }
}

/// The root certificate of an authority in the record.
pub(crate) fn root_of(authority: &TimeAuthority) -> Result<Root, Fault> {
    let internal = |detail: String| Fault::with("internal", "detail", detail);
    let der = STANDARD.decode(&authority.root_certificate).map_err(|error| internal(error.to_string()))?;
    Root::from_der(&der).map_err(|error| internal(error.to_string()))
}

/// An authority as it was filled in; none where nothing was.
fn authority(address: &str, root: &str, [of_address, of_root]: [&str; 2]) -> Result<Option<TimeAuthority>, Fault> {
    let (address, root) = (address.trim(), root.trim());
    if address.is_empty() && root.is_empty() {
        return Ok(None);
    }
    if !is_address(address) {
        return Err(Fault::new("time-address-bad").at(of_address));
    }
    let root = Root::from_pem(root).map_err(|fault| {
        let code = match fault {
            RootFault::NotOne => "time-root-not-one",
            RootFault::NoRoot => "time-root-none",
        };
        Fault::new(code).at(of_root)
    })?;
    let certificate = root.certificate();
    Ok(Some(TimeAuthority {
        address: address.to_owned(),
        name: certificate.common_name(),
        root: Hash::new(certificate.fingerprint()),
        root_certificate: STANDARD.encode(certificate.der()),
    }))
}

/// An address of HTTP without a name and passphrase in it: it stands in the record.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    text.len() <= LONGEST_ADDRESS
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && host.is_some_and(|host| !host.is_empty() && !host.starts_with(':') && !host.contains('@'))
}
