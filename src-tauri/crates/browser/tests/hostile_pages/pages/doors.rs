//! Every door that an application of this kind might have left in the page: each is tried with every command of ours.

use crate::case::{Case, page};

/// Name and the expression of the door: a function of a command's name.
const DOORS: [(&str, &str); 26] = [
    ("__TAURI_INTERNALS__.invoke", "c=>window.__TAURI_INTERNALS__.invoke(c,{})"),
    ("__TAURI__.core.invoke", "c=>window.__TAURI__.core.invoke(c,{})"),
    ("__TAURI__.invoke", "c=>window.__TAURI__.invoke(c,{})"),
    ("__TAURI_INVOKE__", "c=>window.__TAURI_INVOKE__(c,{})"),
    ("__TAURI_IPC__", "c=>window.__TAURI_IPC__({cmd:c,callback:1,error:2})"),
    ("__TAURI_POST_MESSAGE__", "c=>window.__TAURI_POST_MESSAGE__({cmd:c})"),
    (
        "__TAURI_INTERNALS__.postMessage",
        "c=>window.__TAURI_INTERNALS__.postMessage({cmd:c,callback:1,error:2,payload:{}})",
    ),
    ("__TAURI_INTERNALS__.ipc", "c=>window.__TAURI_INTERNALS__.ipc({cmd:c})"),
    ("channel fetch plugin", "c=>window.__TAURI_INTERNALS__.invoke('plugin:__TAURI_CHANNEL__|fetch',{})"),
    ("event plugin", "c=>window.__TAURI_INTERNALS__.invoke('plugin:event|emit',{event:c})"),
    ("window plugin", "c=>window.__TAURI_INTERNALS__.invoke('plugin:window|close',{})"),
    ("webview plugin", "c=>window.__TAURI_INTERNALS__.invoke('plugin:webview|create_webview_window',{})"),
    ("ipc.postMessage", "c=>window.ipc.postMessage(JSON.stringify({cmd:c}))"),
    ("rpc.call", "c=>window.rpc.call(c)"),
    ("external.invoke", "c=>window.external.invoke(c)"),
    ("webkit.messageHandlers.ipc", "c=>window.webkit.messageHandlers.ipc.postMessage(c)"),
    (
        "webkit.messageHandlers, any",
        "c=>{const h=window.webkit.messageHandlers;for(const n in h)h[n].postMessage(c);if(!Object.keys(h).length)throw 0}",
    ),
    ("chrome.webview", "c=>window.chrome.webview.postMessage(c)"),
    ("chrome.webview.hostObjects", "c=>window.chrome.webview.hostObjects.sync.evidence.invoke(c)"),
    ("webkit.evaluate", "c=>window.webkit.evaluate(c)"),
    ("electron.ipcRenderer", "c=>window.electron.ipcRenderer.invoke(c)"),
    ("require", "c=>window.require('electron').ipcRenderer.invoke(c)"),
    ("process.binding", "c=>process.binding('spawn_sync').spawn({file:'/bin/true',args:[c]})"),
    ("cefQuery", "c=>window.cefQuery({request:c})"),
    ("qt.webChannelTransport", "c=>window.qt.webChannelTransport.send(c)"),
    ("opener and parent", "c=>{const w=window.opener||(parent!==window&&parent);w.__TAURI_INTERNALS__.invoke(c)}"),
];

pub(super) fn pages() -> Vec<Case> {
    let mut pages: Vec<Case> = DOORS
        .iter()
        .map(|(name, door)| {
            page(
                "doors",
                name,
                &format!(
                    "<script>const door={door};let opened=0;for(const c of [{{commands}}]){{try{{const r=door(c);opened++;\
                     Promise.resolve(r).then(()=>esc('answered '+c),()=>0)}}catch(e){{}}}}\
                     if(opened)esc('door took '+opened+' commands');else say('all shut')</script>"
                ),
            )
            .must(crate::case::Must::Say("all shut"))
        })
        .collect();
    let more = [
        (
            "a frame's own window",
            "<iframe id=f src='/frame?{case}'></iframe><script>f.onload=()=>{const w=f.contentWindow;\
             for(const n of ['__TAURI_INTERNALS__','ipc','__TAURI__'])if(w[n])esc(n);if(w.webkit&&w.webkit.messageHandlers)esc('handlers');say('all shut')}</script>",
        ),
        (
            "a frame without a source",
            "<body><script>const f=document.createElement('iframe');document.body.append(f);const w=f.contentWindow;\
             for(const n of ['__TAURI_INTERNALS__','ipc','__TAURI__','external'])if(w[n]&&(n!='external'||w[n].invoke))esc(n);\
             if(w.webkit&&w.webkit.messageHandlers)esc('handlers');say('all shut')</script>",
        ),
        (
            "defining our names first",
            "<script>let got=0;for(const n of ['__TAURI_INTERNALS__','ipc','__TAURI__'])\
             Object.defineProperty(window,n,{set(){got++},get(){return undefined}});\
             Object.defineProperty(Object.prototype,'invoke',{set(){got++},configurable:true});\
             setTimeout(()=>got?esc('something of ours came later'):say('all shut'),400)</script>",
        ),
        (
            "our script world",
            "<script>const before=Object.getOwnPropertyNames(window).length;const ran=()=>esc('our script ran in the page\\'s world');\
             Function.prototype.call=ran;JSON.stringify=ran;\
             setTimeout(()=>Object.getOwnPropertyNames(window).length>before?esc('a new name came'):say('all shut'),1200)</script>",
        ),
        (
            "messages to every window",
            "<script>const sent=[{commands}];let back=0;\
             onmessage=e=>{const c=typeof e.data==='string'?e.data:e.data&&e.data.cmd;sent.includes(c)?back++:esc('answered '+e.data)};\
             for(const c of sent){parent.postMessage(c,'*');top.postMessage({cmd:c},'*')}\
             setTimeout(()=>back===2*sent.length?say('all shut'):esc(back+' messages came of '+2*sent.length),400)</script>",
        ),
        (
            "user scripts and styles left behind",
            "<style>x{}</style><script>setTimeout(()=>{const n=document.querySelectorAll('script,style,link').length;\
             n>3?esc('something was put into the page'):say('all shut')},300)</script>",
        ),
    ];
    pages.extend(more.iter().map(|(name, html)| page("doors", name, html).must(crate::case::Must::Say("all shut"))));
    pages
}
