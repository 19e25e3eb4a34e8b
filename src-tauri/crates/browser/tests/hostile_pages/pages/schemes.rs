//! Schemes that look like the application's own, and schemes that start other programs.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, page};

/// Schemes of applications like this one: everything that loads is tried.
const OURS: [&str; 14] = [
    "ipc://localhost/app_view",
    "tauri://localhost/index.html",
    "asset://localhost/etc/hostname",
    "exhibit://localhost/1",
    "evidence-trail://open",
    "wry://localhost/",
    "app://localhost/",
    "custom-protocol://localhost/",
    "http://ipc.localhost/app_view",
    "http://tauri.localhost/",
    "http://exhibit.localhost/1",
    "isolation://localhost/",
    "webkit-pdfjs-viewer://pdfjs/web/viewer.html",
    "resource:///org/webkit/inspector/",
];

/// Addresses that another program would open, each by another way.
const PROGRAMS: [(&str, &str); 18] = [
    ("mailto:somebody@school.example", "location.href='{a}'"),
    (
        "tel:+441632960000",
        "const a=document.createElement('a');a.href='{a}';document.documentElement.append(a);a.click()",
    ),
    ("sms:+441632960000", "location.assign('{a}')"),
    ("ms-settings:privacy", "location.replace('{a}')"),
    ("ms-word:ofe|u|http://{host}/x.docx", "location.href='{a}'"),
    ("ms-msdt:/id", "document.write('<meta http-equiv=refresh content=\"0;url={a}\">')"),
    ("search-ms:query=x", "location.href='{a}'"),
    ("ftp://{host}/x", "location.href='{a}'"),
    ("smb://{host}/share", "location.href='{a}'"),
    ("vnc://{host}", "location.href='{a}'"),
    ("ssh://{host}", "location.href='{a}'"),
    ("magnet:?xt=urn:btih:0", "location.href='{a}'"),
    ("steam://run/1", "location.href='{a}'"),
    ("intent://x#Intent;scheme=http;end", "location.href='{a}'"),
    ("itms-apps://x", "location.href='{a}'"),
    ("view-source:http://{host}/calm", "location.href='{a}'"),
    ("zoommtg://{host}/join", "location.href='{a}'"),
    ("x-apple.systempreferences:", "location.href='{a}'"),
];

pub(super) fn pages() -> Vec<Case> {
    let mut pages: Vec<Case> = OURS.iter().map(|address| look_alike(address)).collect();
    pages.extend(PROGRAMS.iter().map(|(address, way)| {
        let scheme = &address[..=address.find(':').unwrap()];
        let refused = Must::Refuse(Refused::Scheme, scheme);
        page("schemes", address, &format!("<script>{}</script>", way.replace("{a}", address))).must(refused)
    }));
    let files = [
        ("file: by location", "location.href='file:///etc/hostname'"),
        (
            "file: in a frame",
            "document.write('<iframe src=file:///etc/hostname onload=\"try{contentDocument&&contentDocument.body.textContent&&esc(1)}catch(e){}\"></iframe>')",
        ),
        ("file: by fetch", "fetch('file:///etc/hostname').then(r=>r.text()).then(t=>esc(t),()=>0)"),
        (
            "file: by XMLHttpRequest",
            "const x=new XMLHttpRequest();x.onload=()=>x.responseText&&esc(1);x.open('GET','file:///etc/hostname');try{x.send()}catch(e){}",
        ),
        (
            "file: as a script and a style",
            "document.write('<script src=file:///etc/hostname onload=esc(1)><\\/script><link rel=stylesheet href=file:///etc/hostname onload=esc(1)>')",
        ),
        (
            "file: as a picture",
            "const i=new Image();i.onload=()=>esc(1);i.src='file:///usr/share/pixmaps/debian-logo.png'",
        ),
        (
            "data: at the top",
            "location.href='data:text/html,<script>fetch(\"{site}/report/{case}\",{method:\"POST\",mode:\"no-cors\",body:\"ESCAPED\"})</script>'",
        ),
        (
            "javascript: by a link",
            "const a=document.createElement('a');a.href='javascript:say(\"ran in the page\")';document.documentElement.append(a);a.click()",
        ),
        (
            "about:config and its kin",
            "for(const a of ['about:config','about:gpu','about:memory','webkit://gpu','webkit://plugins'])fetch(a).then(()=>esc(a),()=>0);location.href='webkit://gpu'",
        ),
    ];
    pages.extend(files.iter().map(|(name, script)| {
        page(
            "schemes",
            name,
            &format!("<script>{script};setTimeout(()=>say('tried'),300)</script>")
                .replace("</script>')", "<\\/script>')"),
        )
        .left_for(400)
    }));
    pages
}

/// Everything a page can load, from one address: none of it may come.
fn look_alike(address: &'static str) -> Case {
    page(
        "schemes",
        address,
        &format!(
            "<body><script>const a='{address}';fetch(a).then(r=>r.ok&&esc('fetched '+a),()=>0);\
             fetch(a,{{method:'POST',body:'{{}}',headers:{{'Tauri-Callback':'1','Tauri-Error':'2','Tauri-Invoke-Key':'x'}}}}).then(r=>r.ok&&esc('posted '+a),()=>0);\
             const i=new Image();i.onload=()=>esc('picture');i.src=a;\
             const s=document.createElement('script');s.onload=()=>esc('script');s.src=a;document.body.append(s);\
             const l=document.createElement('link');l.rel='stylesheet';l.onload=()=>esc('style');l.href=a;document.head.append(l);\
             const f=document.createElement('iframe');f.src=a;document.body.append(f);\
             try{{new WebSocket(a.replace('http','ws')).onopen=()=>esc('socket')}}catch(e){{}}\
             try{{new EventSource(a).onopen=()=>esc('events')}}catch(e){{}}\
             try{{navigator.sendBeacon(a,'x')}}catch(e){{}}\
             try{{const x=new XMLHttpRequest();x.onload=()=>x.status<400&&x.status&&esc('xhr');x.open('GET',a);x.send()}}catch(e){{}}\
             setTimeout(()=>{{say('tried');location.href=a}},300)</script>"
        ),
    )
    .must(Must::Say("tried"))
    .left_for(300)
}
