//! Whether the page's view is bound to the gateway: looked at before anything from outside, since it cannot be taken
//! from what the system says.
//!
//! Three things are seen. A name that nobody bears is asked for, and must come to the gateway. A door on this computer
//! is asked for by two names, and nobody may knock at it: macOS goes there past every proxy, so the rules of the view
//! must hold. And there are no connections from page to page, which know of no proxy at all.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use trail_macos::wkwebview::Rules;

use super::page::Page;
use super::rules::rules;
use crate::engine::tasks::{pause, within};

/// A name that is never given to anybody (RFC 2606).
const NOBODY: &str = "evidence-trail.invalid";
/// How long the engine has to come to the gateway.
const AT_MOST: Duration = Duration::from_secs(8);
/// How long a knock at our door would take at most.
const AT_LEAST: Duration = Duration::from_millis(700);
const BETWEEN: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(10);
/// Says which ways from page to page there are.
const PEERS: &str = "[typeof RTCPeerConnection,typeof webkitRTCPeerConnection].join()";

/// Binds the view to its rules, and looks whether it is bound.
///
/// # Errors
/// - If it is not, or that cannot be seen.
pub(super) async fn bind(page: &Page) -> Result<(), String> {
    let folder = std::env::current_dir().map_err(|error| format!("there is no folder for the engine ({error})"))?;
    let (json, folder) = (rules(&page.terms), folder.join("data"));
    let compiled = within(PATIENCE, |then| Rules::compile(&json, &folder, then)).await;
    let rules = compiled.unwrap_or_else(|| Err("the engine does not answer".to_owned()));
    page.view.keep_to(&rules.map_err(|why| format!("the web engine takes no rules ({why})"))?);
    look(page).await
}

async fn look(page: &Page) -> Result<(), String> {
    let unseen = |error: std::io::Error| format!("it cannot be seen where the web engine goes ({error})");
    let door = TcpListener::bind(("127.0.0.1", 0)).map_err(unseen)?;
    door.set_nonblocking(true).map_err(unseen)?;
    let port = door.local_addr().map_err(unseen)?.port();
    page.gateway.sign().expect(&format!("{NOBODY}:443"));
    page.view.show(&document(port));
    let begun = Instant::now();
    loop {
        match door.accept() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Ok(_) | Err(_) => return Err("the web engine reaches this computer past the gateway".to_owned()),
        }
        if page.gateway.sign().came() && begun.elapsed() >= AT_LEAST {
            break;
        }
        if begun.elapsed() >= AT_MOST {
            return Err("the web engine does not come to the gateway".to_owned());
        }
        pause(BETWEEN).await;
    }
    match page.evaluate(PEERS).await.as_deref() {
        Some("undefined,undefined") => Ok(()),
        Some(_) => Err("the web engine would let pages connect past the gateway".to_owned()),
        None => Err("the web engine does not say whether pages may connect past the gateway".to_owned()),
    }
}

/// Pictures that nobody sees: all that is wanted of them is that they are asked for.
fn document(port: u16) -> String {
    let pictures = [NOBODY.to_owned(), format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let pictures = pictures.iter().map(|host| format!("<img src=\"https://{host}/\" alt=\"\">"));
    format!("<!doctype html><title></title>{}", pictures.collect::<String>())
}
