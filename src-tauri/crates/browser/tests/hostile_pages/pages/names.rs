//! Titles, names and addresses that pose as others.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, at, page};

pub(super) fn pages() -> Vec<Case> {
    let title = |name, script: &str, part| {
        page("names", name, &format!("<script>document.title={script}</script>")).must(Must::Title(part))
    };
    vec![
        title("a title that turns", "'a\\u202ecod.exe'", "a\u{202e}cod.exe"),
        title("a title of no width", "'a\\u200b\\u200c\\u200d\\ufeffb'", "b"),
        title("a title with NUL", "'a\\0b'", "a"),
        title("a title of 5 MB", "'x'.repeat(5e6)", "xxxx"),
        title("a title like our window's", "'Evidence browser - Evidence Trail'", "Evidence browser"),
        title("a title with marks of control", "'a\\x1b[2J\\x07b'", "a"),
        title("a title with broken letters", "'a\\ud800b'", "a"),
        title("a title with thousands of accents", "'a'+'\\u0301'.repeat(5000)", "a\u{301}"),
        page("names", "a title changed after loading", "<title>first</title><script>onload=()=>setTimeout(()=>document.title='second',50)</script>").must(Must::Title("second")),
        page("names", "an address that turns", "<script>history.replaceState(0,'','/p/{case}?\\u202egnp.exe');say('done')</script>").must(Must::Say("done")),
        page("names", "an address with NUL", "<script>history.replaceState(0,'','/p/{case}?a%00b');say('done')</script>").must(Must::Say("done")),
        page("names", "an address of 2 MB", "<script>history.replaceState(0,'','/p/{case}?'+'x'.repeat(2e6));say('done')</script>").must(Must::Say("done")),
        page("names", "an address of 10 MB", "<script>try{history.replaceState(0,'','/p/{case}?'+'x'.repeat(1e7))}catch(e){}say('done')</script>").must(Must::Say("done")),
        page("names", "a page that draws our bar", "<body style='margin:0'><div style='background:#b00;position:fixed;top:0;left:0;right:0;height:60px'>\u{1f512} https://bank.example HALT</div><script>say('done')</script>").must(Must::Say("done")),
        page("names", "names of elements that hide ours", "<form name=document><input name=location><img name=scrollingElement><img name=defaultView id=innerHeight></form><script>say('done')</script>").must(Must::Say("done")),
        at("names", "letters of another script", "http://\u{430}pple.example/").must(Must::NotReached("xn--pple-43d.example")),
        at("names", "a name in full width", "http://\u{ff45}xample.invalid/").must(Must::NotReached("example.invalid")),
        at("names", "this computer in full width", "http://\u{ff11}27.0.0.1:8081/").must(Must::Refuse(Refused::PrivateAddress, "")),
        at("names", "this computer with circled digits", "http://\u{2460}\u{2461}\u{2466}.0.0.1:8081/").must(Must::Refuse(Refused::PrivateAddress, "")),
        at("names", "this computer in eights", "http://0177.0.0.1:8081/").must(Must::Refuse(Refused::PrivateAddress, "")),
        at("names", "this computer inside version six", "http://[::ffff:127.0.0.1]:8081/").must(Must::Refuse(Refused::PrivateAddress, "")),
        at("names", "a name before the at sign", "http://bank.example@localhost:8081/").must(Must::Refuse(Refused::PrivateAddress, "localhost")),
        at("names", "a backslash for a stroke", "http:\\\\localhost:8081\\x").must(Must::Refuse(Refused::PrivateAddress, "")),
        at("names", "tabs and line breaks inside", "http://local\thost:8081/\n").must(Must::Refuse(Refused::PrivateAddress, "")),
        at("names", "a label of 300 letters", "http://xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.example/").must(Must::Either(vec![Must::Fail, Must::Refuse(Refused::Scheme, "")])),
        at("names", "a word that is no address", "evidence trail").must(Must::Refuse(Refused::Scheme, "")),
    ]
}
