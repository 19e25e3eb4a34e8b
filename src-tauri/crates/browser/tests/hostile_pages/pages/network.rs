//! What a server may answer: redirects, rubbish, slowness, certificates that do not hold.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, at, page, raw};

pub(super) fn pages() -> Vec<Case> {
    let moved = |name, to: &str| {
        raw("network", name, &format!("HTTP/1.1 302 On\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"))
    };
    let html = |name, head: &str, body: &str| {
        raw("network", name, &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n{body}"))
    };
    let or_not = || Must::Either(vec![Must::Load(""), Must::Fail]);
    vec![
        moved("redirects in a circle", "/loop").must(Must::Fail).must(Must::Redirects(10)),
        moved("10,000 redirects", "/chain?10000").must(Must::Fail).must(Must::Redirects(10)),
        moved("15 redirects", "/chain?14").must(Must::Load("/chain?0")).must(Must::Redirects(15)),
        moved("on to file:", "file:///etc/hostname").must(Must::Either(vec![Must::Fail, Must::EndOrSilence])),
        moved("on to data:", "data:text/html,<title>escaped</title>").must(Must::Fail),
        moved("on to javascript:", "javascript:alert(1)").must(Must::Fail),
        moved("on to a program", "mailto:x@school.example").must(Must::Either(vec![Must::Refuse(Refused::Scheme, "mailto:"), Must::Fail])),
        moved("on to our own scheme", "ipc://localhost/app_view").must(Must::Either(vec![Must::Refuse(Refused::Scheme, "ipc:"), Must::Fail])),
        moved("on to a private place", "http://{closed}/").must(Must::Refuse(Refused::PrivateAddress, "127.0.0.1")),
        moved("on to the metadata of a cloud", "http://169.254.169.254/latest/").must(Must::Refuse(Refused::PrivateAddress, "169.254.169.254")),
        moved("on to a name for this computer", "http://localhost:8081/").must(Must::Refuse(Refused::PrivateAddress, "localhost")),
        moved("on to a number for this computer", "http://2130706433:8081/").must(Must::Refuse(Refused::PrivateAddress, "127.0.0.1")),
        moved("on to a certificate that does not hold", "https://{tls-self-signed}/").must(Must::BadCertificate("not signed")),
        moved("on to an address with a line break", "/calm%0d%0aSet-Cookie:x=y").must(or_not()),
        html("a refresh by header to a program", "Refresh: 0;url=mailto:x@school.example\r\n", "<title>refresh</title>x").must(Must::Refuse(Refused::Scheme, "mailto:")),
        html("preloads of a private place", "Link: <http://{closed}/a>; rel=preload; as=script\r\nLink: <http://{closed}>; rel=preconnect\r\n", "<title>x</title>x").must(Must::Refuse(Refused::PrivateAddress, "127.0.0.1")),
        html("early hints and 1,000 headers", &"X-Placeholder: x\r\n".repeat(1000), "<title>heads</title>x").must(or_not()),
        html("a header of 200 KB", &format!("X-Placeholder: {}\r\n", "x".repeat(200_000)), "<title>head</title>x").must(or_not()),
        html("more promised than sent", "Content-Length: 100000\r\n", "<title>short</title>x").must(or_not()),
        html("less promised than sent", "Content-Length: 3\r\n", "<title>long</title>xxxxx").must(or_not()),
        html("pieces that are none", "Transfer-Encoding: chunked\r\n", "zz\r\nrubbish\r\n").must(or_not()),
        html("packed rubbish", "Content-Encoding: gzip\r\n", "not packed at all").must(or_not()),
        html("cookies for another site", "Set-Cookie: a=canary-of-a-hostile-page-7c31; Domain=school.example; Max-Age=9999\r\n", "<title>x</title>x").must(or_not()),
        raw("network", "no answer of HTTP", "SSH-2.0-placeholder\r\n").must(or_not()),
        raw("network", "nothing at all", "").must(or_not()),
        raw("network", "no content", "HTTP/1.1 204 No\r\n\r\n").must(Must::Fail),
        raw("network", "a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n").must(or_not()),
        raw("network", "status 999", "HTTP/1.1 999 Odd\r\nContent-Length: 1\r\n\r\nx").must(or_not()),
        raw("network", "no kind named", "HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n<script>alert(1)</script>").must(Must::Either(vec![Must::Load(""), Must::Refuse(Refused::Download, "")])),
        page("network", "a slow drip", "<script>setTimeout(()=>{say('going');location.href='/drip'},10)</script>").must(Must::Title("drips")),
        page("network", "20 MB", "<script>setTimeout(()=>location.href='/huge',10)</script>").must(Must::Either(vec![Must::Title("huge"), Must::EndOrSilence])),
        page("network", "pictures and scripts over bad certificates", "<img src='https://{tls-expired}/x'><script src='https://{tls-wrong-name}/x'></script><script>fetch('https://{tls-self-signed}/',{mode:'no-cors'}).then(()=>esc('read'),()=>say('refused'))</script>").must(Must::Say("refused")),
        page("network", "names that lead home", "<img src='http://localtest.localhost:8081/'><script>for(const h of ['localhost','a.local','router','printer.lan','10.0.0.1','192.168.1.1','[fd00::1]','0.0.0.0','0x7f.1'])fetch('http://'+h+':8081/',{mode:'no-cors'}).then(()=>esc(h),()=>0)</script>").must(Must::Refuse(Refused::PrivateAddress, "router")),
        page("network", "ports of mail and of files", "<script>for(const p of [21,22,25,110,143,445,6000])fetch('http://127.0.0.1:'+p,{mode:'no-cors'}).then(()=>esc(p),()=>0);setTimeout(()=>say('tried'),300)</script>").must(Must::Say("tried")),
        at("network", "a certificate signed by itself", "https://{tls-self-signed}/").must(Must::BadCertificate("not signed")).must(Must::Fail),
        at("network", "a certificate that ran out", "https://{tls-expired}/").must(Must::BadCertificate("expired")),
        at("network", "a certificate of the future", "https://{tls-not-yet}/").must(Must::BadCertificate("not valid yet")),
        at("network", "a certificate for another name", "https://{tls-wrong-name}/").must(Must::BadCertificate("another name")),
        at("network", "a certificate for a look-alike name", "https://{tls-homograph}/").must(Must::BadCertificate("another name")),
        at("network", "a TLS of old", "https://{tls-old}/").must(Must::Fail),
        at("network", "TLS where there is none", "https://{host}/calm").must(Must::Fail),
        at("network", "a name that is not there", "http://nowhere-at-all.example/").must(Must::NotReached("nowhere-at-all.example")),
    ]
}
