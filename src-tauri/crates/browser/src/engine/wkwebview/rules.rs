//! The rules of the page's view: what it may not ask for, whatever asks for it.
//!
//! macOS leads addresses of this very computer past the proxy of a view. So the view itself is kept from them, and from
//! the other private addresses that show in the address itself; only those that the terms allow by host and port stay
//! open. What a *name* leads to is judged by the gateway, which looks it up.
#![cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "elsewhere it is here for its tests alone"))]

use serde_json::{Value, json};

use crate::address::Terms;

/// How addresses in numbers begin that lead to this computer or the local network.
const NUMBERS: [&str; 18] = [
    "0\\.",
    "10\\.",
    "100\\.6[4-9]\\.",
    "100\\.[7-9][0-9]\\.",
    "100\\.1[01][0-9]\\.",
    "100\\.12[0-7]\\.",
    "127\\.",
    "169\\.254\\.",
    "172\\.1[6-9]\\.",
    "172\\.2[0-9]\\.",
    "172\\.3[01]\\.",
    "192\\.0\\.0\\.",
    "192\\.168\\.",
    "198\\.1[89]\\.",
    "22[4-9]\\.",
    "23[0-9]\\.",
    "24[0-9]\\.",
    "25[0-5]\\.",
];
/// What stands behind that: numbers alone. A name may begin so too.
const AND_NUMBERS: &str = "[0-9.]+[:/?]";
/// Other hosts. Addresses of the sixth version stand in brackets; kept out are all that do not begin with 2 or 3, as
/// every public one does.
const OTHERS: [&str; 3] = ["\\[[^23]", "localhost\\.?[:/?]", "[^/?]*\\.localhost\\.?[:/?]"];
/// What may stand before a host: any scheme of the network, and what signs in.
const BEFORE: &str = "^[a-z]+://([^/?]*@)?";

/// The rules for these terms, in the engine's own form. Of those that fit, the last one counts.
pub(super) fn rules(terms: &Terms) -> String {
    let kept_out = kept_out().map(|filter| rule(&format!("{BEFORE}{filter}"), "block"));
    let open = terms.allow_private.iter();
    let open = open.map(|open| rule(&format!("{BEFORE}{}[/?]", literal(open)), "ignore-previous-rules"));
    Value::from(kept_out.chain(open).collect::<Vec<Value>>()).to_string()
}

fn kept_out() -> impl Iterator<Item = String> {
    let numbers = NUMBERS.iter().map(|begin| format!("{begin}{AND_NUMBERS}"));
    numbers.chain(OTHERS.iter().map(|other| (*other).to_owned()))
}

fn rule(filter: &str, action: &str) -> Value {
    json!({ "trigger": { "url-filter": filter }, "action": { "type": action } })
}

/// A host and port as they stand in an address, and nothing that a filter would take for more.
fn literal(host_and_port: &str) -> String {
    let host_and_port = host_and_port.to_ascii_lowercase();
    // An address leaves out the port that is its scheme's own.
    let written = host_and_port.strip_suffix(":80").or_else(|| host_and_port.strip_suffix(":443"));
    written.unwrap_or(&host_and_port).chars().fold(String::new(), |mut literal, c| {
        if !c.is_ascii_alphanumeric() && c != ':' && c != '-' {
            literal.push('\\');
        }
        literal.push(c);
        literal
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Verdict;

    /// Whether the filter fits the beginning of the text: letters, sets, `?`, `+` and `*`, as far as the rules use
    /// them.
    fn fits(filter: &[char], text: &[char]) -> bool {
        let Some(first) = filter.first() else { return true };
        let (set, mut rest): (Vec<char>, &[char]) = match first {
            '[' => {
                let end = filter.iter().position(|c| *c == ']').unwrap_or(filter.len() - 1);
                (filter[1..end].to_vec(), &filter[end + 1..])
            }
            '\\' => (vec![filter[1]], &filter[2..]),
            c => (vec![*c], &filter[1..]),
        };
        let holds = |c: char| match set.as_slice() {
            ['^', rest @ ..] if *first == '[' => !rest.contains(&c),
            [from, '-', to, rest @ ..] => (*from..=*to).contains(&c) || rest.contains(&c),
            set => set.contains(&c),
        };
        let again = rest.first().copied().filter(|c| ['?', '+', '*'].contains(c));
        if again.is_some() {
            rest = &rest[1..];
        }
        let here = text.first().is_some_and(|c| holds(*c));
        match again {
            Some('?') => (here && fits(rest, &text[1..])) || fits(rest, text),
            Some(_) => {
                let many = text.iter().take_while(|c| holds(**c)).count();
                let least = usize::from(again == Some('+'));
                (least..=many).any(|count| fits(rest, &text[count..]))
            }
            None => here && fits(rest, &text[1..]),
        }
    }

    fn fit(filter: &str, text: &str) -> bool {
        fits(&filter.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>())
    }

    fn is_blocked(host: &str) -> bool {
        kept_out().any(|filter| fit(&filter, &format!("{host}/")))
    }

    #[test]
    fn every_private_address_that_shows_itself_is_kept_out_and_no_public_one() {
        let mut hosts = vec!["localhost".to_owned(), "[::1]".to_owned(), "[::]".to_owned(), "[fe80::1]".to_owned()];
        hosts.extend(["[fc00::1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2606:4700::1111]"].map(str::to_owned));
        for first in 0..=255 {
            for second in
                [0, 1, 2, 15, 16, 17, 18, 19, 20, 31, 32, 63, 64, 69, 70, 99, 100, 119, 120, 127, 128, 168, 254]
            {
                for third in [0, 1, 2] {
                    hosts.push(format!("{first}.{second}.{third}.7"));
                }
            }
        }
        for host in hosts {
            let verdict = Terms::default().judge(&format!("http://{host}/"));
            assert_eq!(is_blocked(&host), verdict == Verdict::Private, "{host}");
        }
    }

    #[test]
    fn names_stay_open_for_the_gateway_to_judge() {
        for host in ["localhost.example", "127.example", "10.0.0.1.example", "board.example", "mylocalhost"] {
            assert!(!is_blocked(host), "{host}");
        }
        assert!(is_blocked("a.localhost") && is_blocked("localhost."));
    }

    #[test]
    fn what_the_terms_allow_stays_open_by_its_port_alone() {
        let allow_private = vec!["127.0.0.1:8080".to_owned(), "LOCALHOST:80".to_owned()];
        let rules = rules(&Terms { allow_private, ..Terms::default() });
        let rules: Vec<Value> = serde_json::from_str(&rules).unwrap_or_default();
        assert_eq!(rules.len(), kept_out().count() + 2);
        let open = rules.iter().skip_while(|rule| rule["action"]["type"] == "block");
        let open: Vec<&str> =
            open.filter_map(|rule| rule["trigger"]["url-filter"].as_str()?.strip_prefix(BEFORE)).collect();
        assert_eq!(open, ["127\\.0\\.0\\.1:8080[/?]", "localhost[/?]"], "they stand last, since the last one counts");
        assert!(fit(open[0], "127.0.0.1:8080/"));
        assert!(!fit(open[0], "127.0.0.1:80801/") && !fit(open[0], "127x0.0.1:8080/"));
    }
}
