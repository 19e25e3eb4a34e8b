//! Workers and what outlives a page.

use crate::case::{Case, Must, page};

pub(super) fn pages() -> Vec<Case> {
    let of = |name, script: &str| {
        page(
            "workers",
            name,
            &format!(
                "<script>try{{{script}}}catch(e){{say('threw '+e.name)}}setTimeout(()=>say('tried'),700)</script>"
            ),
        )
        .must(Must::Say("tried"))
    };
    vec![
        of("a worker", "new Worker('/worker.js?{case}')").must(Must::Say("worker ran")),
        of("a module worker", "new Worker('/worker.js?{case}',{type:'module'})"),
        of(
            "a worker from a blob",
            "new Worker(URL.createObjectURL(new Blob(['importScripts(\"{site}/worker.js?{case}\")'])))",
        ),
        of(
            "a worker from data:",
            "new Worker('data:text/javascript,fetch(\"{site}/report/{case}\",{method:\"POST\",mode:\"no-cors\",body:Object.getOwnPropertyNames(self).some(n=>/tauri|wry|ipc/i.test(n))?\"FOUND\":\"data worker ran\"})')",
        ),
        of("a worker from file:", "const w=new Worker('file:///etc/hostname');w.onmessage=()=>esc('file worker')"),
        of(
            "a worker in a worker",
            "new Worker(URL.createObjectURL(new Blob(['new Worker(\"{site}/worker.js?{case}\")'])))",
        ),
        of("a shared worker", "new SharedWorker('/worker.js?{case}').port.start()"),
        of(
            "a service worker",
            "navigator.serviceWorker?navigator.serviceWorker.register('/sw.js?{case}',{scope:'/'}).then(()=>say('registered'),e=>say('refused '+e.name)):say('none here')",
        ),
        of(
            "a service worker that outlives its page",
            "navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js?{case}').then(r=>r.sync?r.sync.register('x'):0).catch(()=>0);navigator.serviceWorker&&navigator.serviceWorker.getRegistrations().then(r=>say('before '+r.length))",
        ),
        of(
            "a push subscription",
            "navigator.serviceWorker&&navigator.serviceWorker.ready.then(r=>r.pushManager&&r.pushManager.subscribe({userVisibleOnly:true})).then(s=>s&&esc('push'),()=>0)",
        ),
        of(
            "an audio worklet",
            "const c=new (window.AudioContext||webkitAudioContext)();c.audioWorklet&&c.audioWorklet.addModule('/worker.js?{case}')",
        ),
        of(
            "a broadcast to other pages",
            "const b=new BroadcastChannel('x');b.onmessage=()=>esc('heard');b.postMessage('x')",
        ),
        of(
            "locks and storage of the origin",
            "navigator.locks&&navigator.locks.request('x',()=>new Promise(()=>0));navigator.storage&&navigator.storage.getDirectory&&navigator.storage.getDirectory().then(d=>d.getFileHandle('canary-of-a-hostile-page-7c31',{create:true})).catch(()=>0)",
        ),
        of(
            "a hundred workers that spin",
            "for(let i=0;i<100;i++)new Worker(URL.createObjectURL(new Blob(['const t=Date.now();while(Date.now()-t<1500);'])))",
        ),
    ]
}
