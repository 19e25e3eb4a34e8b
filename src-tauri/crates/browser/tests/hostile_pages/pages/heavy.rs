//! Pages that hang, swell or end their process.

use std::time::Duration;

use crate::case::{Case, Must, page};

pub(super) fn pages() -> Vec<Case> {
    let of = |name, script: &str| page("heavy", name, &format!("<body><script>{script}</script>"));
    let done = |name, script: &str| {
        let mut case =
            of(name, &format!("{script};say('done')")).must(Must::Either(vec![Must::Say("done"), Must::EndOrSilence]));
        case.patience = Duration::from_secs(25);
        case
    };
    let ends = |name, script: &str| {
        let mut case = of(name, script).must(Must::EndOrSilence);
        case.patience = Duration::from_secs(40);
        case
    };
    let later = |script: &str| format!("setTimeout(()=>{{{script}}},300)");
    vec![
        ends("a loop without end", &later("for(;;);")),
        ends(
            "a loop in a frame",
            &later("const f=document.createElement('iframe');document.body.append(f);f.contentWindow.eval('for(;;);')"),
        ),
        ends("promises without end", &later("const f=()=>Promise.resolve().then(f);f();for(;;)0")),
        ends("a pattern that never ends", &later("/^(a+)+$/.test('a'.repeat(60)+'!');for(;;);")),
        ends(
            "waiting on a lock",
            &later(
                "const x=new XMLHttpRequest();for(;;){x.open('GET','/nothing?'+Math.random(),false);try{x.send()}catch(e){}}",
            ),
        ),
        ends(
            "memory until none is left",
            &later("const a=[];for(;;){const b=new Uint8Array(32e6);b.fill(7);a.push(b)}"),
        ),
        ends(
            "elements until none is left",
            &later(
                "for(;;){const d=document.createElement('div');d.innerHTML='<b>x</b>'.repeat(2000);document.body.append(d)}",
            ),
        ),
        done("a call without end", "const f=()=>f()+1;try{f()}catch(e){}"),
        done("a text that doubles", "let s='x';try{for(;;)s+=s}catch(e){}"),
        done(
            "200,000 elements",
            "const d=document.createDocumentFragment();for(let i=0;i<200000;i++)d.append(document.createElement('i'));document.body.append(d)",
        ),
        done(
            "20,000 deep",
            "let at=document.body;for(let i=0;i<20000;i++){const d=document.createElement('div');at.append(d);at=d}",
        ),
        done("a page a million rows tall", "document.body.style.height='40000000px'"),
        done(
            "a picture too large",
            "try{const c=document.createElement('canvas');c.width=c.height=65000;c.getContext('2d').fillRect(0,0,9,9)}catch(e){}",
        ),
        done(
            "filters upon filters",
            "document.body.style.filter='blur(200px) '.repeat(50);document.body.innerHTML='<p>x'.repeat(500)",
        ),
        done(
            "entities that multiply",
            "new DOMParser().parseFromString('<!DOCTYPE a [<!ENTITY a \"xxxxxxxxxx\">'+Array.from({length:9},(_,i)=>`<!ENTITY ${'bcdefghij'[i]} \"${('&'+'abcdefghi'[i]+';').repeat(10)}\">`).join('')+']><a>&j;</a>','text/xml')",
        ),
        done("WebAssembly", "WebAssembly.instantiate(new Uint8Array([0,97,115,109,1,0,0,0])).then(()=>0)"),
        done(
            "WebAssembly memory",
            "try{const m=[];for(let i=0;i<50;i++)m.push(new WebAssembly.Memory({initial:16384,maximum:65536}))}catch(e){}",
        ),
        done(
            "WebGL and WebGPU",
            "const c=document.createElement('canvas');if(c.getContext('webgl')||c.getContext('webgl2'))esc('webgl');navigator.gpu&&navigator.gpu.requestAdapter().then(a=>a&&esc('gpu'))",
        ),
        done(
            "sound that plays by itself",
            "const a=document.createElement('audio');a.src='data:audio/wav;base64,UklGRigAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQQAAAAAAAAA';a.autoplay=true;document.body.append(a);a.play().then(()=>esc('played'),()=>0)",
        ),
        done(
            "a film that plays by itself",
            "const v=document.createElement('video');v.autoplay=true;v.src='data:video/mp4;base64,AAAA';document.body.append(v);v.play().then(()=>esc('played'),()=>0)",
        ),
        done(
            "shared memory and fine clocks",
            "if(window.SharedArrayBuffer&&window.crossOriginIsolated)esc('isolated')",
        ),
        done(
            "styles by the thousand",
            "const s=document.createElement('style');s.textContent=Array.from({length:20000},(_,i)=>`.a${i} .b${i}>*{color:red}`).join('');document.head.append(s)",
        ),
        done(
            "a style that changes for ever",
            "let i=0;setInterval(()=>{document.body.style.width=(++i%500)+'px';document.body.offsetWidth},1)",
        ),
    ]
}
