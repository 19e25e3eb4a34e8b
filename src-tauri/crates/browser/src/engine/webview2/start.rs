//! The start of the engine: the known page is drawn and read back before anything from outside.

use serde::Deserialize;

use super::page::Page;
use super::wire;
use crate::engine::known::{self, PATIENCE};
use crate::engine::tasks::pause;
use crate::known::{PAGE, SIDE, SQUARES};
use crate::protocol::bounded::Text;
use crate::protocol::facts::Fact;

/// The colours of the known page from its picture. It is gone again afterwards.
pub(super) async fn known_page(page: &Page) -> Fact<Text> {
    let seen = known::read_back(async || look(page).await, pause).await;
    match fill(page, "").await {
        Ok(()) => seen,
        Err(why) => Fact::NotTold(Text::new(&why)),
    }
}

/// The empty first page may still be on its way, and take the place of the known one: each look puts that there anew.
async fn look(page: &Page) -> Result<String, String> {
    fill(page, PAGE).await?;
    let width = SQUARES.0 * SIDE;
    let asked = serde_json::json!({
        "format": "png",
        "clip": { "x": 0, "y": 0, "width": width, "height": SQUARES.1 * SIDE, "scale": 1 },
    });
    let answer = page.call("Page.captureScreenshot", &asked.to_string(), PATIENCE).await?;
    let pixels = wire::picture(&answer)?;
    known::colours_of(&pixels, pixels.width * 1000 / width)
}

/// Puts this in the place of the empty document.
async fn fill(page: &Page, html: &str) -> Result<(), String> {
    let tree = page.call("Page.getFrameTree", "{}", PATIENCE).await?;
    let tree: Tree = serde_json::from_str(&tree).map_err(|_| "the engine does not tell its frame".to_owned())?;
    let asked = serde_json::json!({ "frameId": tree.frame_tree.frame.id, "html": html });
    page.call("Page.setDocumentContent", &asked.to_string(), PATIENCE).await.map(|_| ())
}

/// `Page.getFrameTree`: the frame that is the page itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tree {
    frame_tree: Branch,
}

#[derive(Deserialize)]
struct Branch {
    frame: Frame,
}

#[derive(Deserialize)]
struct Frame {
    id: String,
}
