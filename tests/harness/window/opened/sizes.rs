//! The sizes in which a page is looked at: the usual window, the smallest, and 200 % zoom.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{WAIT, Window};

/// The window's size, in pixels of the page.
pub(super) const WIDE: u32 = 1280;
pub(super) const HIGH: u32 = 800;

/// The smallest window that the product is for.
const SMALL: (u32, u32) = (1024, 700);

/// Most of a page that a picture shows.
const TALL: u32 = 4000;

/// What runs over the side of the page and cannot be scrolled to where it stands.
const OVER_THE_SIDE: &str = "const [width] = arguments;
    const scrolls = (one) => one !== null && !one.matches('main, body')
        && (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    return [...document.querySelectorAll('body *')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 1 && box.right > width + 1 && !scrolls(one.parentElement);
    }).slice(0, 5).map((one) => one.outerHTML.slice(0, 160));";

/// How high the window has to be to show all of the page.
const WHOLE: &str = "const main = document.querySelector('main');
    return Math.max(document.documentElement.scrollHeight, innerHeight + main.scrollHeight - main.clientHeight)";

impl Window {
    /// Waits until this page is in front, and looks at it as it is and at 200 % zoom.
    pub async fn shown(&mut self, page: &str) {
        self.at(page).await;
        self.zoomed(page).await;
    }

    /// The page in front at 200 % zoom, which halves what fits: nothing in it runs over the side, and a picture of
    /// all of it is kept.
    pub async fn zoomed(&mut self, name: &str) {
        self.in_size((WIDE / 2, HIGH), &format!("{name}-zoomed")).await;
        self.resize(WIDE, HIGH).await;
    }

    /// The page in front in the smallest window, which is left so: nothing in it runs over the side, and a picture of
    /// all of it is kept.
    pub async fn smallest(&mut self, name: &str) {
        self.in_size(SMALL, &format!("{name}-smallest")).await;
        self.resize(SMALL.0, SMALL.1).await;
    }

    /// A picture of the whole page in front, in the usual width.
    pub async fn whole(&mut self, name: &str) {
        self.in_size((WIDE, HIGH), &format!("{name}-whole")).await;
        self.resize(WIDE, HIGH).await;
    }

    /// The size that the window had when it was opened.
    pub async fn widen(&self) {
        self.resize(WIDE, HIGH).await;
    }

    async fn in_size(&mut self, (wide, high): (u32, u32), name: &str) {
        self.resize(wide, high).await;
        // What is laid out by the width is drawn anew.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let over = self.script(OVER_THE_SIDE, vec![json!(f64::from(wide))]).await;
        let tall = self.script(WHOLE, vec![]).await.as_f64().unwrap_or(0.0);
        self.resize(wide, (tall.ceil() as u32).clamp(high, TALL)).await;
        // The part that came into sight is painted.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let png = self.answer("a picture", self.client.screenshot()).await;
        self.pictures.keep(name, &png);
        if over != json!([]) {
            self.violations.push(format!("{name} runs over the side: {over}"));
        }
    }

    async fn resize(&self, width: u32, height: u32) {
        self.answer("the window's size", self.client.set_window_rect(0, 0, width, height)).await;
        let deadline = Instant::now() + WAIT;
        let there = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
        while self.script(there, vec![json!(width), json!(height)]).await != json!(true) {
            if Instant::now() > deadline {
                self.fail(&format!("the window does not become {width} by {height}")).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
