//! Files to this computer, and from it.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, clicked, page, raw};

pub(super) fn pages() -> Vec<Case> {
    let auto = |name, script: &str| {
        page("downloads", name, &format!("<body><script>{script};setTimeout(()=>say('tried'),250)</script>"))
            .must(Must::Say("tried"))
            .left_for(250)
    };
    let click = |name, script: &str| clicked("downloads", name, script).left_for(250);
    let refused = |part| Must::Refuse(Refused::Download, part);
    // The engine asks whether a page may go there before it knows that it would be a file.
    let no_file = |part| Must::Either(vec![refused(part), Must::Refuse(Refused::Scheme, part)]);
    let link = "const a=document.createElement('a');a.href='{u}';a.download='canary-of-a-hostile-page-7c31.bin';document.body.append(a);a.click()";
    let link = |to: &str| link.replace("{u}", to);
    vec![
        auto("by header", "location.href='/attached?notes.bin'").must(refused("/attached")),
        auto("by header in a frame", "const f=document.createElement('iframe');f.src='/attached?framed.bin';document.body.append(f)").must(refused("framed")),
        auto("by a kind nobody shows", "location.href='/unknown'").must(refused("/unknown")),
        auto("by attribute", &link("/calm")).must(refused("/calm")),
        auto("by attribute from a blob", &link("'+URL.createObjectURL(new Blob([\"canary-of-a-hostile-page-7c31\"]))+'")).must(no_file("blob:")),
        auto("by attribute from data:", &link("data:application/octet-stream,canary-of-a-hostile-page-7c31")).must(no_file("data:")),
        auto("by attribute from file:", &link("file:///etc/hostname")),
        auto("twenty at once", &format!("for(let i=0;i<20;i++){{{}}}", link("/attached?many"))).must(refused("many")),
        auto("by refresh", "document.write('<meta http-equiv=refresh content=\"0;url=/attached?refreshed\">')").must(refused("refreshed")),
        auto("with a path in its name", "location.href='/attached?..%2f..%2f..%2fcanary-of-a-hostile-page-7c31'").must(refused("canary")),
        auto("with a name that turns", "location.href='/attached?notes\u{202e}txt.exe'").must(refused("/attached")),
        auto("after a redirect", "location.href='/to?/attached?moved.bin'").must(refused("moved.bin")),
        auto("a desktop entry", "location.href='/attached?x.desktop'").must(refused("x.desktop")),
        auto("through a form", "document.write('<form action=/attached></form>');document.forms[0].submit()").must(refused("/attached")),
        click("by attribute on a click", &link("/calm")).must(refused("/calm")),
        click("by blob on a click", &link("'+URL.createObjectURL(new Blob([\"canary-of-a-hostile-page-7c31\"]))+'")).must(no_file("blob:")),
        click("a save dialog on a click", "window.showSaveFilePicker?showSaveFilePicker().then(()=>esc('saved'),()=>0):0"),
        raw("downloads", "a page that is also attached", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Disposition:  ATTACHMENT ; filename=a.html\r\nContent-Length: 29\r\n\r\ncanary-of-a-hostile-page-7c31").must(refused("also-attached")),
        click("a file asked for on a click", "const i=document.createElement('input');i.type='file';document.body.append(i);i.onchange=()=>esc('file');i.click()").must(Must::Refuse(Refused::Upload, "")),
        click("a folder asked for on a click", "const i=document.createElement('input');i.type='file';i.webkitdirectory=true;document.body.append(i);i.onchange=()=>esc('folder');i.click()").must(Must::Refuse(Refused::Upload, "")),
        click("a camera picture asked for on a click", "const i=document.createElement('input');i.type='file';i.capture='user';i.accept='image/*';document.body.append(i);i.onchange=()=>esc('picture');i.click()").must(Must::Refuse(Refused::Upload, "")),
        click("a file picker of the new kind", "window.showOpenFilePicker?showOpenFilePicker().then(()=>esc('file'),()=>0):0;window.showDirectoryPicker?showDirectoryPicker().then(()=>esc('folder'),()=>0):0"),
        auto("a file asked for by itself", "const i=document.createElement('input');i.type='file';document.body.append(i);i.onchange=()=>esc('file');i.click()"),
        auto("a file set by script", "const i=document.createElement('input');i.type='file';try{i.value='/etc/hostname';if(i.files.length)esc('file')}catch(e){}"),
    ]
}
