// Looks for anything of ours, and tells the test's server what it found.
(function () {
  const site = '{site}', page = '{case}';
  const post = (text) => fetch(site + '/report/' + page, { method: 'POST', mode: 'no-cors', keepalive: true, body: String(text).slice(0, 4000) }).catch(() => {});
  const names = ['__TAURI__', '__TAURI_INTERNALS__', '__TAURI_METADATA__', '__TAURI_INVOKE__', '__TAURI_IPC__', '__TAURI_POST_MESSAGE__',
    '__TAURI_PATTERN__', '__TAURI_EVENT_PLUGIN_INTERNALS__', '__TAURI_ISOLATION_HOOK__', '__TAURI_EVAL__', 'isTauri', '__WRY_INTERNALS__', 'ipc', 'rpc',
    '__RPC__', '__ipc', 'evidence', 'evidenceTrail', 'EvidenceTrail', 'electron', 'require', 'cefQuery', 'nw', 'qt', 'android', '__gtk', 'invoke',
    'bridge', 'trail', 'halt'];
  const found = [];
  for (const name of names) {
    try { if (name in window) found.push(name); } catch (error) { }
  }
  try { if (window.external && window.external.invoke) found.push('external.invoke'); } catch (error) { }
  try { if (window.webkit && window.webkit.messageHandlers) found.push('webkit.messageHandlers ' + Object.keys(window.webkit.messageHandlers)); } catch (error) { }
  try { if (window.chrome && window.chrome.webview) found.push('chrome.webview'); } catch (error) { }
  for (const name of Object.getOwnPropertyNames(window)) {
    if (/tauri|wry|evidence|^ipc|__trail/i.test(name) && !found.includes(name)) found.push(name);
  }
  window.say = post;
  window.esc = (text) => post('ESCAPED ' + text);
  post(found.length ? 'FOUND ' + found.join(' ') : 'ran');
})();
