//! The start of the engine: its way to the network is looked at, and the known page is drawn and read back, before
//! anything from outside.

use std::time::{Duration, Instant};

use super::page::Page;
use super::told::opaque;
use crate::engine::known::{self, PATIENCE};
use crate::engine::tasks::pause;
use crate::known::PAGE;
use crate::protocol::bounded::Text;
use crate::protocol::facts::Fact;

const BETWEEN: Duration = Duration::from_millis(20);

/// The colours of the known page from its picture. It is gone again afterwards.
///
/// # Errors
/// - If a document of ours does not come into the view, or does not leave it.
pub(super) async fn known_page(page: &Page) -> Result<Fact<Text>, String> {
    put(page, PAGE).await?;
    let seen = known::read_back(async || look(page).await, pause).await;
    *page.user_agent.borrow_mut() = page.evaluate("navigator.userAgent").await.filter(|agent| !agent.is_empty());
    put(page, "").await?;
    Ok(seen)
}

async fn look(page: &Page) -> Result<String, String> {
    let layout = page.stands().await.ok_or("the known page does not answer")?;
    // It lies outside the window, so nothing of it is waited for on the screen.
    let painted = page.paint_view(false, PATIENCE).await?;
    let pixels = opaque(painted.width, painted.height, &painted.bytes)?;
    known::colours_of(&pixels, layout.ratio_milli)
}

/// Puts a document of ours into the view, and waits until it is there.
async fn put(page: &Page, html: &str) -> Result<(), String> {
    let (before, begun) = (page.tried.get(), Instant::now());
    page.view.show(html);
    while page.tried.get() == before {
        if begun.elapsed() >= PATIENCE {
            return Err("a page of our own did not come into the view".to_owned());
        }
        pause(BETWEEN).await;
    }
    Ok(())
}
