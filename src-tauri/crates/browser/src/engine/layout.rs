//! How the page stands in its window, asked of the page's process by a script of our own world.

#[cfg(target_os = "linux")]
use std::time::Duration;

#[cfg(target_os = "linux")]
use super::page::{Page, within};
use crate::protocol::facts::Layout;

#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the page stands in its window. The getter is taken from the prototype, because an element
/// of the page may bear the property's name.
pub(super) const LOOK: &str = "(function(){const d=document;\
const e=Object.getOwnPropertyDescriptor(Document.prototype,'scrollingElement').get.call(d)||d.documentElement;\
return e?JSON.stringify([innerWidth,innerHeight,e.scrollHeight,scrollX,scrollY,devicePixelRatio]):'[]'})()";

/// Pictures that are still to come, and elements that stand still in the window while the page is scrolled. At most
/// this many of each are looked at.
pub(super) const STATE: &str = "(function(){const most=5000;let coming=0,standing=0;\
for(const i of Array.from(document.images).slice(0,most))if(!i.complete||(i.loading==='lazy'&&i.currentSrc===''&&i.getAttribute('src')))coming++;\
for(const e of Array.from(document.querySelectorAll('body *')).slice(0,most)){const p=getComputedStyle(e).position;\
if(p==='fixed'||p==='sticky')standing++}return JSON.stringify([coming,standing])})()";

#[cfg(target_os = "linux")]
impl Page {
    /// How many pictures are still to come, and how many elements stand still in the window. `None` if it does not tell.
    pub(super) async fn state(&self) -> Option<(u32, u32)> {
        let answer = within(PATIENCE, |then| self.evaluate(STATE, then)).await.flatten()?;
        serde_json::from_str(&answer).ok()
    }

    /// How the page stands at this moment. `None` if its process does not answer.
    pub(super) async fn stands(&self) -> Option<Layout> {
        let answer = within(PATIENCE, |then| self.evaluate(LOOK, then)).await.flatten()?;
        parse_layout(&answer)
    }
}

pub(super) fn parse_layout(answer: &str) -> Option<Layout> {
    let numbers: Vec<f64> = serde_json::from_str(answer).ok()?;
    let whole = |number: f64| {
        if number.is_finite() { number.round().clamp(0.0, 4e9) as u32 } else { 0 }
    };
    match numbers.as_slice() {
        [width, height, scroll_height, scroll_x, scroll_y, ratio] => Some(Layout {
            width: whole(*width),
            height: whole(*height),
            scroll_height: whole(*scroll_height),
            scroll_x: whole(*scroll_x),
            scroll_y: whole(*scroll_y),
            ratio_milli: whole(*ratio * 1000.0),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_read_or_left_alone() {
        let layout = parse_layout("[900,600.4,10000,0,12.5,1.25]");
        let expected =
            Layout { width: 900, height: 600, scroll_height: 10_000, scroll_x: 0, scroll_y: 13, ratio_milli: 1250 };
        assert_eq!(layout, Some(expected));
        for rubbish in ["[]", "[1,2]", "{}", "", "[1,2,3,4,5,\"6\"]"] {
            assert_eq!(parse_layout(rubbish), None);
        }
    }
}
