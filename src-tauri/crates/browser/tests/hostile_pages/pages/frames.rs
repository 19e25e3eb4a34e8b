//! Frames of every kind: each looks for us from inside.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, page};

/// What a frame that only has text of its own tells: it looks for the names itself.
const INNER: &str = "<script>const n=[\"__TAURI_INTERNALS__\",\"ipc\",\"__TAURI__\"].filter(n=>n in window);\
fetch(\"{site}/report/{case}\",{method:\"POST\",mode:\"no-cors\",body:n.length||(window.webkit&&webkit.messageHandlers)?\"FOUND \"+n:\"frame ran\"})<\\/script>";

pub(super) fn pages() -> Vec<Case> {
    let inside = |name, html: &str| page("frames", name, &html.replace("{inner}", INNER));
    let ran = || Must::Say("frame ran");
    vec![
        inside("srcdoc", "<body><script>const f=document.createElement('iframe');f.srcdoc='{inner}';document.body.append(f)</script>").must(ran()),
        inside("srcdoc in a sandbox with scripts", "<body><script>const f=document.createElement('iframe');f.sandbox='allow-scripts';f.srcdoc='{inner}';document.body.append(f)</script>").must(ran()),
        inside("data:", "<body><script>const f=document.createElement('iframe');f.src='data:text/html,'+encodeURIComponent('{inner}');document.body.append(f)</script>").must(Must::Either(vec![ran(), Must::Refuse(Refused::Scheme, "data:")])),
        inside("blob:", "<body><script>const f=document.createElement('iframe');f.src=URL.createObjectURL(new Blob(['{inner}'],{type:'text/html'}));document.body.append(f)</script>").must(Must::Either(vec![ran(), Must::Refuse(Refused::Scheme, "blob:")])),
        inside("document.write into an empty frame", "<body><script>const f=document.createElement('iframe');document.body.append(f);f.contentDocument.write('{inner}')</script>").must(ran()),
        inside("javascript:", "<body><script>const f=document.createElement('iframe');f.src='javascript:parent.say(\"frame ran\")';document.body.append(f)</script>").must(ran()),
        page("frames", "of the same site", "<iframe src='/frame?{case}'></iframe>").must(Must::Load("")),
        page("frames", "sandbox without scripts", "<iframe sandbox src='/frame?{case}'></iframe>").must(Must::Load("")),
        page("frames", "sandbox that may leave the top", "<iframe sandbox='allow-scripts allow-top-navigation' srcdoc=\"<script>top.location='mailto:x@school.example'</script>\"></iframe>").must(Must::Refuse(Refused::Scheme, "mailto:")),
        page("frames", "that takes the top to a private place", "<iframe srcdoc=\"<script>top.location='http://{closed}/'</script>\"></iframe>").must(Must::Refuse(Refused::PrivateAddress, "127.0.0.1")),
        page("frames", "of a private place", "<iframe src='http://{closed}/'></iframe><iframe src='http://localhost:8081/'></iframe><iframe src='http://[::1]:8081/'></iframe>").must(Must::Refuse(Refused::PrivateAddress, "[::1]")),
        page("frames", "50 deep", "<body><script>let d=document;for(let i=0;i<50;i++){const f=d.createElement('iframe');(d.body||d.documentElement).append(f);if(!f.contentDocument)break;d=f.contentDocument}say('nested')</script>").must(Must::Say("nested")),
        page("frames", "one in the other without end", "<iframe src='/p/frames-one-in-the-other-without-end?1'></iframe>").left_for(500),
        page("frames", "300 at once", "<body><script>for(let i=0;i<300;i++){const f=document.createElement('iframe');f.srcdoc='x';document.body.append(f)}say('many')</script>").must(Must::Say("many")),
        page("frames", "object and embed", "<object data='/frame?{case}' type='text/html'></object><embed src='/frame?{case}' type='text/html'><object data='file:///etc/hostname'></object><embed src='http://{closed}/x' type='text/html'>").must(Must::Load("")),
        page("frames", "a frameset", "<frameset cols='50%,50%'><frame src='/frame?{case}'><frame src='ipc://localhost/'></frameset>").must(Must::Refuse(Refused::Scheme, "ipc:")),
        page("frames", "with every permission allowed", "<iframe allow='camera *; microphone *; geolocation *; clipboard-read *; display-capture *; usb *; midi *; fullscreen *' srcdoc=\"<script>navigator.geolocation?.getCurrentPosition(()=>parent.esc('placed'),()=>parent.say('frame refused'));</script>\"></iframe>"),
        page("frames", "fenced and portal", "<fencedframe src='http://{closed}/'></fencedframe><portal src='http://{closed}/'></portal>").must(Must::Load("")),
        page("frames", "named _top and _blank", "<iframe name=_top src='/frame?{case}'></iframe><iframe name=_blank src='/frame?{case}'></iframe>").must(Must::Load("")),
        page("frames", "that posts to another frame", "<iframe name=t></iframe><form target=t method=post action='/frame?{case}'><input name=a value=b></form><script>document.forms[0].submit()</script>").must(Must::Form),
        page("frames", "with a page of 20 MB", "<iframe src='/huge'></iframe>").must(Must::Either(vec![Must::Load(""), Must::EndOrSilence])),
        page("frames", "svg and xml inside", "<iframe src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>parent.esc('svg')</script></svg>\"></iframe><iframe src='data:text/xml,<a/>'></iframe>").left_for(300),
    ]
}
