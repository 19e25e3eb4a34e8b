//! The evidence browser: it shows an outside page, and it is a **process of its own**.
//!
//! A page that broke out of the web engine finds no key, no database and no way to call the
//! application: this process has none of them. It takes five messages over a pipe: *navigate*,
//! *capture* and *stop* go in, *status* (with the answers to *capture*) and *crash* come out.
//!
//! * [`protocol`] is what the two sides say to each other, with a bound on every field.
//! * [`client`] is the side that starts the browser, listens, and kills it.
//! * [`run`] is the whole of the browser's side; the product calls it when it is started in
//!   browser mode.
//! * [`known`] is the page that shows whether an engine draws as it should.
//! * [`training`] serves the bundled training site on the loopback address.
//!
//! `PLATFORMS.md` says which web engines there are.

pub mod address;
#[cfg(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows)))]
mod budget;
pub mod client;
mod clock;
#[cfg(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows)))]
mod engine;
#[cfg(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows)))]
mod gateway;
pub mod known;
#[cfg(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows)))]
mod mouth;
pub mod protocol;
mod run;
pub mod training;

pub use run::run;
