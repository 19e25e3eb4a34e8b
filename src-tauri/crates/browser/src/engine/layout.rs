//! How the page stands in its window, asked of the page's process by a script of our own world.

use crate::protocol::facts::Layout;

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

/// Scrolls the page so that this row, in CSS pixels, is the first in view.
pub(super) fn scroll_script(top: u32) -> String {
    format!("window.scrollTo({{left:0,top:{top},behavior:'instant'}});''")
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
