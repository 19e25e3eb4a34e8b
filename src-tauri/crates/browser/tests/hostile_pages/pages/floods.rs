//! Floods: of history, of storage, of requests.

use crate::case::{Case, Must, page};

pub(super) fn pages() -> Vec<Case> {
    let of = |name, script: &str| page("floods", name, &format!("<body><script>{script}</script>"));
    let done = |name, script: &str| of(name, &format!("{script};say('done')")).must(Must::Say("done"));
    let storage = "/canary-of-a-hostile-page-7c31";
    vec![
        of("history", "for(let i=0;i<2000;i++){try{history.pushState(i,'','/p/{case}?'+i)}catch(e){break}}setInterval(()=>{history.back();history.forward()},1);setTimeout(()=>say('done'),300)").must(Must::Say("done")),
        of("pushed addresses without end", "let i=0;setInterval(()=>{for(let k=0;k<90;k++)try{history.pushState(0,'','/p/{case}?'+(++i))}catch(e){}document.title=i},1)").must(Must::Counted),
        of("pushed addresses of 1 MB", "let i=0;const x='x'.repeat(1e6);setInterval(()=>{try{history.pushState(0,'','/p/{case}?'+x+(++i))}catch(e){}},5)").left_for(800),
        of("titles", "let i=0;setInterval(()=>{for(let k=0;k<100;k++)document.title='t'+(++i)},1)").must(Must::Counted),
        of("titles of 1 MB", "let i=0;const x='x'.repeat(1e6);setInterval(()=>{document.title=x+(++i)},5)").left_for(500),
        of("fragments", "let i=0;setInterval(()=>{for(let k=0;k<50;k++)location.hash=++i},1)").left_for(800),
        of("its own address again and again", "location.href='/p/{case}?'+Math.random()").left_for(1500),
        of("loading itself again", "location.reload()").left_for(1000),
        of("refresh in no time", "document.write('<meta http-equiv=refresh content=0>')").left_for(1000),
        of("two pages that send on to each other", "location.replace('/to?/p/{case}?'+Math.random())").left_for(1000),
        of("forms to itself", "document.write('<form></form>');document.forms[0].submit()").left_for(700),
        done("cookies", &format!("for(let i=0;i<3000;i++)document.cookie='{storage}'.slice(1)+i+'=x'.repeat(1000)+'; path=/bomb;max-age=99999'")),
        done("local storage", &format!("try{{for(let i=0;i<200;i++)localStorage.setItem('{storage}'+i,'{storage}'.repeat(2000))}}catch(e){{}}")),
        of("a database", &format!("const r=indexedDB.open('{storage}');r.onupgradeneeded=()=>r.result.createObjectStore('s');r.onsuccess=()=>{{const t=r.result.transaction('s','readwrite');for(let i=0;i<200;i++)t.objectStore('s').put('{storage}'.repeat(3000),i);t.oncomplete=t.onabort=()=>say('done')}};r.onerror=()=>say('done')")).must(Must::Say("done")),
        of("a cache of answers", &format!("window.caches?caches.open('x').then(async c=>{{for(let i=0;i<50;i++)await c.put('/'+i,new Response('{storage}'.repeat(5000)))}}).then(()=>say('done'),()=>say('done')):say('done')")).must(Must::Say("done")),
        done("a store of the session", &format!("try{{for(let i=0;i<500;i++)sessionStorage.setItem(i,'{storage}'.repeat(500))}}catch(e){{}}")),
        of("event streams", "for(let i=0;i<100;i++)new EventSource('/events?'+i);say('done')").must(Must::Say("done")).left_for(400),
        done("sockets", "for(let i=0;i<300;i++)try{new WebSocket('ws://{host}/'+i)}catch(e){}"),
        done("sockets to a private place", "for(let i=0;i<20;i++)try{new WebSocket('ws://{closed}/'+i)}catch(e){}"),
        done("pictures of 300 places that are not there", "for(let i=0;i<300;i++)new Image().src='http://a'+i+'.nowhere.example/x'").left_for(600),
        done("requests", "for(let i=0;i<500;i++)fetch('/nothing?'+i).catch(()=>0)"),
        page("floods", "a click that makes clicks without end", "<body style='height:3000px'><script>onclick=e=>{const i=document.createElement('input');document.body.append(i);i.click();say('clicked')}</script>").must(Must::Say("clicked")).click().left_for(250),
        done("requests that are answered late", "for(let i=0;i<3000;i++)fetch('/late?'+i).catch(()=>0)"),
        done("beacons", "for(let i=0;i<300;i++)navigator.sendBeacon('/nothing?'+i,'x'.repeat(1000))"),
        page("floods", "reports of a policy", "<meta http-equiv=Content-Security-Policy content=\"default-src 'unsafe-inline'; connect-src {site}; img-src 'none'; report-uri http://{closed}/report\"><script>for(let i=0;i<200;i++)new Image().src='/x'+i;setTimeout(()=>say('done'),200)</script>").must(Must::Say("done")),
        done("the console", "for(let i=0;i<20000;i++)console.log('x'.repeat(100),i)"),
        done("messages to itself", "for(let i=0;i<20000;i++)postMessage(i)"),
        done("timers", "for(let i=0;i<50000;i++)setTimeout(()=>0,i%1000)"),
        of("scrolling without end", "document.write('<div id=d></div>');const more=()=>{for(let i=0;i<50;i++)d.append(Object.assign(document.createElement('p'),{textContent:'placeholder'}))};more();onscroll=more;setInterval(()=>{scrollBy(0,5000);more()},10);setTimeout(()=>say('done'),500)").must(Must::Say("done")),
        done("errors", "for(let i=0;i<2000;i++)setTimeout(()=>{throw new Error('x'+i)});onerror=()=>true"),
        done("speech and sound", "for(let i=0;i<50;i++){try{speechSynthesis.speak(new SpeechSynthesisUtterance('x'))}catch(e){}try{new AudioContext()}catch(e){}}"),
    ]
}
