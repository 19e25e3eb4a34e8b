//! What a page may ask of this computer: nothing is given.

use trail_browser::protocol::observation::Refused;

use crate::case::{Case, Must, page};

pub(super) fn pages() -> Vec<Case> {
    // An interface that is not there refuses as well as one that says no.
    let ask = |name, call: &str| {
        page(
            "permissions",
            name,
            &format!("<script>let p;try{{p={call}}}catch(e){{p=Promise.reject(e)}}Promise.race([Promise.resolve(p),new Promise((_,no)=>setTimeout(no,500))]).then(v=>v===undefined||v===null||v===false||v==='denied'||v==='default'||v==='prompt'?say('refused'):esc('given '+v),()=>say('refused'))</script>"),
        )
        .must(Must::Say("refused"))
    };
    let click = |name, call: &str| {
        page(
            "permissions",
            name,
            &format!("<body style='height:3000px'>placeholder<script>onclick=()=>{{let p;try{{p={call}}}catch(e){{p=Promise.reject(e)}}Promise.race([Promise.resolve(p),new Promise((_,no)=>setTimeout(no,500))]).then(v=>v?esc('given '+v):say('refused'),()=>say('refused'))}}</script>"),
        )
        .must(Must::Say("refused"))
        .click()
    };
    vec![
        ask("location", "new Promise((y,n)=>navigator.geolocation.getCurrentPosition(y,n))"),
        ask("location, watched", "new Promise((y,n)=>navigator.geolocation.watchPosition(y,n))"),
        ask("camera", "navigator.mediaDevices.getUserMedia({video:true})"),
        ask("microphone", "navigator.mediaDevices.getUserMedia({audio:true})"),
        ask("the screen", "navigator.mediaDevices.getDisplayMedia({video:true})"),
        ask(
            "devices by name",
            "navigator.mediaDevices.enumerateDevices().then(d=>d.some(d=>d.label)?d.map(d=>d.label):undefined)",
        ),
        ask("notifications", "Notification.requestPermission()"),
        ask("a notification at once", "(new Notification('Evidence Trail'),new Promise(n=>setTimeout(n,100)))"),
        ask("clipboard, to read", "navigator.clipboard.readText()"),
        ask("clipboard, to write", "navigator.clipboard.writeText('x').then(()=>'written')"),
        ask("clipboard, of old", "document.execCommand('paste')||document.execCommand('copy')"),
        ask("MIDI", "navigator.requestMIDIAccess({sysex:true})"),
        ask("USB", "navigator.usb.requestDevice({filters:[]})"),
        ask("Bluetooth", "navigator.bluetooth.requestDevice({acceptAllDevices:true})"),
        ask("HID", "navigator.hid.requestDevice({filters:[]})"),
        ask("serial port", "navigator.serial.requestPort()"),
        ask("NFC", "new NDEFReader().scan().then(()=>'nfc')"),
        ask("storage that lasts", "navigator.storage.persist()"),
        ask(
            "storage of another site",
            "document.requestStorageAccess&&document.hasStorageAccess().then(()=>undefined)",
        ),
        ask("staying awake", "navigator.wakeLock.request('screen')"),
        ask("idle times", "IdleDetector.requestPermission()"),
        ask("motion", "DeviceMotionEvent.requestPermission?DeviceMotionEvent.requestPermission():undefined"),
        ask("speech", "new Promise((y,n)=>{const s=new webkitSpeechRecognition();s.onstart=y;s.onerror=n;s.start()})"),
        ask(
            "payment",
            "new PaymentRequest([{supportedMethods:'basic-card'}],{total:{label:'x',amount:{currency:'GBP',value:'1'}}}).show()",
        ),
        ask("a passkey", "navigator.credentials.get({publicKey:{challenge:new Uint8Array(16)}})"),
        ask("a stored password", "navigator.credentials.get({password:true})"),
        ask("contacts", "navigator.contacts.select(['name'])"),
        ask("sharing", "navigator.share({title:'x'}).then(()=>'shared')"),
        ask(
            "a protocol of its own",
            "(navigator.registerProtocolHandler&&navigator.registerProtocolHandler('web+trail','/p?%s'),undefined)",
        ),
        ask("virtual reality", "navigator.xr.requestSession('immersive-vr')"),
        ask(
            "protected media",
            "navigator.requestMediaKeySystemAccess('org.w3.clearkey',[{initDataTypes:['cenc'],videoCapabilities:[{contentType:'video/mp4;codecs=\"avc1.42E01E\"'}]}])",
        ),
        ask("a peer connection", "window.RTCPeerConnection?new RTCPeerConnection():undefined"),
        click(
            "full screen on a click",
            "document.documentElement.requestFullscreen().then(()=>document.fullscreenElement?'full':undefined)",
        ),
        click(
            "full screen of old on a click",
            "(document.documentElement.webkitRequestFullscreen&&document.documentElement.webkitRequestFullscreen(),new Promise(y=>setTimeout(()=>y(document.webkitFullscreenElement?'full':undefined),300)))",
        ),
        click(
            "the pointer on a click",
            "Promise.resolve(document.body.requestPointerLock()).then(()=>new Promise(y=>setTimeout(()=>y(document.pointerLockElement?'locked':undefined),300)))",
        ),
        click("the keyboard on a click", "navigator.keyboard.lock().then(()=>'locked')"),
        click("the clipboard on a click", "navigator.clipboard.readText().then(t=>t||'read')"),
        click("the camera on a click", "navigator.mediaDevices.getUserMedia({video:true,audio:true})"),
        click("the screen on a click", "navigator.mediaDevices.getDisplayMedia()"),
        click("notifications on a click", "Notification.requestPermission().then(p=>p==='granted'?p:undefined)")
            .must(Must::Either(vec![Must::Refuse(Refused::Permission, ""), Must::Say("refused")])),
    ]
}
