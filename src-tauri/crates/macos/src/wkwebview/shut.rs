//! Takes away whatever a page could use of the engine by accident, before there is a view.

use objc2::rc::Retained;
use objc2::runtime::AnyObject;
use objc2::{MainThreadMarker, msg_send, sel};
use objc2_foundation::{NSArray, NSString};
use objc2_web_kit::{WKAudiovisualMediaTypes, WKPreferences, WKWebViewConfiguration};

use super::network::Proxy;
use super::read::{answers, has, text};

/// Connections from page to page. They would go past the proxy.
const PEERS: &str = "PeerConnectionEnabled";
/// Features of the engine that are turned off where it has them, by its own names: what goes past a proxy, what fetches
/// ahead, what shows something outside the view, and what opens documents in other programs.
const NOT_WANTED: [&str; 8] = [
    PEERS,
    "WebTransportEnabled",
    "LinkPreconnect",
    "LinkPreconnectEarlyHintsEnabled",
    "PictureInPictureAPIEnabled",
    "RemotePlaybackEnabled",
    "ScreenCaptureEnabled",
    "PDFPluginHUDEnabled",
];

const OUTSIDE: &str = "a page's film could stand outside the window, and that cannot be turned off; the evidence browser \
                       does not start";

/// A configuration whose views keep nothing and have this proxy alone. Off are: connections from page to page, playing
/// without being asked to, sending of sound and film to other devices, windows opened by scripts, films in windows of
/// their own, full screen, the check of addresses by the engine's maker, words that are foreseen while somebody types,
/// and the engine's own changes for single sites.
pub(super) fn configure(main: MainThreadMarker, proxy: Proxy) -> Result<Retained<WKWebViewConfiguration>, String> {
    let store = proxy.store(main)?;
    // SAFETY: each switch takes a yes or no, and each object is the engine's own.
    unsafe {
        let configuration = WKWebViewConfiguration::new(main);
        configuration.setWebsiteDataStore(&store);
        configuration.setMediaTypesRequiringUserActionForPlayback(WKAudiovisualMediaTypes::All);
        configuration.setAllowsAirPlayForMediaPlayback(false);
        if answers(&*configuration, sel!(setAllowsInlinePredictions:)) {
            configuration.setAllowsInlinePredictions(false);
        }
        if answers(&*configuration, sel!(setUpgradeKnownHostsToHTTPS:)) {
            // The address that is asked for is the one that was given.
            configuration.setUpgradeKnownHostsToHTTPS(false);
        }
        let preferences = configuration.preferences();
        preferences.setJavaScriptCanOpenWindowsAutomatically(false);
        preferences.setFraudulentWebsiteWarningEnabled(false);
        preferences.setElementFullscreenEnabled(false);
        if answers(&*preferences, sel!(setSiteSpecificQuirksModeEnabled:)) {
            preferences.setSiteSpecificQuirksModeEnabled(false);
        }
        turn_off(&preferences)?;
        Ok(configuration)
    }
}

/// Turns off what only unpublished switches can. What of it can go past the proxy is looked for again in the view
/// itself, by whoever builds it. A film in a window of its own would stand there also while the view is covered: where
/// that cannot be turned off, this fails.
fn turn_off(preferences: &WKPreferences) -> Result<(), String> {
    if !answers(preferences, sel!(_setAllowsPictureInPictureMediaPlayback:)) {
        return Err(OUTSIDE.to_owned());
    }
    // SAFETY: each switch takes or gives a yes or no.
    unsafe {
        let () = msg_send![preferences, _setAllowsPictureInPictureMediaPlayback: false];
        let is_on: bool = msg_send![preferences, _allowsPictureInPictureMediaPlayback];
        if is_on {
            return Err(OUTSIDE.to_owned());
        }
        if answers(preferences, sel!(_setPeerConnectionEnabled:)) {
            let () = msg_send![preferences, _setPeerConnectionEnabled: false];
        }
        if answers(preferences, sel!(_setDNSPrefetchingEnabled:)) {
            let () = msg_send![preferences, _setDNSPrefetchingEnabled: false];
        }
    }
    turn_off_features(preferences);
    Ok(())
}

fn turn_off_features(preferences: &WKPreferences) {
    let class: &AnyObject = preferences.class().as_ref();
    if !has(class, sel!(_features)) || !answers(preferences, sel!(_setEnabled:forFeature:)) {
        return;
    }
    // SAFETY: the list is one of features, each of which has a key that is a text.
    let features: Option<Retained<NSArray<AnyObject>>> = unsafe { msg_send![preferences.class(), _features] };
    for feature in features.iter().flat_map(|features| features.to_vec()) {
        if !has(&feature, sel!(key)) {
            continue;
        }
        let key: Option<Retained<NSString>> = unsafe { msg_send![&feature, key] };
        let key = text(key.map(Retained::<AnyObject>::from));
        if key.is_some_and(|key| NOT_WANTED.contains(&key.as_str())) {
            // SAFETY: the feature comes from the engine's own list.
            let () = unsafe { msg_send![preferences, _setEnabled: false, forFeature: &*feature] };
        }
    }
}
