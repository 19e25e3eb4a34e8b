//! Windows of the page's own, with and without somebody's click.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, clicked, page};

pub(super) fn pages() -> Vec<Case> {
    let auto = |name, script: &str| {
        page("windows", name, &format!("<script>{script};setTimeout(()=>say('tried'),250)</script>"))
            .must(Must::Say("tried"))
    };
    let click = |name, script: &str| clicked("windows", name, script);
    let refused = |part| Must::Refuse(Refused::NewWindow, part);
    vec![
        auto("open by itself", "const w=open('/frame?{case}');if(w)esc('a window')"),
        auto("a hundred by themselves", "for(let i=0;i<100;i++)if(open('/calm?'+i))esc('a window')"),
        auto("a link to _blank by itself", "const a=document.createElement('a');a.href='/calm';a.target='_blank';document.documentElement.append(a);a.click()"),
        auto("a form to _blank by itself", "document.write('<form target=_blank action=/calm></form>');document.forms[0].submit()"),
        auto("open, then file:", "const w=open('about:blank');if(w){esc('a window');w.location='file:///etc/hostname'}"),
        auto("its own window moved and made large", "moveTo(0,0);resizeTo(5000,5000);moveBy(-900,-900)"),
        auto("its own window closed", "window.close();self.close();open('','_self').close()"),
        auto("focus and blur stolen", "for(let i=0;i<50;i++){window.focus();window.blur()}"),
        auto("a modal of old", "try{showModalDialog('/calm')}catch(e){}"),
        click("open on a click", "const w=open('/calm?clicked');if(w)esc('a window')").must(refused("/calm?clicked")),
        click("twenty on a click", "for(let i=0;i<20;i++)if(open('/calm?n'+i))esc('a window')").must(refused("/calm?n0")),
        click("a sized pop-up on a click", "const w=open('/calm?sized','x','popup,width=100,height=100,left=0,top=0');if(w)esc('a window')").must(refused("sized")),
        click("noopener on a click", "open('/calm?noopener','_blank','noopener,noreferrer')").must(refused("noopener")),
        click("_blank on a click", "const a=document.createElement('a');a.href='/calm?blank';a.target='_blank';document.body.append(a);a.click()").must(refused("blank")),
        click("a form to _blank on a click", "const f=document.createElement('form');f.target='_blank';f.action='/calm';document.body.append(f);f.submit()").must(refused("/calm")),
        click("javascript: in a new window", "const w=open('javascript:1');if(w)esc('a window')"),
        click("data: in a new window", "const w=open('data:text/html,x');if(w)esc('a window')"),
        click("a program in a new window", "const w=open('mailto:x@school.example');if(w)esc('a window')").must(Must::Either(vec![refused("mailto:"), Must::Refuse(Refused::Scheme, "mailto:")])),
        click("a private place in a new window", "open('http://{closed}/')").must(refused("127.0.0.1")),
        click("print in a new window", "const w=open('/calm?print');if(w){esc('a window');w.print()}").must(refused("print")),
        click("a link held with control", "const a=document.createElement('a');a.href='/calm?held';document.body.append(a);a.dispatchEvent(new MouseEvent('click',{ctrlKey:true,button:1,bubbles:true}))"),
        click("picture in picture", "const v=document.createElement('video');document.body.append(v);v.requestPictureInPicture?v.requestPictureInPicture().then(()=>esc('pip'),()=>0):0;v.webkitSetPresentationMode&&v.webkitSetPresentationMode('picture-in-picture')"),
    ]
}
