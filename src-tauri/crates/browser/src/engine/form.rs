//! Forms, as far as an engine asks before a page sends one: what is asked of the page, and which address is told.
#![cfg_attr(windows, allow(dead_code, reason = "there a form shows only in the request itself"))]

use std::time::Duration;

/// Asks the page for a field for a password. Frames of other sites are not seen.
pub(super) const HAS_PASSWORD: &str = "(function within(page) {
    if (page.querySelector('input[type=password]')) return true;
    return [...page.querySelectorAll('iframe,frame')].some(frame => {
        try { return frame.contentDocument && within(frame.contentDocument); } catch { return false; }
    });
})(document) ? 'yes' : 'no'";
/// Longest wait for a page's answer. One that does not answer is taken to have such a field.
pub(super) const ANSWER: Duration = Duration::from_millis(500);

/// A form on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    address: String,
    pub(super) is_posted: bool,
}

impl Form {
    /// The form that is sent to this address by this method, if it is one. Where a server sends the engine on after a
    /// form, it is one only where it is posted again.
    pub(super) fn of(method: Option<&str>, address: &str, is_form: bool, is_redirect: bool) -> Option<Self> {
        let is_posted = !method.is_none_or(|method| method.eq_ignore_ascii_case("GET"));
        (is_posted || (is_form && !is_redirect)).then(|| Self { address: address.to_owned(), is_posted })
    }

    /// Where it leads: without the fragment, and where the answers stand in the address, without them.
    pub(super) fn leads_to(&self) -> &str {
        let ends: &[char] = if self.is_posted { &['#'] } else { &['?', '#'] };
        self.address.split(ends).next().unwrap_or(&self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_posted_is_a_form_and_what_is_sent_on_only_where_it_is_posted_again() {
        let to = "https://a.example/in?x=1#y";
        assert_eq!(Form::of(Some("GET"), to, false, false), None);
        assert_eq!(Form::of(None, to, false, true), None);
        assert_eq!(Form::of(Some("get"), to, true, true), None);
        let posted = Form::of(Some("POST"), to, false, true);
        assert_eq!(posted.as_ref().map(Form::leads_to), Some("https://a.example/in?x=1"));
        let asks = Form::of(Some("GET"), to, true, false);
        assert_eq!(asks.as_ref().map(Form::leads_to), Some("https://a.example/in"), "the answers are not told");
    }
}
