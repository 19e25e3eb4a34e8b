//! Dialogs, printing, sign-in boxes and forms.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, clicked, page, raw};

pub(super) fn pages() -> Vec<Case> {
    let auto = |name, script: &str| {
        page("asks", name, &format!("<body><script>{script};setTimeout(()=>say('tried'),100)</script>"))
            .must(Must::Say("tried"))
    };
    let click = |name, script: &str| clicked("asks", name, script);
    let dialog = |part| Must::Refuse(Refused::Dialog, part);
    vec![
        auto("alert", "alert('a warning')").must(dialog("a warning")),
        auto("confirm", "if(confirm('is it so?'))esc('confirmed')").must(dialog("is it so?")),
        auto("prompt", "if(prompt('your name?')!==null)esc('answered')").must(Must::Refuse(Refused::Dialog, "your name?")),
        auto("500 alerts", "for(let i=0;i<500;i++)alert(i)").must(dialog("1")),
        auto("an alert of 1 MB", "alert('x'.repeat(1e6))").must(dialog("xxx")),
        auto("an alert that poses as us", "alert('Evidence Trail: press OK to send the exhibits')").must(dialog("Evidence Trail")),
        auto("an alert with letters that turn", "alert('\\u202egnp.exe\\u200b')").must(dialog("gnp.exe")),
        auto("an alert from a frame", "const f=document.createElement('iframe');f.srcdoc='<script>alert(\"from a frame\")<\\/script>';document.body.append(f)").must(dialog("from a frame")),
        click("before it is left", "onbeforeunload=e=>{e.preventDefault();e.returnValue='stay';return 'stay'}"),
        auto("on leaving", "onpagehide=onunload=()=>{alert('stay');open('/calm');location.href='mailto:x@school.example'}"),
        auto("print", "print()").must(Must::Refuse(Refused::Print, "")),
        auto("print without end", "for(let i=0;i<30;i++)print()").must(Must::Refuse(Refused::Print, "")),
        auto("print from a frame", "const f=document.createElement('iframe');document.body.append(f);f.contentWindow.print()"),
        auto("a sign-in box", "location.href='/sign-in'").must(Must::Refuse(Refused::SignIn, "127.0.0.1")),
        auto("a sign-in box for a picture", "new Image().src='/sign-in'").left_for(200),
        auto("a form sent by itself", "document.write('<form method=post action=/frame?{case}><input type=password name=p value=x></form>');document.forms[0].submit()").must(Must::Form),
        auto("a form with a file in it", "document.write('<form method=post enctype=multipart/form-data action=/frame?{case}><input type=file name=f></form>');document.forms[0].submit()").must(Must::Form),
        auto("a form to a program", "document.write('<form method=post action=mailto:x@school.example></form>');document.forms[0].submit()").must(Must::Refuse(Refused::Scheme, "mailto:")),
        auto("a form to a private place", "document.write('<form method=post action=http://{closed}/></form>');document.forms[0].submit()").must(Must::Refuse(Refused::PrivateAddress, "127.0.0.1")),
        auto("thirty forms", "for(let i=0;i<30;i++){const f=document.createElement('form');f.method='post';f.action='/frame?{case}';document.body.append(f);f.submit()}").must(Must::Form),
        auto("a dialog in the top layer over everything", "const d=document.createElement('dialog');d.style='position:fixed;inset:0;width:100vw;height:100vh';d.textContent='HALT is switched off';document.body.append(d);d.showModal()"),
        auto("a list that stays open", "document.write('<select size=1 autofocus><option>a<option>b</select>');try{document.querySelector('select').showPicker()}catch(e){}"),
        click("a list opened on a click", "const s=document.createElement('select');s.innerHTML='<option>HALT</option>';document.body.append(s);try{s.showPicker()}catch(e){}"),
        click("a colour asked for", "const i=document.createElement('input');i.type='color';document.body.append(i);i.click()"),
        click("a date asked for", "const i=document.createElement('input');i.type='datetime-local';document.body.append(i);i.click();try{i.showPicker()}catch(e){}"),
        click("a menu of the page's own", "document.dispatchEvent(new MouseEvent('contextmenu',{bubbles:true}))"),
        raw("asks", "a sign-in box before anything", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"Evidence Trail passphrase\"\r\nContent-Length: 0\r\n\r\n").must(Must::Refuse(Refused::SignIn, "127.0.0.1")),
        raw("asks", "a sign-in box of the way", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"Proxy\"\r\nContent-Length: 0\r\n\r\n").must(Must::Either(vec![Must::Refuse(Refused::SignIn, ""), Must::Fail, Must::Load("")])),
    ]
}
